/**
 * Whether a credential of a signing service can be used by a service that runs by itself, and with what: which
 * algorithm it signs by, and what it asks for before each signature.
 *
 * @module
 */
import { algorithmIdentifier } from "../pades/cms_algorithm.ts";
import { type Bytes, childrenOf, readDer } from "../pades/der.ts";
import { OID } from "../pades/oids.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm } from "../signing_ports.ts";
import type { CscAuthorization } from "./csc_answers.ts";
import { algorithmsOfKey } from "./key_algorithms.ts";

/** How signatures are asked for. */
export type CscSigning = {
  readonly algorithm: SignatureAlgorithm;
  /** The algorithm as the service knows it: parameters of `signatures/signHash`. */
  readonly parameters: Readonly<Record<string, string>>;
};

/**
 * How a key signs, by its SubjectPublicKeyInfo, the algorithms that its credential offers, and the one that is wanted
 * of it. An RSA key whose credential offers only PSS signs by PSS. Throws `PortError` `misconfigured`.
 */
export function signingOf(
  publicKey: Bytes,
  offered: readonly string[],
  wanted: SignatureAlgorithm | null,
): CscSigning {
  for (const algorithm of algorithmsOfKey(publicKey, wanted)) {
    const signAlgo = NAMES[algorithm].find((id) => offered.includes(id));
    if (signAlgo === undefined) continue;
    const signAlgoParams = algorithm === "PS256" ? { signAlgoParams: pssParameters().toBase64() } : {};
    return { algorithm, parameters: { hashAlgorithmOID: OID.sha256, signAlgo, ...signAlgoParams } };
  }
  throw unusable("it offers no signature over SHA-256 that can be used here");
}

/** What an algorithm is called: with its hash, or by the kind of key alone, the hash beside it. */
const NAMES: Readonly<Record<SignatureAlgorithm, readonly string[]>> = {
  RS256: [OID.rsaSha256, OID.rsa],
  PS256: [OID.rsaPss],
  ES256: [OID.ecdsaSha256, OID.ecPublicKey],
  ES384: [OID.ecdsaSha256, OID.ecPublicKey],
};

/** RSASSA-PSS-params as our CMS names them (§11.10: "DER-encoded ASN.1 signature parameters"). */
function pssParameters(): Bytes {
  const [, parameters] = childrenOf(readDer(algorithmIdentifier("PS256")));
  return parameters!.whole;
}

/**
 * What goes along with each request for authorization: the PIN under the name that the credential gives it, or
 * nothing. Throws `PortError` `misconfigured` when a person would have to do something at each signature.
 */
export function authDataFor(
  { mode, expression, objects }: CscAuthorization,
  pin: string,
): readonly { readonly id: string; readonly value: string }[] {
  if (mode !== "explicit") throw unusable("a person must agree to each of its signatures");
  if (objects.length === 0) return [];
  const wanted = expression ?? objects.map(({ id }) => id).join(" AND ");
  const object = objects.find(({ type, id, generated }) =>
    type === "Password" && !generated && isEnough(id, wanted)
  );
  if (!object) throw unusable("it asks for more than a PIN at each signature");
  if (pin === "") throw unusable("it asks for a PIN, and SIGNER_PASSPHRASE is not set");
  return [{ id: object.id, value: pin }];
}

/** Whether one object alone fulfils an expression: it stands there alone, or as one of several that will do. */
function isEnough(id: string, expression: string): boolean {
  const flat = ` ${expression.replace(/[()]/g, " ")} `;
  return !/\sAND\s/.test(flat) && flat.split(/\s(?:OR|XOR)\s/).some((each) => each.trim() === id);
}

function unusable(state: string): PortError {
  return new PortError("misconfigured", `Cannot use the credential: ${state}`, { retryable: false });
}
