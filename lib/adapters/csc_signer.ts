/**
 * The operator's key at a remote signing service (Cloud Signature Consortium API v2, as trust services offer it).
 * Only the digest goes there; each signature has an authorization of its own, bound to that digest.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Bytes } from "../pades/der.ts";
import { readCertificate } from "../pades/x509.ts";
import { issuersWithin } from "../pades/x509_chain.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";
import { checkedSigner } from "./checked_signer.ts";
import { type CscCredential, readActivation, readCredential, readSignature } from "./csc_answers.ts";
import { authDataFor, type CscSigning, signingOf } from "./csc_authorization.ts";
import { CscClient, type CscClientOptions, type CscReply, reading } from "./csc_client.ts";
import { oneByOne } from "./one_by_one.ts";

/** RSA of 16,384 bits gives 2,048 bytes. */
const MAX_SIGNATURE_BYTES = 2048;

/** Whom to ask, and for which key. */
export type CscSignerOptions = CscClientOptions & {
  /** Identifier of the credential. */
  readonly credential: string;
  /** How it shall sign; null for the usual way. */
  readonly algorithm: SignatureAlgorithm | null;
  /** The credential's PIN; empty for none. */
  readonly pin: string;
  /** Issuing certificates that the service may not know, DER. */
  readonly issuers: readonly Bytes[];
};

/** Learns from the service what the credential is; signs nothing yet. Throws `PortError`. */
export async function cscSigner(options: CscSignerOptions): Promise<Signer> {
  const client = new CscClient(options);
  const parameters = {
    credentialID: options.credential,
    certificates: "chain",
    certInfo: true,
    authInfo: true,
  };
  const reply = await client.call("credentials/info", parameters);
  if ("refusal" in reply) throw unusable("the service does not know it");
  const credential = reading(() => readCredential(reply.answer));
  assertUsable(credential);
  const [own, ...pool] = reading(() => [...credential.certificates, ...options.issuers].map(readCertificate));
  if (!own) throw unusable("it has no certificate");
  const signing = signingOf(own.publicKey, credential.algorithms, options.algorithm);
  const authData = authDataFor(credential.authorization, options.pin);
  const key = new RemoteKey(client, options.credential, authData, signing);
  return checkedSigner({
    certificate: own.der,
    chain: issuersWithin(pool, own),
    algorithm: signing.algorithm,
  }, (tbs, signal) => key.sign(tbs, signal));
}

function assertUsable({ enabled, status }: CscCredential): void {
  if (!enabled) throw unusable("its key is disabled");
  if (status !== null && status !== "valid") throw unusable("its certificate is not valid");
}

/** One key of a service. */
class RemoteKey {
  readonly #client: CscClient;
  readonly #credentialID: string;
  readonly #authData: ReturnType<typeof authDataFor>;
  readonly #signing: CscSigning;
  readonly #inLine = oneByOne();
  #pin: "untried" | "good" | "refused" = "untried";

  constructor(
    client: CscClient,
    credentialID: string,
    authData: ReturnType<typeof authDataFor>,
    signing: CscSigning,
  ) {
    this.#client = client;
    this.#credentialID = credentialID;
    this.#authData = authData;
    this.#signing = signing;
  }

  async sign(tbs: Bytes, signal: AbortSignal | undefined): Promise<Bytes> {
    const hashes = [createHash("sha256").update(tbs).digest("base64")];
    const first = await this.#signHash(hashes, signal);
    // An authorization may end on its way; another one is asked for, once.
    const reply = "refusal" in first && /\bSAD\b/.test(first.description)
      ? await this.#signHash(hashes, signal)
      : first;
    if ("answer" in reply) return reading(() => readSignature(reply.answer, MAX_SIGNATURE_BYTES));
    throw refused(`the service refuses to sign (${reply.refusal})`);
  }

  async #signHash(hashes: readonly string[], signal: AbortSignal | undefined): Promise<CscReply> {
    const credentialID = this.#credentialID;
    const SAD = await this.#authorize(hashes, signal);
    return await this.#client.call(
      "signatures/signHash",
      { credentialID, SAD, hashes, ...this.#signing.parameters },
      signal,
    );
  }

  /**
   * The service may lock a credential after some wrong PINs (§11.6, note 29): until the PIN is known to be good it
   * is tried once at a time, and one that was refused is not tried again.
   */
  #authorize(hashes: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    const authorize = () => this.#authorizeNow(hashes, signal);
    return this.#pin === "good" ? authorize() : this.#inLine(authorize);
  }

  async #authorizeNow(hashes: readonly string[], signal: AbortSignal | undefined): Promise<string> {
    if (this.#pin === "refused") throw pinRefused("refused the PIN before");
    const { hashAlgorithmOID } = this.#signing.parameters;
    const authData = this.#authData;
    const reply = await this.#client.call("credentials/authorize", {
      credentialID: this.#credentialID,
      numSignatures: 1,
      hashes,
      hashAlgorithmOID,
      ...authData.length > 0 && { authData },
    }, signal);
    if ("answer" in reply) {
      this.#pin = "good";
      return reading(() => readActivation(reply.answer));
    }
    const isPin = PIN_REFUSALS.has(reply.refusal) || /\block(ed)?\b/i.test(reply.description);
    if (!isPin) throw refused(`the service does not authorize it (${reply.refusal})`);
    this.#pin = "refused";
    throw pinRefused("refuses the PIN");
  }
}

/** Names of the refusal in the versions of the API. */
const PIN_REFUSALS: ReadonlySet<string> = new Set(["invalid_authentication_data", "invalid_pin"]);

function refused(state: string): PortError {
  return new PortError("refused", `Cannot sign: ${state}`, { retryable: true });
}

/** Not `refused`: that, for good, is said of certificates. */
function pinRefused(state: string): PortError {
  return new PortError("misconfigured", `Cannot sign: the service ${state}`, { retryable: false });
}

function unusable(state: string): PortError {
  return new PortError("misconfigured", `Cannot use the credential: ${state}`, { retryable: false });
}
