/**
 * A moment as text, `2026-04-01T00:00:00.000Z`: UTC, always three decimals, so that it sorts in keys and
 * survives storage and comparison unchanged.
 */
export type Instant = string;

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Milliseconds in one day. */
export const DAY_MS = 86_400_000;

const JST_OFFSET_MS = 9 * 3_600_000;

/** The instant of a number of milliseconds since 1970-01-01T00:00Z. Throws `RangeError` outside years 0–9999. */
export function instantOf(epochMs: number): Instant {
  const text = new Date(epochMs).toISOString();
  if (!SHAPE.test(text)) throw new RangeError(`Cannot make an instant: ${epochMs} ms is out of range`);
  return text;
}

/** Milliseconds since 1970-01-01T00:00Z of an instant. */
export function epochMs(at: Instant): number {
  return Date.parse(at);
}

/** The instant a number of milliseconds later (or earlier, when negative). */
export function plusMs(at: Instant, ms: number): Instant {
  return instantOf(epochMs(at) + ms);
}

/** A wall-clock reading in Japan (UTC+9, no summer time). Months and days count from 1. */
export type JstParts = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 is Sunday. */
  readonly weekday: number;
};

/** What a clock in Japan shows at an instant. */
export function jstParts(at: Instant): JstParts {
  const shifted = new Date(epochMs(at) + JST_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    weekday: shifted.getUTCDay(),
  };
}

/** A calendar day as text, `2026-12-01`; days are Japanese days. */
export type Day = string;

/** The Japanese calendar day of an instant. */
export function jstDay(at: Instant): Day {
  return instantOf(epochMs(at) + JST_OFFSET_MS).slice(0, 10);
}

/** The instant at which a Japanese calendar day ends (24:00 JST). */
export function endOfJstDay(day: Day): Instant {
  return instantOf(Date.parse(`${day}T00:00:00.000Z`) + DAY_MS - JST_OFFSET_MS);
}

/** The day made of three numbers, or null when the calendar has no such day. */
export function dayOf(year: number, month: number, day: number): Day | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1000 && year <= 9999 && date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/** The number of days from one day to another; negative when the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

const two = (n: number) => String(n).padStart(2, "0");

/** Date and time of day as a signature's 理由 shows it: `2026年12月1日 14:03:22 JST`. */
export function jstDateTime(at: Instant): string {
  const p = jstParts(at);
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}:${two(p.second)} JST`;
}
