import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { dayOf, instantOf, jstDay } from "../../lib/domain/instant.ts";
import { fiscalYearWareki, formatWareki, parseDay } from "../../lib/domain/wareki.ts";

Deno.test("a day is shown in 和暦, an era's first year as 元年, each era from its own first day on", () => {
  for (
    const [day, shown] of [
      ["2026-12-01", "令和8年12月1日"],
      ["2019-12-31", "令和元年12月31日"],
      ["2019-05-01", "令和元年5月1日"],
      ["2019-04-30", "平成31年4月30日"],
      ["1989-01-08", "平成元年1月8日"],
      ["1989-01-07", "昭和64年1月7日"],
      ["1926-12-25", "昭和元年12月25日"],
      ["1926-12-24", "大正15年12月24日"],
      ["1912-07-30", "大正元年7月30日"],
      ["1912-07-29", "明治45年7月29日"],
      ["1868-10-23", "明治元年10月23日"],
      ["1868-10-22", "1868年10月22日"],
    ] as const
  ) equal(formatWareki(day), shown);
});

Deno.test("R2 a day is read however people write it", () => {
  for (
    const written of [
      "令和8年12月1日",
      "令和８年１２月１日",
      "令和 8 年 12 月 1 日",
      "令和8年　12月　1日",
      "令和八年十二月一日",
      "R8.12.1",
      "R8/12/1",
      "r08-12-01",
      "Ｒ８．１２．１",
      "㋿8年12月1日",
      "令8.12.1",
      "平成38年12月1日",
      "2026/12/1",
      "2026-12-01",
      "2026.12.1",
      "2026年12月1日",
      "西暦2026年12月1日",
      "二〇二六年一二月一日",
      "２０２６年１２月１日（火）",
      " 2026/12/1\n",
    ]
  ) equal(parseDay(written), "2026-12-01", written);
  equal(parseDay("令和元年5月1日"), "2019-05-01");
  equal(parseDay("昭和六十四年一月七日"), "1989-01-07");
  equal(parseDay("平成三十一年四月三十日"), "2019-04-30");
  equal(parseDay("平成十年十月十日"), "1998-10-10");
});

Deno.test("R2 what is no day of the calendar is not guessed at", () => {
  for (
    const written of [
      "",
      "令和 年 月 日",
      "12月1日",
      "8年12月1日",
      "8.12.1",
      "令和8年2月29日",
      "令和8年13月1日",
      "令和8年4月31日",
      "令和0年5月1日",
      "令和元年4月30日",
      "平成元年1月7日",
      "元年5月1日",
      "20261201",
      "2026/12",
      "令和8年12月1日まで",
      "12026/12/1",
      "慶応3年1月1日",
    ]
  ) equal(parseDay(written), null, written);
});

Deno.test("every day that is shown in 和暦 is read back as the same day", () => {
  const day = fc.integer({ min: Date.UTC(1868, 9, 23), max: Date.UTC(2199, 11, 31) })
    .map((ms) => jstDay(instantOf(ms)));
  fc.assert(fc.property(day, (each) => equal(parseDay(formatWareki(each)), each)));
  fc.assert(
    fc.property(fc.integer({ min: 1869, max: 2199 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const each = dayOf(year, month, 28);
      equal(parseDay(formatWareki(each!)), each);
    }),
  );
});

Deno.test("whatever the text, reading gives a day of the calendar or none, and never throws", () => {
  const unit = fc.constantFrom(..."令和平成昭R元年月日０12９30十二〇./-（火) あ");
  fc.assert(fc.property(fc.string({ unit, maxLength: 14 }), (text) => {
    const [year, month, day] = parseDay(text)?.split("-") ?? ["2026", "12", "01"];
    equal(dayOf(Number(year), Number(month), Number(day)), `${year}-${month}-${day}`);
  }));
});

Deno.test("R6 a case number's fiscal year begins in April", () => {
  equal(fiscalYearWareki("2026-04-01"), "R8");
  equal(fiscalYearWareki("2027-03-31"), "R8");
  equal(fiscalYearWareki("2027-04-01"), "R9");
  equal(fiscalYearWareki("2020-03-31"), "H31");
  equal(fiscalYearWareki("2020-04-01"), "R2");
  equal(fiscalYearWareki("1800-01-01"), "1799");
});
