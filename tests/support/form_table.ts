/**
 * Forms as tables and as running text, read to their values by path, for tests of the reader's label engine.
 *
 * @module
 */
import { buildForm, type BuiltForm } from "../../lib/forms/build_form.ts";
import type { Piece } from "../../lib/forms/piece.ts";
import { textLayout } from "../../lib/forms/text_layout.ts";

/** What was read, by path; values of which the reader is unsure end in 「？」. */
export const valuesOf = ({ fields }: BuiltForm): Record<string, string> =>
  Object.fromEntries(
    fields.map(({ path, value, confidence }) => [path, confidence < 0.7 ? `${value}？` : value]),
  );

/** Builds the form of a table as the docx and xlsx readers give it: one text a cell, empty cells kept. */
export function tableForm(rows: readonly (readonly string[])[]): BuiltForm {
  const pieces = rows.flatMap((row, y) =>
    row.map((text, x): Piece => ({
      text,
      x0: x,
      x1: x + 1,
      y0: y,
      y1: y + 1,
      source: `セル ${x},${y}`,
      table: 1,
    }))
  );
  return buildForm({ pieces, line: 1 });
}

/** Reads such a table to its values. */
export const readTable = (rows: readonly (readonly string[])[]): Record<string, string> =>
  valuesOf(tableForm(rows));

/** Reads running text. */
export const readText = (text: string): Record<string, string> => valuesOf(buildForm(textLayout(text)));
