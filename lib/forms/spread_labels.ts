/**
 * Labels whose letters stand apart: 契・約・名, one a cell, or 「住」「所」 with a gap, as a PDF draws it.
 *
 * @module
 */
import { readLabel } from "./label.ts";
import { type Piece, sameRow } from "./piece.ts";

/** As many letters a label may have. */
const LETTERS = 8;

/** The pieces, of which letters that make up a label are one again; no more than `most` are looked at. */
export function joinSpread(all: readonly Piece[], most: number): Piece[] {
  const pieces = all.filter((piece) => piece.text.trim() !== "" || piece.table > 0 || piece.field).slice(
    0,
    most,
  );
  const joined: Piece[] = [];
  for (let at = 0; at < pieces.length;) {
    const first = pieces[at]!;
    const taken = isShort(first) && readLabel(first.text) === null ? runFrom(pieces, at) : 1;
    const run = pieces.slice(at, at + taken);
    joined.push(taken === 1 ? first : { ...first, text: textOf(run), x1: run.at(-1)!.x1 });
    at += taken;
  }
  return joined;
}

const textOf = (run: readonly Piece[]): string => run.map((piece) => piece.text).join("");
const isShort = (piece: Piece | undefined): boolean =>
  piece !== undefined && !piece.field && piece.text.trim() !== "" && piece.text.trim().length <= 4;

/** How many pieces from a place on are one label; the last of them may carry the value. */
function runFrom(pieces: readonly Piece[], at: number): number {
  const first = pieces[at]!;
  for (let count = Math.min(LETTERS, pieces.length - at); count > 1; count--) {
    const run = pieces.slice(at, at + count);
    if (!run.every((piece) => sameRow(piece, first) && !piece.field)) continue;
    if (!run.slice(0, -1).every(isShort) || !(endsLabel(run) || carriesValue(run))) continue;
    if (!isFilledBetween(run, pieces)) return count;
  }
  return 1;
}

/** Whether fields stand between the letters: 年, 月 and 日 around those of a date. */
const isFilledBetween = (run: readonly Piece[], pieces: readonly Piece[]): boolean =>
  pieces.some((piece) =>
    piece.field === true && sameRow(piece, run[0]!) && piece.x0 > run[0]!.x0 && piece.x1 < run.at(-1)!.x1
  );

/** 「契」「約」「名」, 「氏」「名：小林」. */
function endsLabel(run: readonly Piece[]): boolean {
  const shape = readLabel(textOf(run))?.shape;
  return (shape === "whole" || shape === "parted") &&
    (isShort(run.at(-1)) || /^.{0,4}[:：]/.test(run.at(-1)!.text));
}

/** 「氏」「名 小林」: single letters, and what they make with the first word of the last is a label. */
function carriesValue(run: readonly Piece[]): boolean {
  const word = /^\s*(\S{1,3})[\s\u3000]+\S/.exec(run.at(-1)!.text)?.[1];
  const letters = run.slice(0, -1).map((piece) => piece.text.trim());
  return word !== undefined && letters.every((letter) => letter.length === 1) &&
    readLabel(letters.join("") + word)?.shape === "whole";
}
