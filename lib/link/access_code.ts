/**
 * The アクセスコード (R24) as it is kept: salted, keyed and slow to guess, since such codes are short. Neither
 * the records alone nor the key alone tell what it is.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { scrypt, timingSafeEqual } from "node:crypto";
import type { Chance } from "../ports.ts";
import type { Keyring } from "./keyring.ts";

const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Costs of scrypt (RFC 7914 §2): 16 MiB and about 40 ms for each try. */
const COSTS = { N: 16_384, r: 8, p: 1 };

/** One spelling for a code however it was told and typed: half-width, without blanks and dashes of any kind. */
const normalCode = (code: string): string => code.normalize("NFKC").replace(/[\s\p{Pd}−ー]/gu, "");

/** Whether something is left of a code that can be asked for. */
export const isUsableCode = (code: string): boolean => normalCode(code) !== "";

function slowHash(keys: Keyring, salt: Uint8Array, code: string): Promise<Uint8Array> {
  const keyed = keys.mac("access-code", normalCode(code));
  return new Promise((resolve, reject) =>
    scrypt(keyed, salt, HASH_BYTES, COSTS, (error, hash) => error ? reject(error) : resolve(hash))
  );
}

/** What is kept of a code: `<salt>.<hash>`, base64url. */
export async function hashAccessCode(keys: Keyring, chance: Chance, code: string): Promise<string> {
  const salt = chance.bytes(SALT_BYTES);
  const hash = await slowHash(keys, salt, code);
  return [salt, hash].map((bytes) => Buffer.from(bytes).toString("base64url")).join(".");
}

/** Whether a typed code is the kept one; compared in constant time. */
export async function accessCodeFits(keys: Keyring, kept: string, typed: string): Promise<boolean> {
  const [salt, hash] = kept.split(".").map((part) => Buffer.from(part, "base64url"));
  if (!salt || hash?.length !== HASH_BYTES) return false;
  return timingSafeEqual(await slowHash(keys, salt, typed), hash);
}
