/**
 * Damage that knows what a mail is made of: header fields, parts and their boundaries, encodings.
 *
 * @module
 */
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { damageBytes } from "./byte_mutations.ts";
import type { Dice } from "./dice.ts";
import type { Bytes } from "./target.ts";

const CHARSETS = [
  "utf-8",
  "iso-2022-jp",
  "shift_jis",
  "euc-jp",
  "utf-7",
  "utf-16",
  "cp50220",
  "x-nothing",
  "",
];
const ENCODINGS = ["base64", "quoted-printable", "7bit", "8bit", "binary", "x-uuencode", ""];
const TYPES = [
  "text/plain",
  "text/html",
  "multipart/mixed",
  "multipart/alternative",
  "multipart/signed",
  "message/rfc822",
  "message/delivery-status",
  "application/ms-tnef",
  "application/pkcs7-mime",
  "application/octet-stream",
];

/** Fields that mislead. */
const FIELDS = [
  "From: a@b.example, c@d.example",
  `From: ${"<".repeat(500)}a@b.example${">".repeat(500)}`,
  `Subject: ${"=?iso-2022-jp?B?GyRC?= ".repeat(200)}`,
  'Content-Type: multipart/mixed; boundary=""',
  `Content-Type: text/plain; ${"a*0*=utf-8''%; ".repeat(200)}`,
  "Content-Transfer-Encoding: base64",
  "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc",
  `References: ${"<a@b> ".repeat(2_000)}`,
  `To: ${"(".repeat(2_000)}`,
  `Cc: ${"group: ".repeat(500)};`,
  "Auto-Submitted: auto-replied",
  "Return-Path: <>",
];

type TextMutation = (text: string, dice: Dice) => string;

function replaceOne(text: string, dice: Dice, pattern: RegExp, by: (old: string) => string): string {
  const matches = [...text.matchAll(pattern)];
  if (matches.length === 0) return text;
  const { index, 0: old } = dice.pick(matches);
  return text.slice(0, index) + by(old) + text.slice(index + old.length);
}

const addField: TextMutation = (text, dice) =>
  replaceOne(text, dice, /^[A-Za-z-]+:/gm, (old) => `${dice.pick(FIELDS)}\r\n${old}`);

const dropField: TextMutation = (text, dice) => replaceOne(text, dice, /^[A-Za-z-]+:.*\r?\n/gm, () => "");

const changeType: TextMutation = (text, dice) =>
  replaceOne(text, dice, /(?<=Content-Type: ?)[\w/+.-]+/gi, () => dice.pick(TYPES));

const changeCharset: TextMutation = (text, dice) =>
  replaceOne(text, dice, /(?<=charset="?)[\w-]+|(?<==\?)[\w-]+(?=\?[BQ]\?)/gi, () => dice.pick(CHARSETS));

const changeEncoding: TextMutation = (text, dice) =>
  replaceOne(text, dice, /(?<=Encoding: ?)[\w-]+/gi, () => dice.pick(ENCODINGS));

const changeBoundary: TextMutation = (text, dice) =>
  replaceOne(
    text,
    dice,
    /^--.*$/gm,
    (old) => dice.pick([`${old}--`, old.slice(0, -1), "", `${old}\r\n${old}`, "--"]),
  );

const unfold: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\r?\n/g, () => dice.pick(["\r", "\n", "\r\n ", ""]));

/** Wraps the message into messages, or each of its lines into another line. */
const wrap: TextMutation = (text, dice) =>
  "Content-Type: message/rfc822\r\n\r\n".repeat(1 + dice.below(12)) + text;

const repeat: TextMutation = (text, dice) =>
  replaceOne(text, dice, /^--[\s\S]{1,400}?\r?\n(?=--)/gm, (old) => old.repeat(1 + dice.below(300)));

const MUTATIONS = [
  addField,
  dropField,
  changeType,
  changeType,
  changeCharset,
  changeCharset,
  changeEncoding,
  changeBoundary,
  unfold,
  wrap,
  repeat,
];

/** Damages a mail in one to four ways. */
export function damageMail(bytes: Bytes, dice: Dice, other: Bytes): Bytes {
  let damaged = bytes;
  for (let left = 1 + dice.below(4); left > 0; left--) {
    damaged = dice.once(3)
      ? damageBytes(damaged, dice, other)
      : latin1Bytes(dice.pick(MUTATIONS)(latin1(damaged), dice));
  }
  return damaged;
}
