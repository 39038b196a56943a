import { strictEqual as equal } from "node:assert/strict";
import { cleanText, isNoise, mailAddress, phoneNumber } from "../../lib/forms/form_values.ts";

Deno.test("lines to write on, marks of the form and 「なし」 are no part of a value", () => {
  for (
    const [written, kept] of [
      ["__河川測量業務委託　その２______", "河川測量業務委託　その２"],
      ["……田中 太郎……", "田中 太郎"],
      ["株式会社ナガレ運輸 必須", "株式会社ナガレ運輸"],
      ["（任意） 田中 太郎", "田中 太郎"],
      ["該当なし", ""],
      ["なし", ""],
      ["（なし）", ""],
      ["同上", ""],
      ["なしの里農園", "なしの里農園"],
      ["株式会社必須", "株式会社必須"],
      ["a_b", "a_b"],
    ] as const
  ) equal(cleanText(written), kept, written);
});

Deno.test("a telephone number ends where a fax number begins", () => {
  equal(phoneNumber("042-000-8888 FAX 042-000-8889"), "042-000-8888");
  equal(phoneNumber("０４２－０００－８８８８（ＦＡＸ：０４２－０００－８８８９）"), "042-000-8888");
  equal(phoneNumber("042-000-8888／ファックス 042-000-8889"), "042-000-8888");
});

Deno.test("an @ that waits for an address is none", () => {
  equal(mailAddress(" ＠ "), "");
  equal(mailAddress("____@____"), "");
  equal(mailAddress("なし"), "");
  equal(mailAddress("田中"), "田中");
});

Deno.test("必須 and 任意 alone belong to the form", () => {
  for (const mark of ["必須", "任意", "（必須）", "【任意】"]) equal(isNoise(mark), true, mark);
  equal(isNoise("必須建設"), false);
});
