/**
 * The text of a PDF page as paragraphs. A PDF knows lines only: those that a page's width broke are joined, so that
 * screen readers do not stop in the middle of a sentence and narrow screens wrap it anew.
 *
 * @module
 */

const NUMBER = "[0-9０-９一二三四五六七八九十百]+";
/** 第３条, alone or with its title, but not 「第３条の規定により」 in a sentence. */
const CLAUSE = new RegExp(`^第\\s*${NUMBER}\\s*[条章節編](?:の${NUMBER})?(?=[\\s（(]|$)`);
/** What begins a paragraph: a clause, a number or mark of a list, an indent, a word that stands alone. */
const BEGINS = new RegExp(
  [
    CLAUSE.source,
    `^[（(]?${NUMBER}(?:[)）．、]|\\.(?!\\d)|　)`,
    "^[①-⑳㈠-㈩・●○■□◆◇※〔【]",
    "^[ア-ン][)）．　]",
    "^[甲乙丙丁][\\s　]",
    "^(?:別\\s*[紙記表]|附\\s*則|記|以\\s*上)(?:\\s|$)",
    "^　",
  ].join("|"),
);

/** A line this much of the widest one's width may have been broken by the width of the page. */
const NEARLY_FULL = 0.75;

/** Width in half characters: Japanese signs are twice as wide as Latin ones. */
function widthOf(line: string): number {
  let width = 0;
  for (const sign of line) width += sign.codePointAt(0)! < 0x2000 ? 1 : 2;
  return width;
}

const endsSentence = (line: string): boolean => /[。：:]$|^[）)」]$/.test(line);
const unclosed = (line: string): boolean =>
  (line.match(/[（(「『]/g)?.length ?? 0) > (line.match(/[）)」』]/g)?.length ?? 0);

/** Blanks that only place words on the page become one. */
const tidy = (line: string): string => line.replace(/[ 　]*　[ 　]*/g, "　").replace(/ {2,}/g, " ").trim();

/** Latin words need the blank that the end of the line was. */
const between = (before: string, after: string): string => /\w$/.test(before) && /^\w/.test(after) ? " " : "";

/** The paragraphs of a page, in order. Nothing but blanks is left out. */
export function joinedLines(text: string): string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd()).filter((line) => line.trim() !== "");
  const full = NEARLY_FULL * Math.max(0, ...lines.map(widthOf));
  const paragraphs: string[] = [];
  lines.forEach((line, index) => {
    const before = lines[index - 1] ?? "";
    const goesOn = index > 0 && !endsSentence(before) && !BEGINS.test(line) &&
      (widthOf(before) >= full || unclosed(before));
    const words = tidy(line);
    const last = paragraphs.length - 1;
    if (goesOn) paragraphs[last] += between(paragraphs[last]!, words) + words;
    else paragraphs.push(words);
  });
  return paragraphs;
}

/** Longest title of a clause, in characters. */
const MAX_TITLE = 40;

/** Whether a paragraph is the title of a clause and nothing more: 「第１条（目的）」. */
export function isClauseTitle(paragraph: string): boolean {
  return paragraph.length <= MAX_TITLE && CLAUSE.test(paragraph) &&
    (/[）)]$/.test(paragraph) || !/[。、]/.test(paragraph));
}
