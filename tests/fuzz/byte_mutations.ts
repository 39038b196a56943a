/**
 * Damage that knows nothing of a format: bits, bytes and pieces.
 *
 * @module
 */
import { joinBytes } from "../../lib/pdf/byte_source.ts";
import type { Dice } from "./dice.ts";
import type { Bytes } from "./target.ts";

type ByteMutation = (bytes: Bytes, dice: Dice, other: Bytes) => Bytes;

/** Numbers at the edges of what programs count with. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x20, 0x28, 0x3c, 0x5b];

/** A piece: short ones more often than long ones. */
function piece(bytes: Bytes, dice: Dice): { from: number; to: number } {
  const from = dice.below(bytes.length);
  const longest = 2 ** dice.below(Math.max(1, Math.ceil(Math.log2(bytes.length + 1))));
  return { from, to: Math.min(bytes.length, from + 1 + dice.below(longest)) };
}

const changed = (bytes: Bytes, change: (copy: Bytes) => void): Bytes => {
  const copy = bytes.slice();
  change(copy);
  return copy;
};

const flipBits: ByteMutation = (bytes, dice) =>
  changed(bytes, (copy) => {
    for (let left = 1 + dice.below(4); left > 0; left--) copy[dice.below(copy.length)]! ^= 1 << dice.below(8);
  });

const setBytes: ByteMutation = (bytes, dice) =>
  changed(bytes, (copy) => {
    for (let left = 1 + dice.below(4); left > 0; left--) {
      copy[dice.below(copy.length)] = dice.once(2) ? dice.pick(EDGES) : dice.below(256);
    }
  });

const cutOut: ByteMutation = (bytes, dice) => {
  const { from, to } = piece(bytes, dice);
  return joinBytes([bytes.subarray(0, from), bytes.subarray(to)]);
};

const putIn: ByteMutation = (bytes, dice) => {
  const at = dice.below(bytes.length + 1);
  return joinBytes([bytes.subarray(0, at), dice.bytes(1 + dice.below(16)), bytes.subarray(at)]);
};

const repeat: ByteMutation = (bytes, dice) => {
  const { from, to } = piece(bytes, dice);
  return joinBytes([bytes.subarray(0, to), bytes.subarray(from)]);
};

const move: ByteMutation = (bytes, dice) => {
  const { from, to } = piece(bytes, dice);
  const rest = joinBytes([bytes.subarray(0, from), bytes.subarray(to)]);
  const at = dice.below(rest.length + 1);
  return joinBytes([rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at)]);
};

const truncate: ByteMutation = (bytes, dice) => bytes.slice(0, dice.below(bytes.length));

const splice: ByteMutation = (bytes, dice, other) =>
  joinBytes([bytes.subarray(0, dice.below(bytes.length)), other.subarray(dice.below(other.length))]);

const transplant: ByteMutation = (bytes, dice, other) => {
  const { from, to } = piece(other, dice);
  const at = dice.below(bytes.length);
  const end = dice.once(2) ? at : Math.min(bytes.length, at + to - from);
  return joinBytes([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(end)]);
};

const MUTATIONS = [flipBits, flipBits, setBytes, setBytes, cutOut, putIn, repeat, move, splice, transplant];

/** Damages bytes in one way; `other` lends pieces. */
export function damageBytes(bytes: Bytes, dice: Dice, other: Bytes): Bytes {
  if (bytes.length === 0) return dice.bytes(16);
  // Most formats notice at once that their end is missing.
  return dice.once(24) ? truncate(bytes, dice, other) : dice.pick(MUTATIONS)(bytes, dice, other);
}
