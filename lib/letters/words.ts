/**
 * Small words of letters: days, times, sizes, names of roles, and texts made fit for one line.
 *
 * @module
 */
import type { Party, PartyId } from "../domain/case.ts";
import { type Day, type Instant, jstDay, jstParts } from "../domain/instant.ts";
import { formatWareki } from "../domain/wareki.ts";
import type { Block, LetterHead } from "./letter.ts";

/** Control characters, and those that turn the direction of what follows (UAX #9). */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/**
 * Text that people wrote, made harmless: no control or direction characters, no addresses that mail programs
 * would turn into links. Line breaks are kept, as `\n`.
 */
export function harmless(text: string): string {
  return text.toWellFormed().replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n").replace(UNSEEN, "")
    .replaceAll("://", "：//");
}

/** Text for one line: harmless, blanks and breaks made one blank, at most `most` characters. */
export function oneLine(text: string, most = 1_000): string {
  const line = harmless(text).replace(/[\s\u3000]+/g, " ").trim();
  const characters = [...line];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line;
}

const two = (n: number) => String(n).padStart(2, "0");

/** `令和8年12月1日（2026年）`: 和暦 with the year that calendars outside Japan show. */
export function dayWords(day: Day): string {
  return `${formatWareki(day)}（${day.slice(0, 4)}年）`;
}

/** A moment in Japan: `令和8年12月1日 14時03分`. */
export function timeWords(at: Instant): string {
  const { hour, minute } = jstParts(at);
  return `${formatWareki(jstDay(at))} ${hour}時${two(minute)}分`;
}

/** A length as people read it: `1.2 MB`, decimal units as R30 counts. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} バイト`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

const fullWidth = (digits: string): string =>
  digits.replace(/\d/g, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));

/** What a party is called: 「確認者１」, 「構成員２ 確認者１」, 「承認者１」. */
export function partyLabel(id: PartyId): string {
  const found = /^(?:Member(\d+))?(Confirmer|Approver)(\d+)$/.exec(id);
  if (!found) return "当事者";
  const [, member, role, place] = found;
  const label = `${role === "Confirmer" ? "確認者" : "承認者"}${fullWidth(place ?? "")}`;
  return member === undefined ? label : `構成員${fullWidth(member)} ${label}`;
}

/** How it was made sure who someone is, on seals, certificates and pages. */
export function authenticationWords(authentication: Party["authentication"]): string {
  return authentication === "mailAndAccessCode" ? "メール認証＋アクセスコード" : "メール認証";
}

/** The first line of a letter. */
export const greeting = (name: string): Block => ({ is: "paragraph", text: `${oneLine(name)} 様` });

/** A subject with the service's name before and the case number behind it (R6). */
export function subjectOf(head: LetterHead, words: string): string {
  const number = head.caseNumber === null ? "" : `（案件番号 ${head.caseNumber}）`;
  return `【${head.signature.service}】${oneLine(words, 200)}${number}`;
}
