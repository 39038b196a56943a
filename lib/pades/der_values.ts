/**
 * Reads the values that DER elements hold: numbers, names of things, times, texts.
 *
 * @module
 */
import { type Instant, instantOf } from "../domain/instant.ts";
import { type Bytes, type DerNode, TAG, unreadableDer } from "./der.ts";

/** An OBJECT IDENTIFIER as dotted text. Throws `UnreadableError`. */
export function readOid(node: DerNode, where = "OBJECT IDENTIFIER"): string {
  const bytes = node.content;
  const last = bytes.at(-1);
  if (node.tag !== TAG.oid || last === undefined || last >= 0x80 || bytes.length > 64) {
    throw unreadableDer(where, "no object identifier");
  }
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of bytes) {
    if (arc === 0n && byte === 0x80) throw unreadableDer(where, "an arc not in its shortest form");
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0n;
  }
  // X.690 §8.19.4: the first two arcs share one number.
  const [joint = 0n, ...rest] = arcs;
  const root = joint < 80n ? joint / 40n : 2n;
  return [root, joint - root * 40n, ...rest].join(".");
}

/** The content of an INTEGER as hexadecimal text, the form in which serial numbers and nonces are compared. */
export function readIntegerHex(node: DerNode, where = "INTEGER"): string {
  const [first, second] = node.content;
  if (node.tag !== TAG.integer || first === undefined) throw unreadableDer(where, "no integer");
  const padded = (first === 0 && second !== undefined && second < 0x80) ||
    (first === 0xff && second !== undefined && second >= 0x80);
  if (padded) throw unreadableDer(where, "an integer not in its shortest form");
  return node.content.toHex();
}

/** A non-negative INTEGER or ENUMERATED below 2³¹. Throws `UnreadableError`. */
export function readSmallInteger(node: DerNode, where = "INTEGER"): number {
  const fits = node.content.length >= 1 && node.content.length <= 4 && node.content[0]! < 0x80;
  const isNumber = node.tag === TAG.integer || node.tag === TAG.enumerated || node.tag >= 0x80;
  if (!fits || !isNumber) throw unreadableDer(where, "no small number");
  return node.content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** A BOOLEAN. Throws `UnreadableError`. */
export function readBoolean(node: DerNode, where = "BOOLEAN"): boolean {
  const [value] = node.content;
  // X.690 §11.1: TRUE is all ones.
  if (node.content.length !== 1 || (value !== 0 && value !== 0xff)) {
    throw unreadableDer(where, "no truth value");
  }
  return value === 0xff;
}

/** A BIT STRING with the number of unused bits in its last byte. Throws `UnreadableError`. */
export function readBits(node: DerNode, where = "BIT STRING"): { bytes: Bytes; unused: number } {
  const [unused] = node.content;
  if (unused === undefined || unused > 7 || (unused > 0 && node.content.length === 1)) {
    throw unreadableDer(where, "no bit string");
  }
  return { bytes: node.content.subarray(1), unused };
}

/** A BIT STRING that is whole bytes, as keys and signatures are. Throws `UnreadableError`. */
export function readWholeBits(node: DerNode, where: string): Bytes {
  const { bytes, unused } = readBits(node, where);
  if (node.tag !== TAG.bitString || unused !== 0) throw unreadableDer(where, "no whole bytes");
  return bytes;
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/;

/** A UTCTime or GeneralizedTime, in the forms that RFC 5280 §4.1.2.5 and RFC 3161 §2.4.2 allow; parts of a
 * millisecond are dropped. Throws `UnreadableError`. */
export function readTime(node: DerNode, where = "Time"): Instant {
  const text = latin1(node.content.subarray(0, 32));
  const match = (node.tag === TAG.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text);
  if (!match || (node.tag !== TAG.utcTime && node.tag !== TAG.generalizedTime)) {
    throw unreadableDer(where, "no time in UTC to the second");
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  // RFC 5280 §4.1.2.5.1: two-digit years are 1950–2049.
  const fullYear = node.tag === TAG.utcTime ? year + (year < 50 ? 2000 : 1900) : year;
  const date = new Date(0);
  date.setUTCFullYear(fullYear, month - 1, day);
  date.setUTCHours(hour, minute, second, Number((match[7] ?? "").padEnd(3, "0").slice(0, 3)));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute && date.getUTCSeconds() === second;
  if (!exists) throw unreadableDer(where, "no such day or time");
  return instantOf(date.getTime());
}

/** The text of any of the string types that names use; null for a type that is not text. */
export function readText(node: DerNode): string | null {
  switch (node.tag) {
    case TAG.utf8String:
      return new TextDecoder().decode(node.content);
    case TAG.printableString:
    case TAG.ia5String:
    case TAG.visibleString:
    case TAG.teletexString:
      return latin1(node.content);
    case TAG.bmpString:
      return new TextDecoder("utf-16be").decode(node.content);
    default:
      return null;
  }
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Bytes): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
}

/** Whether two pieces of DER are the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
