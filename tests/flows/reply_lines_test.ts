import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { type ConsentForm, fieldsOf } from "../../lib/domain/consent_form.ts";
import { mergeLines } from "../../lib/flows/merge_lines.ts";
import { replyLines } from "../../lib/flows/reply_lines.ts";
import { readFormLines } from "../../lib/forms/read_consent.ts";
import { writeFormProblem } from "../../lib/letters/form_problem.ts";
import { FORM } from "../support/sample_case.ts";
import { HEAD } from "../support/sample_letters.ts";

const [vendor] = FORM.vendors;
const second = {
  ...vendor!,
  company: "第二建設株式会社",
  confirmers: [{ name: "第二 花子", address: "hanako@second.example.jp" }],
};
const JOINT: ConsentForm = { ...FORM, vendors: [vendor!, second] };
const BLANK: ConsentForm = {
  ...FORM,
  vendors: [{ company: "", postalAddress: "", representative: "", confirmers: [] }],
};

Deno.test("R4 every field can be given by the name that letters call it, also of a member", () => {
  for (const form of [FORM, JOINT]) {
    for (const { path, label, value } of fieldsOf(form)) {
      const found = replyLines(form, `${label}：${value}`).map((reading) => reading.path);
      deepEqual(found, [path], label);
    }
  }
});

Deno.test("R2 a line of the second member never changes the first", () => {
  const reply = "お世話になっております。\n構成員２　確認者１ メールアドレス：new@second.example.jp\n";
  const merged = mergeLines(JOINT, replyLines(JOINT, reply));
  deepEqual(merged.vendors[0], JOINT.vendors[0]);
  equal(merged.vendors[1]?.confirmers[0]?.address, "new@second.example.jp");
});

Deno.test("R2 a line without a member goes to the only one who lacks it, and else to nobody", () => {
  const lacking = { ...JOINT, vendors: [vendor!, { ...second, company: "" }] };
  deepEqual(replyLines(lacking, "商号又は名称：第二建設").map(({ path }) => path), ["member2.company"]);
  deepEqual(replyLines(JOINT, "商号又は名称：第二建設"), []);
  deepEqual(replyLines(JOINT, "電話番号：028-000-0001").map(({ path }) => path), ["phone"]);
});

Deno.test("the letter shows how to reply with a line, in a way that is no line itself", () => {
  const letter = writeFormProblem(HEAD, { contactName: "", form: BLANK, unreadable: null, formUrl: "" });
  const how = letter.blocks.flatMap((block) =>
    block.is === "paragraph" && /１行に１つずつ/.test(block.text) ? [block.text] : []
  );
  equal(how.length, 1);
  deepEqual(readFormLines(how[0]!), []);
});
