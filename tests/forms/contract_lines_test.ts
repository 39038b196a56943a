import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { readContractLines } from "../../lib/forms/contract_lines.ts";

Deno.test("the lines of an officer's mail are read in every usual spelling", () => {
  deepEqual(
    readContractLines(`契約書を送ります。
契約日: 令和8年12月1日
契約名：庁内事務用品単価契約
アクセスコード：Ａｂ12
契約期間: 2026-12-01〜2027-03-31
契約金額: 1,200,000円
共有: a@example.jp
承認者: 山田 太郎 <yamada@example.jp>、sato@example.jp`),
    {
      contractDate: "2026-12-01",
      title: "庁内事務用品単価契約",
      accessCode: "Ab12",
      term: { from: "2026-12-01", to: "2027-03-31" },
      amount: 1_200_000,
      copyTo: ["a@example.jp"],
      approvers: [{ name: "山田 太郎", address: "yamada@example.jp" }, {
        name: "",
        address: "sato@example.jp",
      }],
      faults: [],
    },
  );
});

for (
  const [written, amount] of [["金１２０万円", 1_200_000], ["¥1,200,000-", 1_200_000], [
    "1億2,000万円（税込）",
    120_000_000,
  ]] as const
) {
  Deno.test(`an amount reads as yen: ${written}`, () => {
    deepEqual(readContractLines(`契約金額：${written}`).amount, amount);
  });
}

for (
  const written of [
    "2026-12-01-2027-03-31",
    "令和８年１２月１日から令和９年３月３１日まで",
    "2026/12/1～2027/3/31",
  ]
) {
  Deno.test(`a term reads as two days: ${written}`, () => {
    deepEqual(readContractLines(`契約期間：${written}`).term, { from: "2026-12-01", to: "2027-03-31" });
  });
}

Deno.test("a known label with a bad value is named, an unknown one is not", () => {
  deepEqual(
    readContractLines("契約日：未定\n共有: tanaka\n件：どうも\n契約期間: 2027-03-31〜2026-12-01").faults,
    [
      "契約日：未定",
      "共有: tanaka",
      "契約期間: 2027-03-31〜2026-12-01",
    ],
  );
});

Deno.test("R11 a mark before a label, and brackets behind it, do not hide the line", () => {
  deepEqual(readContractLines("＊契約日：R8.12.1\n契約金額（税込）：1,200,000円\n契約期間（予定）：未定\n"), {
    contractDate: "2026-12-01",
    amount: 1_200_000,
    faults: ["契約期間（予定）：未定"],
  });
});
