/**
 * What the writer of a reply added: the quoted original, in the ways of Japanese and other mail programs, is
 * taken off. Answers written between quoted lines are kept.
 *
 * @module
 */

/** Lines after which everything is the original. */
const BEGINNINGS: readonly RegExp[] = [
  /^-{2,}\s*(?:original message|forwarded message|元のメッセージ|転送メッセージ|転送されたメール.*|.*\bからの転送)\s*-{2,}$/i,
  /^begin forwarded message:$/i,
  // Gmail: 2026年11月22日(日) 10:00 名前 <address>: — also Apple Mail's …のメール:
  /^\d{4}[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}日?.{0,80}[<＜][^<>＜＞]+@[^<>＜＞]+[>＞](?:\s*のメール)?\s*[:：]?$/,
  /^\d{4}[年/.-]\s?\d{1,2}[月/.-]\s?\d{1,2}日?.{0,120}(?:のメール|wrote|さんは書きました|が書きました|に書かれました)\s*[:：]$/,
  /^on .{6,160}(?:wrote|書きました|さんは書きました)\s*[:：]$/i,
  /^(?:在|于).{6,160}写道\s*[:：]$/,
];

/** A line that names no day, and so introduces an original only where quoted lines follow. */
const NAMING =
  /^.{1,200}(?:wrote|writes|さんは書きました|が書きました|に書かれました|さんのメール|のメール)\s*[:：]$/i;

/** The first line of a header that was copied into the text (Outlook and others). */
const FROM_LINE = /^\*?(?:差出人|送信者|from)\*?\s*[:：]\*?\s*\S/i;
const OTHER_LINE = /^\*?(?:送信日時|日時|宛先|件名|sent|date|to|subject|cc)\*?\s*[:：]/i;

/** Lines that a mail program added on its own. */
const ADDED =
  /^(?:(?:my )?(?:iphone|ipad|android|xperia|galaxy).{0,12}(?:から|より)送信.{0,4}|outlook for (?:ios|android|mac).{0,12}|(?:ios|android)\s?版\s?outlook\s?[をの]入手|(?:get|入手) outlook for .*|sent from my .{1,40}|yahoo!?メール.{0,20}から送信)$/i;

/** Characters of a line that can introduce an original. */
const MAX_LINE = 400;

/** Lines looked at for answers below a quotation's beginning. */
const LOOK_AHEAD = 300;

const QUOTED = /^\s*[>＞|｜]/;
const RULE = /^[\s_＿\-‐–—=＝━─*＊]{3,}$/;

/** The new part of a text; empty when all of it is quoted. */
export function newText(text: string): string {
  const given = text.replace(/\ufeff/g, "").split(/\r?\n/);
  const kept: string[] = [];
  for (let at = 0; at < given.length; at++) {
    const line = given[at]!;
    if (line === "-- ") break; // RFC 3676 §4.3: what follows is the signature.
    const length = lengthOfBeginning(given, at);
    if (length > 0) {
      const answeredBelow = kept.every((above) => above.trim() === "") && answersFollow(given, at + length);
      if (!answeredBelow) {
        dropRule(kept);
        break;
      }
      at += length - 1;
    } else if (!QUOTED.test(line) && !ADDED.test(line.trim())) kept.push(line);
  }
  return kept.join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** How many lines introduce the original at this place; 0 when none does. */
function lengthOfBeginning(lines: readonly string[], at: number): number {
  const line = lines[at]!.trim();
  if (line === "" || line.length > MAX_LINE) return 0;
  if (BEGINNINGS.some((pattern) => pattern.test(line))) return 1;
  // Long introductions are wrapped.
  const joined = `${line} ${lines[at + 1]?.trim() ?? ""}`;
  if (/^(?:on |\d{4}[年/])/i.test(line) && joined.length <= MAX_LINE) {
    if (BEGINNINGS.some((pattern) => pattern.test(joined))) return 2;
  }
  if (NAMING.test(line) && QUOTED.test(lines.slice(at + 1).find((next) => next.trim() !== "") ?? "")) {
    return 1;
  }
  const copied = FROM_LINE.test(line) &&
    lines.slice(at + 1, at + 5).some((next) => OTHER_LINE.test(next.trim()));
  return copied ? 1 : 0;
}

/** Whether the original is quoted line by line, and the writer answers between its lines or below. */
function answersFollow(lines: readonly string[], from: number): boolean {
  const rest = lines.slice(from, from + LOOK_AHEAD).filter((line) => line.trim() !== "");
  return QUOTED.test(rest[0] ?? "") && rest.some((line) => !QUOTED.test(line));
}

/** The rule that stood above the original belongs to it. */
function dropRule(kept: string[]): void {
  while (kept.length > 0 && (kept.at(-1)!.trim() === "" || RULE.test(kept.at(-1)!))) kept.pop();
}
