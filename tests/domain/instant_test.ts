import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  dayOf,
  daysBetween,
  endOfJstDay,
  epochMs,
  instantOf,
  jstDateTime,
  jstDay,
  jstParts,
  plusMs,
} from "../../lib/domain/instant.ts";

Deno.test("an instant is UTC text that sorts as time does", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 4e12 }), (a, b) => {
    equal(instantOf(a) < instantOf(b), a < b);
    equal(epochMs(instantOf(a)), a);
  }));
  throws(() => instantOf(9e15), RangeError);
  throws(() => instantOf(Date.UTC(10_000, 0)), /Cannot make an instant/);
});

Deno.test("Japan is nine hours ahead, so an evening in UTC is the next day", () => {
  equal(jstDay("2026-11-30T15:00:00.000Z"), "2026-12-01");
  equal(jstDay("2026-11-30T14:59:59.999Z"), "2026-11-30");
  deepEqual(jstParts("2026-12-01T05:03:22.000Z"), {
    year: 2026,
    month: 12,
    day: 1,
    hour: 14,
    minute: 3,
    second: 22,
    weekday: 2,
  });
  equal(jstDateTime("2026-12-01T05:03:02.000Z"), "2026年12月1日 14:03:02 JST");
});

Deno.test("a Japanese day ends at 15:00 UTC", () => {
  equal(endOfJstDay("2026-12-01"), "2026-12-01T15:00:00.000Z");
  equal(plusMs("2026-12-01T15:00:00.000Z", -1), "2026-12-01T14:59:59.999Z");
});

Deno.test("days that the calendar lacks are no days", () => {
  equal(dayOf(2026, 2, 29), null);
  equal(dayOf(2028, 2, 29), "2028-02-29");
  equal(dayOf(999, 1, 1), null);
  equal(dayOf(2026, 13, 1), null);
  equal(daysBetween("2026-11-24", "2026-12-01"), 7);
});
