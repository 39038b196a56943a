/**
 * The days on which public offices of Japan work: not on Saturdays and Sundays, on national holidays (国民の祝日
 * に関する法律, 振替休日 and 国民の休日 among them), nor at the turn of the year (地方自治法第4条の2), which is from 29
 * December to 3 January. The holidays come from a kept package, since the equinoxes are announced and laws change;
 * it knows a few decades.
 *
 * @module
 */
import holidayJp from "@holiday-jp/holiday_jp";
import type { BusinessCalendar } from "../ports.ts";

const holidays: ReadonlySet<string> = new Set(Object.keys(holidayJp.holidays));

/** The last year of which the package knows the holidays. */
const lastYear = Math.max(...[...holidays].map((day) => Number(day.slice(0, 4))));

/** 年末年始: from 29 December to 3 January. */
const TURN_OF_YEAR = /-(?:12-(?:29|30|31)|01-0[123])$/;

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The calendar. Of years that it does not know only weekends and the turn of the year are free. */
export const holidayCalendar: BusinessCalendar = {
  lastYear,
  isBusinessDay: (day) => !isWeekend(day) && !holidays.has(day) && !TURN_OF_YEAR.test(day),
};
