import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { fontsText, readDetail, withDetail } from "../../lib/flows/warning_detail.ts";

Deno.test("a warning keeps what it is about, and one without any is its code alone", () => {
  equal(withDetail("normalised", ""), "normalised");
  deepEqual(readDetail("normalised"), { code: "normalised", detail: "" });
  deepEqual(readDetail(withDetail("fonts_not_embedded", "A:B：1ページ")), {
    code: "fonts_not_embedded",
    detail: "A:B：1ページ",
  });
});

Deno.test("fonts are named with their pages, a few of each", () => {
  equal(fontsText([]), "");
  equal(fontsText([{ name: "MS-Mincho", pages: [1, 3] }]), "MS-Mincho：1、3ページ");
  equal(fontsText([{ name: "", pages: [2] }]), "名称なし：2ページ");
  equal(fontsText([{ name: "A", pages: [1, 2, 3, 4, 5, 6] }]), "A：1、2、3、4、5ページほか");
  const four = ["A", "B", "C", "D"].map((name) => ({ name, pages: [1] }));
  equal(fontsText(four), "A：1ページ／B：1ページ／C：1ページ／ほか1種");
});
