/**
 * Members of a 共同企業体 who stand side by side, one a column, without a label of their own (R2).
 *
 * @module
 */
import type { Token } from "./token.ts";

/** Where in a table each member stands, from left to right. */
export type MemberColumns = { readonly table: number; readonly columns: readonly Token[] };

const COMPANY_WORD = /会社|法人|組合|商店|工業|建設|[(（][株有合][)）]|㈱|㈲|土木|工務店|設計|電気|設備/;

/** The columns below the companies of one row; null where no row names several. */
export function memberColumns(
  tokens: readonly Token[],
  leftOf: (value: Token) => readonly Token[],
  above: (value: Token) => Token | null,
): MemberColumns | null {
  const rows = new Map<Token, Token[]>();
  for (const token of tokens) {
    const owner = leftOf(token)[0];
    if (token.table === 0 || !owner?.label?.attributes.includes("company")) continue;
    if (above(token)?.label?.member !== undefined || !COMPANY_WORD.test(token.text)) continue;
    rows.set(owner, [...(rows.get(owner) ?? []), token]);
  }
  for (const columns of rows.values()) {
    const apart = columns.every((each, index) => index === 0 || each.x0 >= columns[index - 1]!.x1 - 0.01);
    if (columns.length > 1 && apart) return { table: columns[0]!.table, columns };
  }
  return null;
}

/** The name of the member in whose column a token stands; undefined outside of all. */
export function memberAt(columns: MemberColumns | null, token: Token): string | undefined {
  if (columns === null || token.table !== columns.table) return undefined;
  const index = columns.columns.findIndex((column) =>
    token.x0 >= column.x0 - 0.01 && token.x1 <= column.x1 + 0.01
  );
  return index < 0 ? undefined : `column${index + 1}`;
}
