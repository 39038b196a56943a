/**
 * Opens PKCS#12 files (RFC 7292), old and new ciphers, RSA and elliptic keys.
 *
 * @module
 */
import forge from "node-forge";
import { type Bytes, contextTag, TAG } from "../pades/der.ts";
import { openSequence } from "../pades/der_fields.ts";
import { bits, sequence } from "../pades/der_write.ts";
import { PortError } from "../ports.ts";
import { mostRounds } from "./p12_rounds.ts";

/** What the file holds. */
export type P12Content = {
  /** The private key, PKCS#8, DER. */
  readonly pkcs8: Bytes;
  /** All certificates, DER, in no certain order. */
  readonly certificates: readonly Bytes[];
};

/** A tree of ASN.1 as forge keeps it. */
type Tree = { value: unknown };
type Bag = {
  readonly key?: unknown;
  readonly cert?: { readonly tbsCertificate: Tree; readonly signature: string } | null;
  readonly asn1?: Tree;
};

/** The part of forge that is used here; the package has no types. */
type Forge = {
  readonly asn1: { fromDer(binary: string): Tree; toDer(tree: Tree): { getBytes(): string } };
  readonly util: { encodeUtf8(text: string): string };
  readonly pki: {
    readonly oids: Readonly<Record<"certBag" | "keyBag" | "pkcs8ShroudedKeyBag", string>>;
    privateKeyToAsn1(key: unknown): Tree;
    wrapRsaPrivateKey(key: Tree): Tree;
  };
  readonly pkcs12: {
    pkcs12FromAsn1(tree: Tree, strict: boolean, password: string): {
      getBags(filter: { bagType: string }): Readonly<Record<string, readonly Bag[] | undefined>>;
    };
  };
};

const { asn1, pki, pkcs12, util } = forge as unknown as Forge;

/**
 * Opens a file with its passphrase. Throws `PortError` `misconfigured`, which says what to mend and shows neither.
 *
 * A passphrase beyond ASCII works where one kind of cipher protects the file: old ones (RFC 7292 §B) take it as
 * UTF-16, those of RFC 8018 as UTF-8, and OpenSSL 1.0 took its bytes for letters. A file with old and new ciphers
 * side by side would need both forms at once and is refused.
 */
export function openP12(file: Bytes, passphrase: string): P12Content {
  if (roundsOf(file) > MAX_ROUNDS) {
    throw misconfigured(
      "it has its passphrase hashed more often than any program does; write it anew with `openssl pkcs12 -export`",
    );
  }
  const bags = decrypt(file, passphrase);
  const keys = [...bags(pki.oids.pkcs8ShroudedKeyBag), ...bags(pki.oids.keyBag)];
  const [key, second] = keys;
  if (!key) throw misconfigured("it holds no private key; export the certificate together with its key");
  if (second) throw misconfigured(`it holds ${keys.length} private keys; export the one to sign with alone`);
  try {
    return { pkcs8: keyOf(key), certificates: bags(pki.oids.certBag).map(certificateOf) };
  } catch (cause) {
    throw misconfigured("a key or certificate in it is damaged", cause);
  }
}

/** Programs write 2,000 up to 600,000 rounds. */
const MAX_ROUNDS = 600_000;

function roundsOf(file: Bytes): number {
  try {
    return mostRounds(asn1.fromDer(toBinary(file)), asn1.fromDer);
  } catch {
    return 0; // What is no ASN.1 is told so when it is opened.
  }
}

function misconfigured(state: string, cause?: unknown): PortError {
  return new PortError("misconfigured", `Cannot open the P12 file: ${state}`, { retryable: false, cause });
}

function decrypt(file: Bytes, passphrase: string): (bagType: string) => readonly Bag[] {
  let cause: unknown;
  for (const attempt of attempts(file, passphrase)) {
    try {
      const opened = attempt();
      return (bagType) => opened.getBags({ bagType })[bagType] ?? [];
    } catch (error) {
      cause ??= error;
    }
  }
  throw misconfigured(stateOf(file, passphrase, cause), cause);
}

type Opened = ReturnType<Forge["pkcs12"]["pkcs12FromAsn1"]>;

/** The ways to take a passphrase. The last one leaves the file's checksum out, which is over UTF-16 always. */
function attempts(file: Bytes, passphrase: string): readonly (() => Opened)[] {
  const tree = () => asn1.fromDer(toBinary(file));
  const utf8 = util.encodeUtf8(passphrase);
  const plain = () => pkcs12.pkcs12FromAsn1(tree(), false, passphrase);
  if (utf8 === passphrase) return [plain];
  const bytewise = () => pkcs12.pkcs12FromAsn1(tree(), false, utf8);
  const unchecked = () => {
    const without = tree();
    without.value = (without.value as unknown[]).slice(0, 2);
    // Wrong passphrases are told by the padding, and by key and certificate that do not match.
    return pkcs12.pkcs12FromAsn1(without, false, utf8);
  };
  return [plain, bytewise, unchecked];
}

/** PBES2 (RFC 8018 §A.4), and the arc of the ciphers of RFC 7292 §C. */
const [NEW_CIPHERS, OLD_CIPHERS] = ["2a864886f70d01050d", "2a864886f70d010c01"];

/** What is wrong with a file that did not open, as far as it shows. */
function stateOf(file: Bytes, passphrase: string, cause: unknown): string {
  try {
    asn1.fromDer(toBinary(file));
  } catch {
    return "it is no PKCS#12 file";
  }
  const message = cause instanceof Error ? cause.message : "";
  if (/unsupported|not supported|cannot read/i.test(message)) {
    return "it is no PKCS#12 file, or protected in a way that is not known here; " +
      "write it anew with `openssl pkcs12 -export`";
  }
  const hex = file.toHex();
  const isMixed = hex.includes(NEW_CIPHERS) && hex.includes(OLD_CIPHERS);
  if (isMixed && util.encodeUtf8(passphrase) !== passphrase) {
    return "old and new ciphers protect it, with which a passphrase must be of ASCII characters; " +
      "change the passphrase, or write the file anew with `openssl pkcs12 -export`";
  }
  return "the passphrase is wrong, or the file is damaged";
}

/** An elliptic key is left as it stands in the file, which is PKCS#8 already. */
function keyOf(bag: Bag): Bytes {
  if (bag.key) return toDer(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)));
  if (!bag.asn1) throw new TypeError("Cannot read the key: it is empty");
  return toDer(bag.asn1);
}

/**
 * The certificate of an elliptic key is left as it stands too; others are put together from their parts, since
 * forge would write the parameters of RSASSA-PSS anew. The algorithm stands within as well (RFC 5280 §4.1.1.2).
 */
function certificateOf({ cert, asn1: tree }: Bag): Bytes {
  if (!cert) {
    if (!tree) throw new TypeError("Cannot read a certificate: it is empty");
    return toDer(tree);
  }
  const tbs = toDer(cert.tbsCertificate);
  const fields = openSequence(tbs, "TBSCertificate");
  fields.optional(contextTag(0, true)); // version
  fields.any("serialNumber");
  const algorithm = fields.take(TAG.sequence, "signature").whole;
  return sequence(tbs, algorithm, bits(toBytes(cert.signature)));
}

function toDer(tree: Tree): Bytes {
  return toBytes(asn1.toDer(tree).getBytes());
}

function toBytes(binary: string): Bytes {
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBinary(bytes: Bytes): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
