/**
 * Damage that knows ASN.1: elements changed, swapped between blobs, wrapped and lengthened, with lengths that fit
 * again or lie.
 *
 * @module
 */
import { joinBytes } from "../../lib/pdf/byte_source.ts";
import { damageBytes } from "./byte_mutations.ts";
import type { Dice } from "./dice.ts";
import type { Bytes } from "./target.ts";

/** An element: its content, or the elements within it. */
type Tree = { tag: number; parts: Tree[] | null; content: Bytes };

/** Elements deeper than this are left as bytes. */
const MAX_DEPTH = 24;

/** The elements that bytes are made of; null when they are none. */
function treesOf(bytes: Bytes, depth = 0): Tree[] | null {
  const trees: Tree[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at + 1] ?? 0x80;
    const size = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || size > 4 || at + 2 + size > bytes.length) return null;
    const length = size === 0
      ? first
      : bytes.subarray(at + 2, at + 2 + size).reduce((sum, b) => sum * 256 + b, 0);
    const start = at + 2 + size;
    if (start + length > bytes.length) return null;
    const tag = bytes[at]!;
    const content = bytes.slice(start, start + length);
    // What an OCTET STRING holds is often DER again.
    const opened = (tag & 0x20) !== 0 || (tag === 4 && length > 8);
    trees.push({ tag, content, parts: opened && depth < MAX_DEPTH ? treesOf(content, depth + 1) : null });
    at = start + length;
  }
  return trees;
}

function write(tree: Tree): Bytes {
  const content = tree.parts ? joinBytes(tree.parts.map(write)) : tree.content;
  return joinBytes([Uint8Array.of(tree.tag), lengthOf(content.length), content]);
}

function lengthOf(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

/** Every element with the list that it stands in. */
function placesIn(trees: Tree[]): { list: Tree[]; at: number }[] {
  return trees.flatMap((tree, at) => [{ list: trees, at }, ...tree.parts ? placesIn(tree.parts) : []]);
}

const leaf = (tag: number, content: Bytes): Tree => ({ tag, content, parts: null });

/** Contents that numbers, names, times and truth values do not expect. */
const CONTENTS: readonly ((dice: Dice) => Bytes)[] = [
  () => new Uint8Array(),
  () => Uint8Array.of(0x80),
  () => Uint8Array.of(0, 0, 1),
  () => Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  (dice) => dice.bytes(1 + dice.below(40)),
  (dice) => new Uint8Array(10 ** dice.below(6)).fill(0x7f),
  (dice) => new Uint8Array(10 ** dice.below(6)).fill(0xff),
  () => new TextEncoder().encode("99991231235959Z"),
  () => new TextEncoder().encode("00000101000000Z"),
  () => new TextEncoder().encode("500101000060Z"),
  () => new TextEncoder().encode("20261301000000.999999999Z"),
];

const TAGS = [
  1,
  2,
  3,
  4,
  5,
  6,
  0x0a,
  0x0c,
  0x13,
  0x17,
  0x18,
  0x1e,
  0x1f,
  0x24,
  0x30,
  0x31,
  0x80,
  0xa0,
  0xa1,
  0xa3,
  0xbf,
];

/** Lengths that lie: none, endless, longer than all memory, not in their shortest form. */
const LENGTHS: readonly (readonly number[])[] = [
  [0x80],
  [0xff],
  [0x84, 0x7f, 0xff, 0xff, 0xff],
  [0x84, 0xff, 0xff, 0xff, 0xff],
  [0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x82, 0, 1],
  [0x81, 0x7f],
  [0],
  [0x7f],
];

/** Changes one element of `trees`; `others` lend theirs. */
function change(trees: Tree[], others: Tree[], dice: Dice): void {
  const { list, at } = dice.pick(placesIn(trees));
  const tree = list[at]!;
  const other = () => structuredClone(dice.pick(placesIn(others).map((place) => place.list[place.at]!)));
  switch (dice.below(11)) {
    case 0:
      return void list.splice(at, 1);
    case 1:
      return void list.splice(at, 0, structuredClone(tree));
    case 2:
      return void (list[at] = {
        ...tree,
        tag: dice.once(2) ? dice.pick(TAGS) : tree.tag ^ (1 << dice.below(8)),
      });
    case 3:
      return void (list[at] = leaf(tree.tag, dice.pick(CONTENTS)(dice)));
    case 4:
      return void (list[at] = other());
    case 5:
      return void list.splice(at, 0, other());
    case 6:
      return void list.push(...list.splice(at, 1));
    case 7:
      return void (list[at] = nested(tree, 10 ** dice.below(4), dice));
    case 8:
      return void list.splice(
        at,
        0,
        ...Array.from({ length: 10 ** dice.below(4) }, () => leaf(5, new Uint8Array())),
      );
    default:
      return void (list[at] = leaf(tree.tag, damageBytes(write(tree).slice(2), dice, tree.content)));
  }
}

function nested(tree: Tree, depth: number, dice: Dice): Tree {
  let bytes = write(tree);
  const tag = dice.pick([0x30, 0x31, 0xa0, 0x24]);
  for (let left = depth; left > 0; left--) {
    bytes = joinBytes([Uint8Array.of(tag), lengthOf(bytes.length), bytes]);
  }
  return leaf(bytes[0]!, bytes.slice(1 + lengthOf(bytes.length).length));
}

/** Writes a lie over the length of some element, and leaves all else. */
function lie(bytes: Bytes, dice: Dice): Bytes {
  const at = 1 + dice.below(Math.min(bytes.length, 1 << dice.below(12)));
  return joinBytes([bytes.subarray(0, at), Uint8Array.from(dice.pick(LENGTHS)), bytes.subarray(at + 1)]);
}

/** Damages DER in one to three ways. */
export function damageDer(bytes: Bytes, dice: Dice, other: Bytes): Bytes {
  const trees = treesOf(bytes);
  if (trees === null || trees.length === 0 || dice.once(8)) return damageBytes(bytes, dice, other);
  const others = treesOf(other) ?? trees;
  for (let left = 1 + dice.below(3); left > 0 && trees.length > 0; left--) change(trees, others, dice);
  const damaged = joinBytes(trees.map(write));
  return dice.once(6) && damaged.length > 0 ? lie(damaged, dice) : damaged;
}
