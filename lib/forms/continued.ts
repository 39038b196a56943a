/**
 * Values that go on in the next line or row, where no label stands: joined when they clearly belong, else the value is
 * marked as unsure, since it may be cut short.
 *
 * @module
 */
import { contactParts, isNoise } from "./form_values.ts";
import type { Found } from "./find_values.ts";
import type { Attribute } from "./label_words.ts";
import { sameRow } from "./piece.ts";
import type { Token } from "./token.ts";

/** Texts that may take more than one line; an address or a number never does. */
const LONG: ReadonlySet<Attribute> = new Set([
  "postal",
  "contract",
  "company",
  "venture",
  "title",
  "name",
]);
/** What begins an item or a section of its own. */
const ITEM =
  /^[\s\u3000]*(?:第?[\d０-９一二三四五六七八九十]{1,2}(?:[.．、)）\s\u3000]|条)|[（(](?:[\d０-９一二三四五六七八九十]{1,2}|[ア-ン])[)）]|[■□●○◎◆◇▼▶・【①-⑳])/;
/** How far apart two lines of one value stand on a page with wide lines, in heights of a line. */
const WIDE_GAP = 1.4;
/** What is told of a value that may go on where nobody can tell. */
const DOUBTED = 0.5;

/** The findings, with the lines that go on from them. `line` is the height of a line. */
export function withContinuations(found: readonly Found[], tokens: readonly Token[], line: number): Found[] {
  const known = new Set(found.filter(saysWhat).flatMap((each) => each.tokens));
  const joined = [...found];
  for (const token of tokens) {
    if (token.label !== null || token.text === "" || token.field || known.has(token) || isNoise(token.text)) {
      continue;
    }
    const at = joined.findLastIndex((each) => goesOn(each, token, tokens, line));
    if (at < 0) continue;
    const before = joined[at]!;
    const clear = belongs(before, token, line);
    joined[at] = clear
      ? longer(before, token)
      : { ...before, confidence: Math.min(before.confidence, DOUBTED) };
    if (clear) known.add(token);
  }
  return stackedLines(joined, tokens, line);
}

/** Not a text of which only 「受注者」 beside it tells whose it is. */
const saysWhat = ({ meaning }: Found): boolean => meaning.attributes.length > 0 || meaning.role !== "vendor";

/** Lines below the same heading, each a finding of its own, are one value when nothing stands beside them. */
function stackedLines(found: readonly Found[], tokens: readonly Token[], line: number): Found[] {
  const kept: Found[] = [];
  for (const each of found) {
    const token = each.tokens[0]!;
    const at = kept.findLastIndex((earlier) =>
      sameMeaning(earlier, each) && goesOn(earlier, token, tokens, line)
    );
    const before = kept[at];
    if (
      before === undefined || token.label !== null || before.tokens[0]!.label !== null ||
      !belongs(before, token, line)
    ) {
      kept.push(each);
    } else kept[at] = longer(before, token);
  }
  return kept;
}

const sameMeaning = (a: Found, b: Found): boolean =>
  a.text !== "" && b.text !== "" && JSON.stringify(a.meaning) === JSON.stringify(b.meaning);

const longer = (before: Found, token: Token): Found => ({
  ...before,
  text: `${before.text}${before.meaning.attributes.some(isPersonal) ? " " : "\n"}${token.text}`,
  clipped: before.clipped || token.clipped === true,
  tokens: [...before.tokens, token],
});

const isPersonal = (attribute: Attribute): boolean => attribute === "name" || attribute === "title";

/** Whether a text without a label stands directly below a value that may be long, and is not of another kind. */
function goesOn(
  { meaning, text, tokens: own }: Found,
  token: Token,
  all: readonly Token[],
  line: number,
): boolean {
  const above = own.at(-1)!;
  if (text === "" || above.field || above.table !== token.table || !mayBeLong(meaning)) return false;
  if (token.x0 >= above.x1 || token.x1 <= above.x0) return false;
  // A heading over all columns begins before the values do.
  if (token.table > 0 && token.x0 < above.x0 - line * 0.7) return false;
  const gap = token.y0 - above.y1;
  const level = line > 1 && Math.abs(token.x0 - above.x0) < line * 0.2;
  if (gap < -0.3 * line || gap > line * (token.table > 0 ? 0.5 : level ? WIDE_GAP : 0.9)) return false;
  if (/[@＠]/.test(token.text) || ITEM.test(token.text) || contactParts(token.text).phone !== "") {
    return false;
  }
  const leftOf = (place: Token, other: Token) => other.x1 <= place.x0 + line * 0.3 && sameRow(other, place);
  return !all.some((other) =>
    other !== token && other.cell !== token.cell && other.whole.trim() !== "" &&
    other.table === token.table &&
    ((leftOf(token, other) && !leftOf(above, other)) ||
      (isHead(other) && sameRow(other, token) && !sameRow(other, above)))
  );
}

const isHead = ({ label, text }: Token): boolean => label !== null && text === "";

const mayBeLong = ({ role, attributes }: Found["meaning"]): boolean =>
  role !== "confirmer" && !attributes.includes("mail") && attributes.some((each) => LONG.has(each));

/** Whether it begins where the value begins, or is set in from the label. */
function belongs({ tokens: own }: Found, token: Token, line: number): boolean {
  const first = own[0]!;
  if (sameCell(own.at(-1)!, token)) return true;
  if (first.label === null || own.length > 1) {
    if (Math.abs(token.x0 - own.at(-1)!.x0) > line * 0.7) return false;
    return token.table > 0 || first.label === null || isSetIn(token);
  }
  return isSetIn(token) || token.x0 - first.x0 > line;
}

/** Lines of one cell, as they were cut apart. */
const sameCell = (above: Token, token: Token): boolean => token.table > 0 && above.cell === token.cell;

const isSetIn = (token: Token): boolean => /^(?:[ \t]{2,}|　)/.test(token.whole);
