/**
 * Writes DER (ITU-T X.690 §10–11).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { type Bytes, contextTag, TAG } from "./der.ts";

/** The NULL element. */
export const DER_NULL: Bytes = Uint8Array.of(TAG.null, 0);

/** An element with this identifier octet around the parts. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  // X.690 §8.1.3: up to 127 in one octet; beyond, how many octets follow, and these.
  const more = length < 0x80 ? 0 : Math.ceil((32 - Math.clz32(length)) / 8);
  const whole = new Uint8Array(2 + more + length);
  whole[0] = tag;
  whole[1] = more === 0 ? length : 0x80 | more;
  for (let octet = 0; octet < more; octet++) whole[2 + octet] = length >>> (8 * (more - 1 - octet));
  let at = 2 + more;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bigEndian(value: bigint): number[] {
  const octets: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) octets.unshift(Number(rest & 0xffn));
  return octets.length === 0 ? [0] : octets;
}

/** A SEQUENCE of the parts. */
export function sequence(...parts: readonly Uint8Array[]): Bytes {
  return element(TAG.sequence, ...parts);
}

/** A SET OF the parts, in the order that DER wants (X.690 §11.6). */
export function setOf(...parts: readonly Uint8Array[]): Bytes {
  return element(TAG.set, ...[...parts].sort(compareBytes));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** `[number]` around whole elements (explicit), or in the place of a SEQUENCE's or SET's tag (implicit). */
export function context(number: number, ...parts: readonly Uint8Array[]): Bytes {
  return element(contextTag(number, true), ...parts);
}

/** `[number]` in the place of the tag of a plain value. */
export function contextValue(number: number, content: Uint8Array): Bytes {
  return element(contextTag(number, false), content);
}

/** A non-negative INTEGER: a number, or its big-endian bytes. */
export function integer(value: number | Uint8Array): Bytes {
  const octets = typeof value === "number" ? bigEndian(BigInt(value)) : [...value];
  const first = octets.findIndex((octet) => octet !== 0);
  const shortest = first < 0 ? [0] : octets.slice(first);
  return element(TAG.integer, Uint8Array.from(shortest[0]! >= 0x80 ? [0, ...shortest] : shortest));
}

/** An OBJECT IDENTIFIER from dotted text. */
export function oid(dotted: string): Bytes {
  const [root = 0n, second = 0n, ...rest] = dotted.split(".").map(BigInt);
  return element(TAG.oid, Uint8Array.from([root * 40n + second, ...rest].flatMap(base128)));
}

function base128(value: bigint): number[] {
  const octets = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) octets.unshift(Number(rest & 0x7fn) | 0x80);
  return octets;
}

/** An OCTET STRING. */
export function octets(content: Uint8Array): Bytes {
  return element(TAG.octetString, content);
}

/** A BIT STRING; `unused` bits at the end of the last byte are zero. */
export function bits(content: Uint8Array, unused = 0): Bytes {
  return element(TAG.bitString, Uint8Array.of(unused), content);
}

/** A BOOLEAN. */
export function boolean(value: boolean): Bytes {
  return element(TAG.boolean, Uint8Array.of(value ? 0xff : 0));
}

/** A text element: UTF8String unless another string type is named. */
export function text(value: string, tag: number = TAG.utf8String): Bytes {
  return element(tag, new TextEncoder().encode(value));
}

/** A GeneralizedTime to the second (RFC 5280 §4.1.2.5.2), later parts dropped. */
export function generalizedTime(at: Instant): Bytes {
  return text(`${at.replace(/\..*$/, "").replace(/[-T:]/g, "")}Z`, TAG.generalizedTime);
}

/** A time of a certificate or CRL: UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
export function certificateTime(at: Instant): Bytes {
  const whole = generalizedTime(at);
  const year = Number(at.slice(0, 4));
  return year >= 1950 && year < 2050 ? element(TAG.utcTime, whole.subarray(4)) : whole;
}
