import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { plainSearchFacts, searchFacts, searchTest } from "../../lib/flows/case_search.ts";
import { caseOf } from "../support/given_case.ts";
import { askedWith, draftedWith, opened } from "../support/sample_case.ts";

const FACTS = searchFacts(caseOf(draftedWith()));
const finds = (search: string) => searchTest(search)(FACTS);

Deno.test("R38 cases are found by number, 契約名 and 商号, in any width and with all words", () => {
  for (
    const search of [
      "",
      "R8-000123",
      "ｒ８－０００１２３",
      "000123",
      "文書管理",
      "文書 管理 保守",
      "見本",
      "株式会社見本 保守",
    ]
  ) {
    ok(finds(search), search);
  }
  for (const search of ["R8-000124", "文書 工事", "見本 一郎商店"]) ok(!finds(search), search);
});

Deno.test("R37 契約日 is found in 西暦 and 和暦, by day, month, year and fiscal year", () => {
  const days = [
    "2026-12-01",
    "2026/12/1",
    "令和8年12月1日",
    "令和 8年 12月 1日",
    "Ｒ８．１２．１",
    "2026年12月",
    "令和8年12月",
  ];
  for (const search of [...days, "2026-12", "2026年", "令和8年", "令和8年度", "2026年度"]) {
    ok(finds(search), search);
  }
  for (const search of ["2026-12-02", "令和8年11月", "令和7年", "2027年度", "2026年13月"]) {
    ok(!finds(search), search);
  }
});

Deno.test("R37 契約金額 is found however it is written", () => {
  for (const search of ["1,200,000円", "1200000", "￥1,200,000", "120万円", "1.2百万円", "１２０万"]) {
    ok(finds(search), search);
  }
  for (const search of ["1,200,001円", "12万円", "億"]) ok(!finds(search), search);
});

Deno.test("R24 of a draft that was not sent others find nothing, nor before its end of one with a code", () => {
  ok(!searchTest("120万円")(plainSearchFacts(caseOf(draftedWith()))));
  ok(!searchTest("別の名")(plainSearchFacts(caseOf(draftedWith({ title: "別の名" })))));

  const asked = caseOf(askedWith());
  ok(searchTest("120万円")(plainSearchFacts(asked)));
  const coded = { ...asked, draft: { ...asked.draft!, accessCode: "hash" } };
  ok(!searchTest("120万円")(plainSearchFacts(coded)));
  ok(searchTest("120万円")(plainSearchFacts({ ...coded, executedAt: coded.openedAt })));
  ok(searchTest("文書管理")(plainSearchFacts(caseOf(opened))));
});

Deno.test("property: no search throws, and every case fits its own 契約名", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
    searchTest(text)(FACTS);
    equal(searchTest(text)({ ...FACTS, title: text }), true);
  }));
});
