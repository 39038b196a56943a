import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import { mergeLines } from "../../lib/flows/merge_lines.ts";
import { FORM } from "../support/sample_case.ts";

const line = (path: string, value: string) => ({ path, value, source: "本文", confidence: 1 });

Deno.test("a line fills its field and leaves the others", () => {
  const merged = mergeLines({ ...FORM, phone: "" }, [line("phone", "028-000-0000")]);
  deepEqual(merged, FORM);
});

Deno.test("an address is made normal, a confirmer grows in its place", () => {
  const merged = mergeLines(FORM, [line("confirmer4.address", "Ｓａｎ@Vendor.Example.jp")]);
  deepEqual(merged.vendors[0]?.confirmers.slice(2), [
    { name: "", address: "" },
    { name: "", address: "San@vendor.example.jp" },
  ]);
});

Deno.test("days and form types are understood, or leave what was there", () => {
  const day = mergeLines(FORM, [
    line("submittedOn", "令和8年11月21日"),
    line("kind", "建設工事等・建設工事関連業務委託"),
  ]);
  equal(day.submittedOn, "2026-11-21");
  equal(day.kind, "construction");
  deepEqual(mergeLines(FORM, [line("submittedOn", "近日中"), line("kind", "その他")]), FORM);
});

Deno.test("a second member of a 共同企業体 has its own fields", () => {
  const merged = mergeLines(EMPTY_FORM, [
    line("member1.company", "甲建設"),
    line("member2.company", "乙建設"),
  ]);
  deepEqual(merged.vendors.map((vendor) => vendor.company), ["甲建設", "乙建設"]);
});

Deno.test("a field that was unsure and is stated anew is sure", () => {
  const unsure = [{ field: "company", source: "セル B4" }, { field: "phone", source: "セル B5" }];
  deepEqual(mergeLines({ ...FORM, unsure }, [line("company", "株式会社見本")]).unsure, [unsure[1]]);
});

Deno.test("a field that was cut off and is stated anew is whole", () => {
  const cut = { ...FORM, cutOff: ["company", "phone"] };
  deepEqual(mergeLines(cut, [line("company", "株式会社見本")]).cutOff, ["phone"]);
});

Deno.test("a path that no form has changes nothing", () => {
  for (const path of ["", "member9.company", "confirmer0.name", "__proto__", "confirmer1.__proto__"]) {
    deepEqual(mergeLines(FORM, [line(path, "x")]), FORM, path);
  }
});
