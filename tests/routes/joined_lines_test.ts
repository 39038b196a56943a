/**
 * Lines of a PDF become paragraphs, on real contracts and on what nobody foresaw.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { isClauseTitle, joinedLines } from "../../routes/joined_lines.ts";

async function paragraphsOf(name: string): Promise<string[]> {
  const bytes = await Deno.readFile(new URL(`../fixtures/contracts/${name}.pdf`, import.meta.url));
  const renderer = pdfiumRenderer({ workers: 1 });
  try {
    return joinedLines(await renderer.text(name, () => Promise.resolve(bytes), 1));
  } finally {
    await renderer.close();
  }
}

Deno.test({
  name: "the contracts of the samples read in whole sentences",
  // The renderer's worker ends after the test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const service = await paragraphsOf("keiyakusho_itaku_6p");
    deepEqual(service.slice(0, 3), [
      "業務委託契約書",
      "株式会社ミライ商事（以下「甲」という。）と有限会社髙橋製作所（以下「乙」という。）は、甲が乙に委託する業務に関し、" +
      "次のとおり契約（以下「本契約」という。）を締結する。",
      "契約番号 R8-0417-0032",
    ]);
    ok(service.includes("第 1 条（目的）") && isClauseTitle("第 1 条（目的）"));
    const works = await paragraphsOf("keiyakusho_kouji");
    ok(works.includes("1　件名 市道中央３号線配水管布設替工事（その２）"));
    ok(
      works.includes("4　請負代金額 金 12,345,000 円（うち取引に係る消費税及び地方消費税の額1,122,272 円）"),
    );
    const clauses = works.filter((each) => each.startsWith("第 "));
    ok(clauses.length >= 12 && clauses.every((each) => each.endsWith("。")), clauses.join("\n"));
  },
});

Deno.test("a clause that is cited goes on, one that begins does not", () => {
  const wide = "受注者は、発注者の承諾を得た場合を除き、この契約書に定める";
  deepEqual(
    joinedLines(
      `${wide}\n第３条の規定により義務を負う。\n第４条 受注者は、次による。\n（１）報告\n（２）検査\nア　現場`,
    ),
    [
      `${wide}第３条の規定により義務を負う。`,
      "第４条 受注者は、次による。",
      "（１）報告",
      "（２）検査",
      "ア　現場",
    ],
  );
  equal(isClauseTitle("第４条 受注者は、次による。"), false);
});

Deno.test("Latin words keep the blank between them, short lines stay lines", () => {
  deepEqual(joinedLines("The contractor shall deliver the\ngoods in time.\nTel\nFax"), [
    "The contractor shall deliver the goods in time.",
    "Tel",
    "Fax",
  ]);
});

Deno.test("property: nothing but blanks is lost, and nothing changes its order", () => {
  const line = fc.array(fc.constantFrom(..."契約第１条。（）、 　a1.\r\n甲乙・"), { maxLength: 60 });
  fc.assert(fc.property(line, (signs) => {
    const text = signs.join("");
    equal(joinedLines(text).join("").replace(/\s/g, ""), text.replace(/\s/g, ""));
  }));
});
