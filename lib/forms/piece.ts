/**
 * What every reader makes of its file: pieces of text with places, so that one engine finds labels and values
 * whatever the format was.
 *
 * @module
 */

/** A text and the rectangle it takes. `x` grows to the right, `y` downwards, ends are excluded. */
export type Piece = {
  /** As written; lines of one cell are parted by line feeds. Empty for an empty cell. */
  readonly text: string;
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  /** Where it stands, for people. */
  readonly source: string;
  /** The table it is a cell of, counted from 1; 0 for running text. */
  readonly table: number;
  /** A form field to fill in, which is never a label. */
  readonly field?: boolean;
  /** It runs over the edge of its page or cell. */
  readonly clipped?: boolean;
};

/** All pieces that belong together: a document, a sheet, the pages of a PDF. */
export type Layout = {
  readonly pieces: readonly Piece[];
  /** The height of a line of text in `y`'s unit: 1 where places count rows and columns. */
  readonly line: number;
};

/** Where something begins and ends down the page. */
export type Rows = { readonly y0: number; readonly y1: number };

/** Where a row runs. */
export const middleOf = (place: Rows): number => (place.y0 + place.y1) / 2;

/** Whether two places stand side by side: the middle of one within the height of the other. */
export function sameRow(a: Rows, b: Rows): boolean {
  return (middleOf(a) > a.y0 && middleOf(a) >= b.y0 && middleOf(a) <= b.y1) ||
    (middleOf(b) >= a.y0 && middleOf(b) <= a.y1);
}
