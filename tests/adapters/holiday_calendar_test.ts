import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { holidayCalendar } from "../../lib/adapters/holiday_calendar.ts";
import { plusDays } from "../../lib/domain/business_time.ts";
import { readiness } from "../../lib/flows/readiness.ts";
import { paperWorld } from "../support/paper_world.ts";

/** The days of a span on which nobody works, without weekends. */
function freeWeekdays(from: string, to: string): string[] {
  const free: string[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday % 6 !== 0 && !holidayCalendar.isBusinessDay(day)) free.push(day);
  }
  return free;
}

Deno.test("R32 the holidays of a year, 振替休日 and 国民の休日 among them", () => {
  // 2026, as the Cabinet Office announced it; 3 May is a Sunday, so 6 May is free; 22 September lies between two.
  deepEqual(freeWeekdays("2026-01-04", "2026-12-28"), [
    "2026-01-12",
    "2026-02-11",
    "2026-02-23",
    "2026-03-20",
    "2026-04-29",
    "2026-05-04",
    "2026-05-05",
    "2026-05-06",
    "2026-07-20",
    "2026-08-11",
    "2026-09-21",
    "2026-09-22",
    "2026-09-23",
    "2026-10-12",
    "2026-11-03",
    "2026-11-23",
  ]);
});

Deno.test("R32 offices are closed from 29 December to 3 January", () => {
  deepEqual(freeWeekdays("2026-12-25", "2027-01-06"), [
    "2026-12-29",
    "2026-12-30",
    "2026-12-31",
    "2027-01-01",
  ]);
  for (const day of ["2028-12-28", "2029-01-04"]) ok(holidayCalendar.isBusinessDay(day), day);
});

Deno.test("Saturdays and Sundays are free in every year", () => {
  for (let day = "2060-03-01"; day < "2060-04-01"; day = plusDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    equal(holidayCalendar.isBusinessDay(day), weekday % 6 !== 0, day);
  }
});

Deno.test("the calendar says how far it knows; beyond that, weekdays are business days but for the turn of the year", () => {
  equal(holidayCalendar.lastYear, 2050);
  ok(!holidayCalendar.isBusinessDay("2050-11-23"));
  ok(holidayCalendar.isBusinessDay("2051-11-23"));
  ok(!holidayCalendar.isBusinessDay("2051-12-29"));
});

Deno.test("the operator is told how far the holidays are known", async () => {
  const { world, clock } = paperWorld();
  const told = async () => (await readiness(world, () => null)()).find(({ part }) => part === "calendar");
  deepEqual(await told(), { part: "calendar", ready: true, detail: "holidays known until 2050" });
  clock.set("2050-12-31T15:00:00.000Z");
  deepEqual(await told(), { part: "calendar", ready: true, detail: "holidays unknown since 2051" });
});
