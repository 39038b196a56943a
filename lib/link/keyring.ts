/**
 * The service's secret keys, all derived from `MASTER_KEY`: one for each use, so that none can stand in for
 * another.
 *
 * @module
 */
import { createHmac } from "node:crypto";

/** What a key is for. */
export type KeyUse =
  | "link"
  | "link-check"
  | "form"
  | "case-address"
  | "message-id"
  | "access-code"
  | "session";

/** Makes message authentication codes; the keys themselves stay inside. */
export interface Keyring {
  /** HMAC-SHA-256 of a text under the key of a use, 32 bytes. */
  mac(use: KeyUse, text: string): Uint8Array<ArrayBuffer>;
  /** The same as 43 characters of base64url (RFC 4648 §5). */
  macText(use: KeyUse, text: string): string;
}

/** The keyring of a master key of 32 bytes. Throws `RangeError` for any other length. */
export function keyringOf(masterKey: Uint8Array): Keyring {
  if (masterKey.length !== 32) throw new RangeError("Cannot use the master key: it is not 32 bytes long");
  const derived = new Map<KeyUse, Uint8Array>();
  const keyFor = (use: KeyUse) => {
    const known = derived.get(use) ?? createHmac("sha256", masterKey).update(`warifu ${use}`).digest();
    derived.set(use, known);
    return known;
  };
  const hmac = (use: KeyUse, text: string) => createHmac("sha256", keyFor(use)).update(text);
  return {
    mac: (use, text) => new Uint8Array(hmac(use, text).digest()),
    macText: (use, text) => hmac(use, text).digest("base64url"),
  };
}
