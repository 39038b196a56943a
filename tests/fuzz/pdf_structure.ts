/**
 * Damage to what holds a PDF together: streams' data, revisions, and cross-references that fit again, so that
 * what was damaged before is reached at all.
 *
 * @module
 */
import { deflateSync, inflateSync } from "node:zlib";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { damageBytes } from "./byte_mutations.ts";
import type { Dice } from "./dice.ts";

const OBJECT = /(?<![\d.])(\d{1,7}) (\d{1,5}) obj\b/g;

/** Damages what a stream decodes to, such as an object stream's directory or a cross-reference's rows. */
export function damageStream(text: string, dice: Dice): string {
  const streams = [...text.matchAll(/\bstream\r?\n/g)];
  if (streams.length === 0) return text;
  const { index, 0: mark } = dice.pick(streams);
  const start = index + mark.length;
  const end = text.indexOf("endstream", start);
  if (end < 0) return text;
  const raw = text.slice(start, end);
  const opened = inflated(raw);
  const plain = opened ?? raw;
  const changed = dice.once(2)
    ? plain.replace(/\d+/g, (number) => dice.once(6) ? String(dice.below(2 * Number(number) + 9)) : number)
    : latin1(damageBytes(latin1Bytes(plain), dice, latin1Bytes(plain)));
  const packed = opened === null ? changed : latin1(deflateSync(latin1Bytes(changed), { level: 9 }));
  if (packed.length <= raw.length) {
    return text.slice(0, start) + packed.padEnd(raw.length, "\0") + text.slice(end);
  }
  const head = text.slice(0, start);
  const at = head.lastIndexOf("/Length ");
  const fixed = at < 0 ? head : head.slice(0, at) + head.slice(at).replace(/\d+/, String(packed.length));
  return fixed + packed + text.slice(end);
}

function inflated(raw: string): string | null {
  try {
    return latin1(new Uint8Array(inflateSync(latin1Bytes(raw), { maxOutputLength: 1 << 20 })));
  } catch {
    return null; // Not packed, or in another way.
  }
}

/** Appends an update that gives an object another object's value, or its own with a change. */
export function appendRevision(text: string, dice: Dice): string {
  const objects = [...text.matchAll(OBJECT)];
  const start = /startxref\s+(\d+)/.exec(text.slice(text.lastIndexOf("startxref")))?.[1];
  const root = /\/Root ?(\d+ \d+ R)/.exec(text)?.[1];
  if (objects.length === 0 || start === undefined || root === undefined) return text;
  const placed: { number: string; offset: number }[] = [];
  let grown = text.endsWith("\n") ? text : `${text}\n`;
  for (let left = 1 + dice.below(3); left > 0; left--) {
    const source = dice.pick(objects);
    const end = text.indexOf("endobj", source.index);
    const body = text.slice(source.index + source[0].length, end < 0 ? source.index + 99 : end);
    const number = dice.once(2) ? source[1]! : dice.once(4) ? String(500 + left) : dice.pick(objects)[1]!;
    const changed = dice.once(3) ? body : latin1(damageBytes(latin1Bytes(body), dice, latin1Bytes(body)));
    placed.push({ number, offset: grown.length });
    grown += `${number} 0 obj${changed}endobj\n`;
  }
  const table = placed.map(({ number, offset }) => `${number} 1\n${entry(offset)}`).join("");
  const trailer = `trailer\n<</Size 600/Root ${root}/Prev ${start}>>`;
  return `${grown}xref\n${table}${trailer}\nstartxref\n${grown.length}\n%%EOF\n`;
}

/** Puts a table after the last object that fits the places where objects are now; the trailer stays as it is. */
export function rebuildXref(text: string, dice: Dice): string {
  const trailers = [...text.matchAll(/trailer\s*(<<[\s\S]*?>>)\s*startxref/g)].map(([, dict]) => dict!);
  const root = /\/Root ?(\d+ \d+ R)/.exec(text)?.[1] ?? "1 0 R";
  const trailer = trailers.length > 0 && !dice.once(4)
    ? trailers.at(-1)!.replace(/\/Prev \d+/, "")
    : `<</Size 600/Root ${root}>>`;
  const cut = trailers.length > 1 || trailers.length === 0
    ? text.length
    : Math.max(0, text.lastIndexOf("xref\n0"));
  const body = cut === 0 ? text : text.slice(0, cut);
  const places = new Map([...body.matchAll(OBJECT)].map((match) => [match[1]!, match.index]));
  const table = [...places].map(([number, offset]) => `${number} 1\n${entry(offset)}`).join("");
  const gap = body.endsWith("\n") ? "" : "\n";
  const at = body.length + gap.length;
  return `${body}${gap}xref\n${table}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`;
}

const entry = (offset: number): string => `${String(offset).padStart(10, "0")} 00000 n \n`;
