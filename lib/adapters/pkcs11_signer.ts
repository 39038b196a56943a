/**
 * The operator's key on a PKCS#11 token, an HSM or a card. The key never leaves it; a signature is asked for at the
 * start, so that a wrong PIN, key or certificate is found out before any contract is.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UnreadableError } from "../domain/unreadable.ts";
import type { Bytes } from "../pades/der.ts";
import { type Certificate, readCertificate } from "../pades/x509.ts";
import { issuersWithin } from "../pades/x509_chain.ts";
import { PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";
import type { Pkcs11Url } from "../settings/signer_url.ts";
import { checkedSigner } from "./checked_signer.ts";
import { algorithmsOfKey } from "./key_algorithms.ts";
import type { Pkcs11Tool } from "./pkcs11_tool.ts";

/** Which key, and with what certificates. */
export type Pkcs11SignerOptions = {
  readonly key: Pick<Pkcs11Url, "object" | "id" | "algorithm">;
  /** `SIGNER_CERTIFICATES`, DER: issuing ones, and the key's own when the token does not hold it. */
  readonly certificates: readonly Bytes[];
  readonly tool: Pkcs11Tool;
};

/** How the tool is told to sign; elliptic keys sign a digest, since few tokens hash for them. */
const MECHANISMS: Readonly<Record<SignatureAlgorithm, readonly string[]>> = {
  RS256: ["SHA256-RSA-PKCS"],
  PS256: ["SHA256-RSA-PKCS-PSS", "--mgf", "MGF1-SHA256", "--salt-len", "32"],
  ES256: ["ECDSA"],
  ES384: ["ECDSA"],
};

/** Finds key and certificate and lets the key prove itself. Throws `PortError`. */
export async function pkcs11Signer({ key, certificates, tool }: Pkcs11SignerOptions): Promise<Signer> {
  const id = await findKey(key, tool);
  const pool = certificates.map(readCertificate);
  const own = await certificateOnToken(id, tool) ?? certificateGiven(pool);
  const [algorithm] = algorithmsOfKey(own.publicKey, key.algorithm);
  if (algorithm === undefined) throw misconfigured("its key signs by no algorithm that is wanted");
  const signer = checkedSigner({
    certificate: own.der,
    chain: issuersWithin(pool, own),
    algorithm,
  }, async (tbs, signal) => {
    const input = algorithm.startsWith("ES")
      ? Uint8Array.from(createHash("sha256").update(tbs).digest())
      : tbs;
    const what = ["--sign", "--id", id, "--mechanism", ...MECHANISMS[algorithm]];
    return await tool(what, { input, ...(signal && { signal }) });
  });
  await prove(signer);
  return signer;
}

async function prove(signer: Signer): Promise<void> {
  try {
    await signer.sign(new TextEncoder().encode("warifu"));
  } catch (cause) {
    if (!(cause instanceof PortError) || cause.code !== "corrupt") throw cause;
    throw misconfigured("its certificate is another key's", cause);
  }
}

/**
 * `CKA_ID` of the one private key that is meant. The tool signs with any key of a token when it is told a label
 * only, so the label is looked up first.
 */
async function findKey({ object, id }: Pkcs11SignerOptions["key"], tool: Pkcs11Tool): Promise<string> {
  const listing = new TextDecoder().decode(await tool(["--list-objects", "--type", "privkey"]));
  const keys = keysIn(listing).filter((each) => {
    return (object === null || each.label === object) && (id === null || each.id === id);
  });
  const [found, second] = keys;
  if (!found) throw misconfigured("it has no such private key");
  if (second) throw misconfigured("it has several such private keys");
  return found.id;
}

/** The private keys in what `--list-objects` prints; those without an id cannot be told apart and are left out. */
function keysIn(listing: string): { readonly label: string | null; readonly id: string }[] {
  return listing.split(/^(?=\S.*Object)/m).flatMap((block) => {
    const value = (name: string) => new RegExp(`^ +${name}: *(.*)$`, "m").exec(block)?.[1] ?? null;
    const id = value("ID")?.trim().toLowerCase() ?? "";
    return block.startsWith("Private Key Object") && /^([0-9a-f]{2})+$/.test(id)
      ? [{ label: value("label"), id }]
      : [];
  });
}

/** The certificate of the same id (PKCS #11 §4.6: it ties the two); null when the token has none. */
async function certificateOnToken(id: string, tool: Pkcs11Tool): Promise<Certificate | null> {
  const listing = new TextDecoder().decode(await tool(["--list-objects", "--type", "cert", "--id", id]));
  if (!/^Certificate Object/m.test(listing)) return null;
  try {
    return readCertificate(await tool(["--read-object", "--type", "cert", "--id", id]));
  } catch (cause) {
    if (!(cause instanceof UnreadableError)) throw cause;
    throw misconfigured("its certificate cannot be read", cause);
  }
}

/** Of the certificates given, the one that is no authority's. */
function certificateGiven(pool: readonly Certificate[]): Certificate {
  const [found, second] = pool.filter(({ isAuthority }) => !isAuthority);
  if (found && !second) return found;
  throw misconfigured("it has no certificate, and SIGNER_CERTIFICATES does not hold just one for it");
}

function misconfigured(state: string, cause?: unknown): PortError {
  return new PortError("misconfigured", `Cannot use the token: ${state}`, { retryable: false, cause });
}
