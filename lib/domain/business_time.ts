/**
 * Business time of public offices: 9:00 to 17:00 in Japan on business days (R32). Which days those are is told by
 * whoever keeps a calendar.
 *
 * @module
 */
import { type Day, DAY_MS, epochMs, type Instant, instantOf, jstDay, plusMs } from "./instant.ts";

/** Whether public offices work on a day. */
export type IsBusinessDay = (day: Day) => boolean;

const HOUR_MS = 3_600_000;
const MORNING_MS = 9 * HOUR_MS;
const EVENING_MS = 17 * HOUR_MS;

/** The instant at which a Japanese calendar day begins (0:00 JST). */
const startOf = (day: Day): Instant => instantOf(Date.parse(`${day}T00:00:00.000Z`) - MORNING_MS);

/** The day a number of days later (or earlier, when negative). */
export function plusDays(day: Day, days: number): Day {
  return instantOf(Date.parse(`${day}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10);
}

/** 9:00 in Japan on a day, whatever day that is. */
export function morningOf(day: Day): Instant {
  return plusMs(startOf(day), MORNING_MS);
}

/** The first business day on or after a day. */
function businessDayFrom(day: Day, isBusinessDay: IsBusinessDay): Day {
  let found = day;
  while (!isBusinessDay(found)) found = plusDays(found, 1);
  return found;
}

/** Whether an instant lies in business time: from 9:00 until just before 17:00. */
export function inBusinessTime(at: Instant, isBusinessDay: IsBusinessDay): boolean {
  const day = jstDay(at);
  const intoDay = epochMs(at) - epochMs(startOf(day));
  return isBusinessDay(day) && intoDay >= MORNING_MS && intoDay < EVENING_MS;
}

/** The first morning of a business day (9:00) after an instant. */
export function nextBusinessMorning(after: Instant, isBusinessDay: IsBusinessDay): Instant {
  const today = jstDay(after);
  const from = after < morningOf(today) ? today : plusDays(today, 1);
  return morningOf(businessDayFrom(from, isBusinessDay));
}

/** The instant itself when it lies in business time, else the next 9:00 of a business day. */
export function nextBusinessMoment(at: Instant, isBusinessDay: IsBusinessDay): Instant {
  return inBusinessTime(at, isBusinessDay) ? at : nextBusinessMorning(plusMs(at, -1), isBusinessDay);
}

/** The last morning of a business day (9:00) that is not after an instant. */
export function lastBusinessMorning(until: Instant, isBusinessDay: IsBusinessDay): Instant {
  const today = jstDay(until);
  let day = until < morningOf(today) ? plusDays(today, -1) : today;
  while (!isBusinessDay(day)) day = plusDays(day, -1);
  return morningOf(day);
}

/**
 * When to speak of an end that comes: at `wanted`, moved into business time; where that would be too late, on the
 * last business morning before, since a word after the end helps nobody.
 */
export function momentBefore(end: Instant, wanted: Instant, isBusinessDay: IsBusinessDay): Instant {
  const moment = nextBusinessMoment(wanted, isBusinessDay);
  return moment < end ? moment : lastBusinessMorning(wanted, isBusinessDay);
}

/** How many business days lie after one day and not after another; 0 when the second is not later. */
export function businessDaysBetween(from: Day, to: Day, isBusinessDay: IsBusinessDay): number {
  let count = 0;
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) if (isBusinessDay(day)) count++;
  return count;
}

/** When a number of business days have passed since an instant, moved into business time. */
export function afterBusinessDays(since: Instant, days: number, isBusinessDay: IsBusinessDay): Instant {
  const first = jstDay(since);
  let day = first;
  for (let left = days; left > 0; left--) day = businessDayFrom(plusDays(day, 1), isBusinessDay);
  const sameTime = plusMs(startOf(day), epochMs(since) - epochMs(startOf(first)));
  return nextBusinessMoment(sameTime, isBusinessDay);
}
