/**
 * The block with a sender's own name and address at the end of a mail, which is no part of a form in its body.
 *
 * @module
 */
import { readLabel } from "./label.ts";

/** A line of marks, as Japanese mails have around signatures, or the sign of RFC 3676 §4.3. */
const RULE = /^(?:[\s]*[*＊=＝\-－―─━_＿~〜～+＋#◇◆□■・.☆★/／|｜]{6,}[\s]*|-- ?)$/;

/** The text without what follows the last rule before lines that hold nothing of a form's own. */
export function withoutSignature(text: string): string {
  const lines = text.split(/\r\n?|\n/);
  const first = lines.findIndex(ownLine);
  if (first < 0) return text;
  const last = lines.findLastIndex(ownLine);
  const rule = lines.findIndex((line, index) => index > last && RULE.test(line));
  return rule < 0 ? text : lines.slice(0, rule).join("\n");
}

/** A line that only a form has: a confirmer, a contract, an addressee, a representative. */
function ownLine(line: string): boolean {
  const label = readLabel(line);
  if (label === null) return false;
  return label.role === "confirmer" || label.role === "representative" || label.member !== undefined ||
    label.attributes.some((each) => each === "contract" || each === "addressee" || each === "date");
}
