import { strictEqual as equal } from "node:assert/strict";
import { composeKana } from "../../lib/mail/compose_kana.ts";

Deno.test("voiced kana of a Mac become one character each", () => {
  equal(composeKana("ガス設備プロジェクトば".normalize("NFD")), "ガス設備プロジェクトば");
});

Deno.test("all else stays: kanji of names, half-width marks, a mark that stands alone", () => {
  for (const text of ["\ufa19社\ufa1b祉", "ｶﾞｽ", "\u3099x", "か゛", "é".normalize("NFD"), "髙﨑"]) {
    equal(composeKana(text), text);
  }
});
