import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { instantOf, jstDay } from "../../lib/domain/instant.ts";
import { dayWords, timeWords } from "../../routes/words.ts";

Deno.test("words: a day and a time are said in Japan's calendar and time", () => {
  equal(dayWords("2026-12-01"), "令和8年12月1日（火）");
  equal(timeWords("2026-12-01T05:03:22.000Z"), "令和8年12月1日（火）14:03");
  equal(timeWords("2026-11-30T15:00:00.000Z"), "令和8年12月1日（火）0:00");
});

Deno.test("property: the day of a time is said as the day itself, however often and after however many others", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      const at = instantOf(ms);
      equal(timeWords(at).startsWith(dayWords(jstDay(at))), true);
    }),
    { numRuns: 1_500 },
  );
  equal(dayWords("2026-12-01"), "令和8年12月1日（火）");
});
