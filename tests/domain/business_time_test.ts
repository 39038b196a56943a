import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import {
  afterBusinessDays,
  businessDaysBetween,
  inBusinessTime,
  lastBusinessMorning,
  momentBefore,
  morningOf,
  nextBusinessMoment,
  nextBusinessMorning,
  plusDays,
} from "../../lib/domain/business_time.ts";
import { type Day, type Instant, instantOf, jstDay, plusMs } from "../../lib/domain/instant.ts";

/** Free besides weekends: a turn of the year, a Golden Week and a lone holiday as offices of Japan have them. */
const FREE: ReadonlySet<Day> = new Set([
  ...["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-03"],
  ...["2026-04-29", "2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06", "2026-11-23"],
]);
const works = (day: Day): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !FREE.has(day);
};

/** An instant by its Japanese wall clock, `2026-12-28 17:00`. */
const jst = (text: string): Instant => plusMs(`${text.replace(" ", "T")}:00.000Z`, -9 * 3_600_000);

Deno.test("R32 business time is from 9:00 until just before 17:00 in Japan", () => {
  const cases = [
    ["2026-11-24 08:59", false],
    ["2026-11-24 09:00", true],
    ["2026-11-24 16:59", true],
    ["2026-11-24 17:00", false],
    ["2026-11-23 10:00", false],
    ["2026-11-22 10:00", false],
  ] as const;
  for (const [at, expected] of cases) equal(inBusinessTime(jst(at), works), expected, at);
  ok(inBusinessTime(plusMs(jst("2026-11-24 17:00"), -1), works));
});

Deno.test("R32 what falls due outside goes at the next 9:00, over weekends, Golden Week and the turn of the year", () => {
  const cases = [
    ["2026-11-24 10:30", "2026-11-24 10:30"],
    ["2026-11-24 08:59", "2026-11-24 09:00"],
    ["2026-11-24 17:00", "2026-11-25 09:00"],
    ["2026-11-20 17:01", "2026-11-24 09:00"],
    ["2026-12-28 17:00", "2027-01-04 09:00"],
    ["2027-01-01 12:00", "2027-01-04 09:00"],
    ["2026-05-01 18:00", "2026-05-07 09:00"],
    ["2026-05-06 09:00", "2026-05-07 09:00"],
  ] as const;
  for (const [at, expected] of cases) equal(nextBusinessMoment(jst(at), works), jst(expected), at);
});

Deno.test("the next morning is after an instant, the last one not after it", () => {
  equal(nextBusinessMorning(jst("2026-11-24 08:00"), works), jst("2026-11-24 09:00"));
  equal(nextBusinessMorning(jst("2026-11-24 09:00"), works), jst("2026-11-25 09:00"));
  equal(nextBusinessMorning(jst("2026-12-28 10:00"), works), jst("2027-01-04 09:00"));
  equal(lastBusinessMorning(jst("2026-11-24 09:00"), works), jst("2026-11-24 09:00"));
  equal(lastBusinessMorning(jst("2026-11-24 08:59"), works), jst("2026-11-20 09:00"));
  equal(lastBusinessMorning(jst("2027-01-02 12:00"), works), jst("2026-12-28 09:00"));
});

Deno.test("a word before an end that no business time reaches goes on the last business morning", () => {
  const before = (end: string, wanted: string) => momentBefore(jst(end), jst(wanted), works);
  equal(before("2026-12-05 00:00", "2026-12-03 09:00"), jst("2026-12-03 09:00"));
  // 契約日 is a Sunday: the day before is no business day, Monday is too late.
  equal(before("2026-11-30 00:00", "2026-11-28 09:00"), jst("2026-11-27 09:00"));
  equal(before("2027-01-02 00:00", "2026-12-29 09:00"), jst("2026-12-28 09:00"));
});

Deno.test("business days are counted after one day, up to and with another", () => {
  const cases = [
    ["2026-11-24", "2026-11-24", 0],
    ["2026-11-24", "2026-11-25", 1],
    ["2026-11-20", "2026-11-24", 1],
    ["2026-12-28", "2027-01-04", 1],
    ["2026-04-28", "2026-05-07", 3],
    ["2026-11-25", "2026-11-24", 0],
  ] as const;
  for (const [from, to, expected] of cases) equal(businessDaysBetween(from, to, works), expected, to);
});

Deno.test("five business days pass from an hour to the same hour, and end in business time", () => {
  const after = (since: string) => afterBusinessDays(jst(since), 5, works);
  equal(after("2026-11-24 10:31"), jst("2026-12-01 10:31"));
  equal(after("2026-11-24 20:00"), jst("2026-12-02 09:00"));
  equal(after("2026-11-21 10:00"), jst("2026-11-30 10:00"));
  equal(after("2026-12-25 10:00"), jst("2027-01-07 10:00"));
});

const anyInstant = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-12-01") }).map(
  instantOf,
);

Deno.test("property: the next moment is in business time, not earlier, and nothing in business time lies before", () =>
  fc.assert(fc.property(anyInstant, (at) => {
    const moment = nextBusinessMoment(at, works);
    ok(moment >= at && inBusinessTime(moment, works));
    equal(nextBusinessMoment(moment, works), moment);
    for (let hour = at; hour < moment; hour = plusMs(hour, 3_600_000)) ok(!inBusinessTime(hour, works));
    ok(moment === at || moment === morningOf(jstDay(moment)));
  })));

Deno.test("property: mornings lie on both sides of an instant with no business day between", () =>
  fc.assert(fc.property(anyInstant, (at) => {
    const [last, next] = [lastBusinessMorning(at, works), nextBusinessMorning(at, works)];
    ok(last <= at && at < next);
    deepEqual([jstDay(last), jstDay(next)].map(works), [true, true]);
    equal(businessDaysBetween(jstDay(last), jstDay(next), works), 1);
  })));

Deno.test("property: counting and passing business days agree, and days add up", () =>
  fc.assert(fc.property(anyInstant, fc.integer({ min: 1, max: 15 }), (since, days) => {
    const after = afterBusinessDays(since, days, works);
    const counted = businessDaysBetween(jstDay(since), jstDay(after), works);
    ok(counted === days || counted === days + 1, `${counted}`);
    const [from, to] = [jstDay(since), jstDay(after)];
    const middle = plusDays(from, Math.floor(days / 2));
    equal(businessDaysBetween(from, middle, works) + businessDaysBetween(middle, to, works), counted);
  })));

Deno.test("property: a word before an end comes before it, unless no business morning does", () =>
  fc.assert(fc.property(anyInstant, fc.integer({ min: 1, max: 240 }), (wanted, hours) => {
    const end = plusMs(wanted, hours * 3_600_000);
    const moment = momentBefore(end, wanted, works);
    ok(moment < end && inBusinessTime(moment, works));
  })));
