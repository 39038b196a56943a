/**
 * Days, times and sizes as pages write them.
 *
 * @module
 */
import { type Day, type Instant, jstDay, jstParts } from "../lib/domain/instant.ts";
import { formatWareki } from "../lib/domain/wareki.ts";

const WEEKDAYS = "日月火水木金土";

/** 令和8年12月1日（火） */
export function dayWords(day: Day): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return `${formatWareki(day)}（${WEEKDAYS[weekday]}）`;
}

/** 令和8年12月1日（火）14:03 */
export function timeWords(at: Instant): string {
  const { hour, minute } = jstParts(at);
  return `${dayWords(jstDay(at))}${hour}:${String(minute).padStart(2, "0")}`;
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
