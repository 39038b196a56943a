/**
 * Headings that part the members of a 共同企業体 where they carry no number (R2).
 *
 * @module
 */
import { sameRow } from "./piece.ts";
import type { Token } from "./token.ts";

/**
 * The tokens with members told apart: each further 「構成員」 that stands alone is another one, and a 「代表者」 in line
 * with them is the one who leads.
 */
export function withMembers(tokens: readonly Token[]): Token[] {
  const heads = tokens.filter((token) => isHead(token) && token.label?.member !== undefined);
  const seen = new Map<string, number>();
  return tokens.map((token) => {
    const { label } = token;
    if (label === null || !isHead(token)) return token;
    const { member } = label;
    if (member === undefined) {
      const leads = label.role === "representative" && heads.some((head) => inLine(head, token));
      if (!leads || namesPerson(tokens, token)) return token;
      const { role: _, ...rest } = label;
      return { ...token, label: { ...rest, member: "代表者" } };
    }
    if (/\d$/.test(member)) return token;
    const count = (seen.get(member) ?? 0) + 1;
    seen.set(member, count);
    return count === 1 ? token : { ...token, label: { ...label, member: `${member} ${count}` } };
  });
}

/** Whether a person with a title stands beside 「代表者」, not the company that leads. */
function namesPerson(tokens: readonly Token[], head: Token): boolean {
  const next =
    tokens.filter((other) => other.table === head.table && other.x0 >= head.x1 && sameRow(other, head))
      .sort((a, b) => a.x0 - b.x0)[0];
  return next !== undefined &&
    /^\s*(?:代表|取締役|社長|理事|会長|専務|常務|支店長|所長|組合長)/.test(next.whole);
}

const isHead = ({ label, text }: Token): boolean =>
  label !== null && text === "" && label.attributes.length === 0;

/** In the same row or column of a table. */
const inLine = (a: Token, b: Token): boolean =>
  a.table > 0 && a.table === b.table && (Math.abs(a.x0 - b.x0) < 0.5 || Math.abs(a.y0 - b.y0) < 0.5);
