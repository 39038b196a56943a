/**
 * The limits of the `Store` contract: the smallest of all engines, so that what one takes every other takes.
 *
 * @module
 */
import { serialize } from "node:v8";
import type { Commit, Key, StoreValue } from "../ports.ts";
import { encodeKey } from "./store_key.ts";

/** Checks in one commit (denokv's limit; the embedded engine would take 100). */
export const MAX_CHECKS = 10;
/** Sets and deletes in one commit. */
export const MAX_MUTATIONS = 1_000;
/** Bytes of all keys and values in one commit. */
export const MAX_COMMIT_BYTES = 800 * 1024;
/** Bytes of all keys in one commit. */
export const MAX_COMMIT_KEY_BYTES = 80 * 1024;
/** Bytes of one value as V8 serialises it; text beyond Latin-1 takes two bytes a character. */
export const MAX_VALUE_BYTES = 64 * 1024;
/** Bytes of one encoded key. */
export const MAX_KEY_BYTES = 2 * 1024;
/** Keys of one `getMany`. */
export const MAX_GET_MANY = 10;

/** The encoded key. Throws `RangeError` above 2 KiB. */
export function checkedKey(key: Key): string {
  const text = encodeKey(key);
  refuse(text.length, MAX_KEY_BYTES, "bytes in a key");
  return text;
}

/** The encoded keys of a `getMany`. Throws `RangeError` above the limits. */
export function checkedKeys(keys: readonly Key[]): string[] {
  refuse(keys.length, MAX_GET_MANY, "keys");
  return keys.map(checkedKey);
}

/** A value as bytes, without anything shared with the caller. Throws `RangeError` above 64 KiB. */
export function serialised(value: StoreValue): Uint8Array {
  const bytes = serialize(value);
  refuse(bytes.length, MAX_VALUE_BYTES, "bytes in a value");
  return bytes;
}

/** Throws `RangeError` when a commit is above a limit; nothing of it may be applied then. */
export function assertWithinLimits(commit: Commit): void {
  const { checks = [], sets = [], deletes = [] } = commit;
  refuse(checks.length, MAX_CHECKS, "checks");
  refuse(sets.length + deletes.length, MAX_MUTATIONS, "mutations");
  const keys = [...checks.map((check) => check.key), ...sets.map(([key]) => key), ...deletes];
  const keyBytes = keys.reduce((sum, key) => sum + checkedKey(key).length, 0);
  const valueBytes = sets.reduce((sum, [, value]) => sum + serialised(value).length, 0);
  refuse(keyBytes, MAX_COMMIT_KEY_BYTES, "bytes of keys");
  refuse(keyBytes + valueBytes, MAX_COMMIT_BYTES, "bytes");
}

function refuse(actual: number, most: number, what: string): void {
  if (actual > most) throw new RangeError(`Cannot use the store: ${actual} ${what}, at most ${most}`);
}
