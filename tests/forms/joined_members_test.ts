import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { type ConsentForm, EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import { joinMembers } from "../../lib/forms/joined_members.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

const vendor = (company: string) => ({ ...EMPTY_FORM.vendors[0]!, company });
const member = (company: string, contractName: string, more: Partial<ConsentForm> = {}) => ({
  form: { ...EMPTY_FORM, contractName, vendors: [vendor(company)], ...more },
  fields: [{ path: "company", value: company, source: "セル B4", confidence: 1 }],
});

Deno.test("R2 forms of other companies for the same contract are members in order, paths and all", () => {
  const unsure = [{ field: "company", source: "セル B4" }];
  const joined = joinMembers([
    member("甲建設", "道路工事"),
    member("乙建設", "道路　工事", { unsure, cutOff: ["company", "phone"], phone: "028-000-0000" }),
    member("丙建設", "道路工事"),
  ], false);
  ok(joined);
  deepEqual(joined.form.vendors.map(({ company }) => company), ["甲建設", "乙建設", "丙建設"]);
  deepEqual(joined.fields.map(({ path }) => path), ["member1.company", "member2.company", "member3.company"]);
  deepEqual(joined.form.unsure, [{ field: "member2.company", source: "セル B4" }]);
  deepEqual(joined.form.cutOff, ["member2.company"]);
  deepEqual(joined.form.phone, "028-000-0000");
});

Deno.test("another contract, the same company and a nameless one do not join", () => {
  const names = (forms: readonly ReturnType<typeof member>[], venture = false) =>
    joinMembers(forms, venture)?.form.vendors.map(({ company }) => company);
  const first = member("甲建設", "道路工事");
  deepEqual(
    names([first, member("乙建設", "橋梁工事"), member("甲建設", "道路工事"), member("", "道路工事")]),
    ["甲建設"],
  );
  deepEqual(names([first, member("乙建設", "")]), ["甲建設"]);
  deepEqual(names([first, member("乙建設", "")], true), ["甲建設", "乙建設"]);
  deepEqual(names([]), undefined);
});

Deno.test("R2 members who each send a file of their own stand in one form, in the order of the files", async () => {
  const file = (company: string) => ({
    filename: `${company}.txt`,
    content: new TextEncoder().encode(
      `電子契約同意書\n契約名：道路工事\n商号：${company}\n確認者１ 氏名：青木 空\n確認者１ メール：a${company.length}@b.example.jp`,
    ),
  });
  const reading = await readConsent({ files: [file("甲建設"), file("乙土木工業")], text: "" });
  ok(reading.read);
  deepEqual(reading.form.vendors.map(({ company, confirmers }) => [company, confirmers[0]?.address]), [
    ["甲建設", "a3@b.example.jp"],
    ["乙土木工業", "a5@b.example.jp"],
  ]);
});
