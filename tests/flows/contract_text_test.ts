import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { textWarnings } from "../../lib/flows/contract_text.ts";
import { FORM } from "../support/sample_case.ts";

const EXPECTED = { form: FORM, title: FORM.contractName, contractDate: "2026-12-01" };
const TEXT = `
  文書管理システム
  保守業務委託　契約書
  令和 ８ 年 12 月 １ 日
  受注者　株 式 会 社 見 本
  代表取締役　見本　一郎
`;

Deno.test("what a contract says is found across blanks, lines and widths", () => {
  deepEqual(textWarnings(TEXT, EXPECTED), []);
});

Deno.test("a day is found in every way that contracts print it", () => {
  for (const day of ["2026年12月1日", "2026年１２月０１日", "2026/12/01", "2026.12.1", "令和08年12月01日"]) {
    deepEqual(textWarnings(TEXT.replace(/令和.*日/, day), EXPECTED), [], day);
  }
});

Deno.test("another day, or a blank one, is not the day", () => {
  for (const day of ["2026年12月10日", "令和8年12月11日", "令和　年　月　日", "2026/12/15"]) {
    deepEqual(textWarnings(TEXT.replace(/令和.*日/, day), EXPECTED), ["contract_date_not_found"], day);
  }
});

Deno.test("everything is missing from a scan", () => {
  deepEqual(textWarnings("", EXPECTED), [
    "company_not_found",
    "representative_not_found",
    "title_not_found",
    "contract_date_not_found",
  ]);
});

Deno.test("㈱ and （株） are 株式会社, and an honorific is no part of a name", () => {
  const [vendor] = FORM.vendors;
  const form = {
    ...FORM,
    vendors: [{ ...vendor!, company: "㈱見本", representative: "代表取締役 見本 一郎 様" }],
  };
  deepEqual(textWarnings(TEXT, { ...EXPECTED, form }), []);
});

Deno.test("what is not known is not looked for", () => {
  deepEqual(textWarnings("", { form: null, title: "", contractDate: null }), []);
});
