/**
 * Days, times and sizes as pages write them.
 *
 * @module
 */
import { type Day, type Instant, jstDay, type JstParts, jstParts } from "../lib/domain/instant.ts";
import { formatWareki } from "../lib/domain/wareki.ts";

const WEEKDAYS = "日月火水木金土";

/** The words of some days, since the cases of a time speak of the same ones over and over. */
const known = new Map<Day, string>();
const MOST_KNOWN = 1_000;

/** 令和8年12月1日（火） */
export function dayWords(day: Day): string {
  const before = known.get(day);
  if (before !== undefined) return before;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const words = `${formatWareki(day)}（${WEEKDAYS[weekday]}）`;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(day, words);
  return words;
}

const two = (count: number): string => String(count).padStart(2, "0");
const dayIn = ({ year, month, day }: JstParts): Day =>
  `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;

/** 令和8年12月1日（火）14:03 */
export function timeWords(at: Instant): string {
  const parts = jstParts(at);
  return `${dayWords(dayIn(parts))}${parts.hour}:${two(parts.minute)}`;
}

/** 14:03 on the day itself, 12月1日 on any other: for lists, where the year goes without saying. */
export function shortTimeWords(at: Instant, now: Instant): string {
  const { hour, minute } = jstParts(at);
  if (jstDay(at) === jstDay(now)) return `${hour}:${String(minute).padStart(2, "0")}`;
  const [, month, day] = jstDay(at).split("-");
  return `${Number(month)}月${Number(day)}日`;
}

/** 1.2 MB, 340 KB */
export function sizeWords(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1000))} KB`;
}

/** 1,200,000円 */
export const yenWords = (amount: number): string => `${amount.toLocaleString("ja-JP")}円`;

const HOUR_MS = 3_600_000;

/** あと9日, あと5時間: how long there is until `end`; empty once it has passed. */
export function leftWords(end: Instant, now: Instant): string {
  const hours = Math.floor((Date.parse(end) - Date.parse(now)) / HOUR_MS);
  if (hours < 0) return "";
  if (hours < 1) return "まもなく";
  return hours < 48 ? `あと${hours}時間` : `あと${Math.floor(hours / 24)}日`;
}
