/**
 * Opens PKCS#12 files (RFC 7292), old and new ciphers, RSA and elliptic keys.
 *
 * @module
 */
import forge from "node-forge";
import type { Bytes } from "../pades/der.ts";
import { PortError } from "../ports.ts";

/** What the file holds. */
export type P12Content = {
  /** The private key, PKCS#8, DER. */
  readonly pkcs8: Bytes;
  /** All certificates, DER, in no certain order. */
  readonly certificates: readonly Bytes[];
};

/** A tree of ASN.1 as forge keeps it. */
type Tree = { value: unknown };
type Bag = { readonly key?: unknown; readonly cert?: unknown; readonly asn1?: Tree };

/** The part of forge that is used here; the package has no types. */
type Forge = {
  readonly asn1: { fromDer(binary: string): Tree; toDer(tree: Tree): { getBytes(): string } };
  readonly util: { encodeUtf8(text: string): string };
  readonly pki: {
    readonly oids: Readonly<Record<"certBag" | "keyBag" | "pkcs8ShroudedKeyBag", string>>;
    privateKeyToAsn1(key: unknown): Tree;
    wrapRsaPrivateKey(key: Tree): Tree;
    certificateToAsn1(certificate: unknown): Tree;
  };
  readonly pkcs12: {
    pkcs12FromAsn1(tree: Tree, strict: boolean, password: string): {
      getBags(filter: { bagType: string }): Readonly<Record<string, readonly Bag[] | undefined>>;
    };
  };
};

const { asn1, pki, pkcs12, util } = forge as unknown as Forge;

/** Opens a file with its passphrase. Throws `PortError` `misconfigured`; it tells nothing of either. */
export function openP12(file: Bytes, passphrase: string): P12Content {
  try {
    const bags = decrypt(file, passphrase);
    const keys = [...bags(pki.oids.pkcs8ShroudedKeyBag), ...bags(pki.oids.keyBag)];
    const [key, second] = keys;
    if (!key || second) throw new TypeError(`Cannot choose a key: there are ${keys.length}`);
    return { pkcs8: keyOf(key), certificates: bags(pki.oids.certBag).map(certificateOf) };
  } catch (cause) {
    throw new PortError("misconfigured", "Cannot open the P12 file: wrong passphrase, or no such file", {
      retryable: false,
      cause,
    });
  }
}

function decrypt(file: Bytes, passphrase: string): (bagType: string) => readonly Bag[] {
  const tree = () => asn1.fromDer(toBinary(file));
  const bagsOf = (opened: ReturnType<Forge["pkcs12"]["pkcs12FromAsn1"]>) => (bagType: string) =>
    opened.getBags({ bagType })[bagType] ?? [];
  try {
    return bagsOf(pkcs12.pkcs12FromAsn1(tree(), false, passphrase));
  } catch (error) {
    const utf8 = util.encodeUtf8(passphrase);
    if (utf8 === passphrase) throw error;
    // RFC 8018 ciphers take a passphrase as UTF-8, the file's own checksum as UTF-16 (RFC 7292 §B.1); forge takes
    // one form for both. Without the checksum, the padding and the match of key and certificate still tell.
    const unchecked = tree();
    unchecked.value = (unchecked.value as unknown[]).slice(0, 2);
    return bagsOf(pkcs12.pkcs12FromAsn1(unchecked, false, utf8));
  }
}

/** An elliptic key is left as it stands in the file, which is PKCS#8 already. */
function keyOf(bag: Bag): Bytes {
  if (bag.key) return toDer(pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)));
  if (!bag.asn1) throw new TypeError("Cannot read the key: it is empty");
  return toDer(bag.asn1);
}

/** The certificate of an elliptic key is left as it stands too. */
function certificateOf(bag: Bag): Bytes {
  const tree = bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1;
  if (!tree) throw new TypeError("Cannot read a certificate: it is empty");
  return toDer(tree);
}

function toDer(tree: Tree): Bytes {
  return Uint8Array.from(asn1.toDer(tree).getBytes(), (character) => character.charCodeAt(0));
}

function toBinary(bytes: Bytes): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}
