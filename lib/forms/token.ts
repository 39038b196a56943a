/**
 * Pieces cut into what the engine works on: a label, a value, or an empty place for one.
 *
 * @module
 */
import { withoutExamples } from "./example_rows.ts";
import { hasInlineLabels, inlineParts, isLabelled } from "./inline_labels.ts";
import { type Label, readLabel } from "./label.ts";
import { withMembers } from "./member_heads.ts";
import type { Layout, Piece } from "./piece.ts";
import { joinSpread } from "./spread_labels.ts";

/** One label with the value that stands with it, or one value, or (`text` empty, no label) an empty place. */
export type Token = Omit<Piece, "text"> & {
  readonly label: Label | null;
  /** The value; for a label what followed it in the same text. */
  readonly text: string;
  /** As it stood, with the label. */
  readonly whole: string;
  /** The piece that it was cut from: lines of one cell have the same. */
  readonly cell: Piece;
};

/** More lines no cell of a form has. */
const MAX_LINES = 300;
/** Longer texts are no labels. */
const MAX_LABEL = 40;
/** The engine looks no further: a form has some hundred. */
const MAX_TOKENS = 2_000;

/** All tokens in reading order. */
export function tokensOf(layout: Layout): Token[] {
  const pieces = withSlicedNeighbours(joinSpread(withoutExamples(layout.pieces), MAX_TOKENS * 2));
  const tokens = pieces.flatMap(tokensOfPiece).slice(0, MAX_TOKENS)
    .sort((a, b) => {
      const gap = firstRow(a, layout.line) - firstRow(b, layout.line);
      return Math.abs(gap) < layout.line * 0.4 ? a.x0 - b.x0 : gap;
    });
  return withMembers(tokens);
}

/** Where a piece begins to be read: a cell over several rows counts with the first. */
const firstRow = ({ y0, y1 }: Piece | Token, line: number): number =>
  y0 + Math.min(y1 - y0, line > 1 ? line * 2 : line) / 2;

function tokensOfPiece(piece: Piece): Token[] {
  if (piece.field === true || piece.text.trim() === "") {
    return [tokenOf(piece, null, piece.text.trim(), piece.text)];
  }
  const all = readLabel(piece.text);
  if (all?.shape === "whole") return [tokenOf(piece, all, "", piece.text)];
  // A narrow cell breaks its label anywhere.
  const unbroken = piece.text.includes("\n") && piece.text.length <= MAX_LABEL
    ? readLabel(piece.text.replace(/\n/g, ""))
    : null;
  if (unbroken?.shape === "whole") return [tokenOf(piece, unbroken, "", piece.text)];
  const lines = piece.text.split("\n").slice(0, MAX_LINES);
  const parts = lines.map(partsOf);
  const labels = parts.flat().filter((part) => readLabel(part) !== null).length;
  const later = parts.slice(1).flat().some((part) => isPlain(readLabel(part)) || isLabelled(part));
  const inline = lines.some(hasInlineLabels) || (all?.attributes.includes("kana") && lines.length > 1);
  if (parts.flat().length === 1 || !(later || inline || (labels > 1 && isPlain(all)))) {
    return [tokenOf(piece, all, all?.rest ?? piece.text, piece.text)];
  }
  return lines.flatMap((_, index) => lineTokens(piece, slice(piece, index, lines.length), parts[index]!));
}

/** Whether a text is surely a label, not a value that begins like one (代表者 大空建設). */
const isPlain = (label: Label | null): boolean => label !== null && label.shape !== "spaced";

function lineTokens(cell: Piece, piece: Piece, parts: readonly string[]): Token[] {
  const width = (piece.x1 - piece.x0) / parts.length;
  return parts.filter((part) => part.trim() !== "").map((part, index) => {
    const place = { ...piece, x0: piece.x0 + width * index, x1: piece.x0 + width * (index + 1) };
    const label = readLabel(part);
    return { ...tokenOf(place, label, label?.rest ?? part, part), cell };
  });
}

/** A line parted where, after a wide gap, another label begins. */
function partsOf(line: string): string[] {
  const parts: string[] = [];
  for (const part of line.split(/\t+|[ 　]{2,}/)) {
    if (part.trim() === "") continue;
    const begins = parts.length === 0 || readLabel(part) !== null;
    const previous = parts.at(-1) ?? "";
    // 「氏 名」 with a wide gap is one label, not two texts.
    if (
      begins &&
      !(parts.length > 0 && readLabel(`${previous}${part}`) !== null && readLabel(previous) === null)
    ) {
      parts.push(part);
    } else parts[parts.length - 1] = `${previous}　${part}`;
  }
  return parts.length === 0 ? [line] : parts.flatMap(inlineParts);
}

function slice(piece: Piece, index: number, count: number): Piece {
  const height = (piece.y1 - piece.y0) / count;
  return { ...piece, y0: piece.y0 + height * index, y1: piece.y0 + height * (index + 1) };
}

function tokenOf(piece: Piece, label: Label | null, text: string, whole: string): Token {
  return { ...piece, label, text: text.trim(), whole, cell: piece };
}

/** Beside a cell of several labels, one a line, a cell of as many lines is cut the same way. */
function withSlicedNeighbours(pieces: readonly Piece[]): Piece[] {
  const stacks = pieces.filter((piece) => {
    const lines = piece.text.split("\n");
    return piece.table > 0 && lines.length > 1 && lines.every((line) => readLabel(line)?.shape === "whole") &&
      readLabel(piece.text)?.shape !== "whole";
  });
  return pieces.flatMap((piece): Piece[] => {
    const lines = piece.text.split("\n");
    const beside = stacks.some((stack) =>
      stack !== piece && stack.table === piece.table && stack.y0 === piece.y0 && stack.y1 === piece.y1 &&
      piece.x0 >= stack.x1 - 0.01 && stack.text.split("\n").length === lines.length
    );
    if (!beside) return [piece];
    return lines.map((text, index) => ({ ...slice(piece, index, lines.length), text }));
  });
}
