import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { answerLines } from "../../lib/forms/answer_lines.ts";
import { readFormLines } from "../../lib/forms/read_consent.ts";
import { FORM } from "../support/sample_case.ts";

function valuesIn(newText: string, form: ConsentForm = FORM, text = newText): Record<string, string> {
  return Object.fromEntries(
    readFormLines(answerLines({ newText, text }, form)).map(({ path, value }) => [path, value]),
  );
}

for (
  const [line, path, value] of [
    ["確認者１ メールアドレス：a@b.example.jp", "confirmer1.address", "a@b.example.jp"],
    ["確認者１のメールは a@b.example.jp です", "confirmer1.address", "a@b.example.jp"],
    [
      "確認者２のメールアドレスはｂ＠ｂ．ｅｘａｍｐｌｅ．ｊｐになります。",
      "confirmer2.address",
      "b@b.example.jp",
    ],
    ["商号：株式会社甲 → 株式会社乙", "company", "株式会社乙"],
    ["商号又は名称は「株式会社乙」に訂正してください。", "company", "株式会社乙"],
    ["契約名：（誤）清掃 （正）清掃業務委託", "contractName", "清掃業務委託"],
    ["電話番号　０２８－０００－００００", "phone", "028-000-0000"],
    ["確認者１氏名：青木　空", "confirmer1.name", "青木　空"],
  ] as const
) {
  Deno.test(`one line of an answer is understood: ${line}`, () => {
    deepEqual(valuesIn(`お世話になっております。\n${line}\nよろしくお願いいたします。`), { [path]: value });
  });
}

Deno.test("an answer states several values, and words without any state none", () => {
  deepEqual(valuesIn("確認者１氏名：青木 空\n確認者１メールアドレス：a@b.example.jp\n担当者氏名：森 緑"), {
    "confirmer1.name": "青木 空",
    "confirmer1.address": "a@b.example.jp",
    staff: "森 緑",
  });
  deepEqual(valuesIn("来週は担当者が不在です。確認は再来週になります。"), {});
});

Deno.test("a correction within a quoted read-back counts behind the very value that was read", () => {
  const { company } = FORM.vendors[0]!;
  deepEqual(valuesIn("", FORM, `> 商号又は名称：${company} → 株式会社乙`), { company: "株式会社乙" });
  deepEqual(valuesIn("", FORM, "> 商号又は名称：別の会社 → 株式会社乙"), {});
  deepEqual(valuesIn("→ 株式会社乙です", FORM, `> 商号又は名称：${company}\n→ 株式会社乙です`), {
    company: "株式会社乙",
  });
});

Deno.test("a mail address alone answers when exactly one is asked for", () => {
  const [vendor] = FORM.vendors;
  const lacking = (address: string) => ({
    ...FORM,
    vendors: [{ ...vendor!, confirmers: [{ name: "見本 一郎", address }] }],
  });
  const answer = "失礼しました。\n\na@b.example.jp\n";
  deepEqual(valuesIn(answer, lacking("a＠")), { "confirmer1.address": "a@b.example.jp" });
  deepEqual(valuesIn(answer, lacking("ok@b.example.jp")), {});
  deepEqual(valuesIn(`${answer}c@b.example.jp`, lacking("a＠")), {});
});
