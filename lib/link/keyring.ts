/**
 * The service's secret keys, all derived from `MASTER_KEY`: one for each use, so that none can stand in for
 * another.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";

/** What a key is for. */
export type KeyUse =
  | "link"
  | "link-check"
  | "form"
  | "case-address"
  | "message-id"
  | "access-code"
  | "session"
  | "address-index";

/** Makes message authentication codes; the keys themselves stay inside. */
export interface Keyring {
  /** HMAC-SHA-256 of a text under the key of a use, 32 bytes. */
  mac(use: KeyUse, text: string): Uint8Array<ArrayBuffer>;
  /** The same as 43 characters of base64url (RFC 4648 §5). */
  macText(use: KeyUse, text: string): string;
}

/** Bytes that SHA-256 takes at once. */
const BLOCK_BYTES = 64;

/**
 * HMAC-SHA-256 (RFC 2104) with the key laid out once. Every page makes some; `createHmac` lays its key out each
 * time, which takes as long again as the two hashes.
 */
function hmacWith(key: Uint8Array): (text: string) => Hash {
  const padded = (byte: number) => Uint8Array.from({ length: BLOCK_BYTES }, (_, at) => (key[at] ?? 0) ^ byte);
  const [inner, outer] = [padded(0x36), padded(0x5c)];
  return (text) =>
    createHash("sha256").update(outer).update(createHash("sha256").update(inner).update(text).digest());
}

/** The keyring of a master key of 32 bytes. Throws `RangeError` for any other length. */
export function keyringOf(masterKey: Uint8Array): Keyring {
  if (masterKey.length !== 32) throw new RangeError("Cannot use the master key: it is not 32 bytes long");
  const master = hmacWith(masterKey);
  const derived = new Map<KeyUse, (text: string) => Hash>();
  const hmac = (use: KeyUse, text: string) => {
    const known = derived.get(use) ?? hmacWith(master(`warifu ${use}`).digest());
    derived.set(use, known);
    return known(text);
  };
  return {
    mac: (use, text) => new Uint8Array(hmac(use, text).digest()),
    macText: (use, text) => hmac(use, text).digest("base64url"),
  };
}
