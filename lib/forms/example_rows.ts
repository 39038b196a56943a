/**
 * Rows of a table that show how to fill in the others: 「記入例｜契約 太郎｜taro@…」.
 *
 * @module
 */
import { readLabel } from "./label.ts";
import { type Piece, sameRow } from "./piece.ts";

const MARK = /^[(（【\[〔＜<※]*\s*(?:(?:記入|記載|入力)?例|見本|サンプル)\s*[)）】\]〕＞>:：]*$/;

/** A form has one or two. */
const MAX_MARKS = 20;

/** The pieces less those rows. A row of heads, such as 記入例 beside 記入欄, stays. */
export function withoutExamples(pieces: readonly Piece[]): Piece[] {
  const marks = pieces.filter((piece) => piece.table > 0 && MARK.test(piece.text.trim()))
    .slice(0, MAX_MARKS);
  const gone = new Set(marks.flatMap((mark) => {
    const row = pieces.filter((piece) =>
      piece !== mark && piece.table === mark.table && piece.text.trim() !== "" && sameRow(piece, mark)
    );
    const first = row.every((piece) => piece.x0 >= mark.x1 - 0.01);
    return first && row.some((piece) => readLabel(piece.text) === null) ? [mark, ...row] : [];
  }));
  return pieces.filter((piece) => !gone.has(piece));
}
