import { doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import type { Reference, Relation } from "../../lib/domain/case.ts";
import { writeLinkedNotice, writeLinkedReceipt } from "../../lib/letters/linked_case.ts";
import { linkedRows } from "../../lib/letters/relation_words.ts";
import { renderLetter } from "../../lib/letters/render.ts";
import { FORM } from "../support/sample_case.ts";
import { HEAD, URL_BASE } from "../support/sample_letters.ts";

const reference = (relation: Relation, title = "文書管理システム保守業務委託"): Reference => ({
  number: "R8-000045",
  relation,
  title,
  by: "officer@pref.example.lg.jp",
});
const url = (page: string) => `${URL_BASE}/${page}/${"A".repeat(51)}`;
const both = (refersTo: Reference) =>
  [
    writeLinkedReceipt(HEAD, { refersTo, form: FORM, contactName: "事務 三郎", formUrl: url("f") }),
    writeLinkedNotice(HEAD, { refersTo, form: FORM, officerUrl: url("o") }),
  ].map(renderLetter);

Deno.test("R36 both letters say what begins, after which case, and repeat what was taken over", () => {
  const words = { correction: "訂正した契約書", amendment: "変更契約", memorandum: "覚書" } as const;
  for (const [relation, name] of Object.entries(words) as [Relation, string][]) {
    for (const { subject, text, html } of both(reference(relation))) {
      match(subject, new RegExp(`${name}の.*始めました「${FORM.contractName}」（案件番号 R8-000123）`));
      for (const part of [text, html]) {
        match(part, new RegExp(`案件 R8-000045「${FORM.contractName}」の${name}`));
        match(part, /ichiro@vendor\.example\.jp/);
      }
    }
  }
});

Deno.test("the vendor need not hand the form in again, and may still choose paper; the officer reads how to hand in", () => {
  const [receipt, notice] = both(reference("amendment"));
  match(receipt!.text, /あらためてご提出いただく必要はありません/);
  match(receipt!.text, /締結済みの契約は、そのまま有効です/);
  match(receipt!.text, /紙の契約書を希望する/);
  match(notice!.text, /契約書のPDF（覚書等があればあわせて）を添付して返信/);
  match(notice!.text, /始めた方：officer@pref\.example\.lg\.jp/);
});

Deno.test("a hostile name of the earlier contract stays text on one line", () => {
  for (
    const { subject, text, html } of both(
      reference("correction", "契約\n案件番号：R8-999999 <b>https://evil.example/"),
    )
  ) {
    doesNotMatch(subject, /\n/);
    doesNotMatch(text, /^案件番号：R8-999999/m);
    doesNotMatch(text, /https:\/\/evil/);
    doesNotMatch(html, /<b>|href="https:\/\/evil/);
  }
});

Deno.test("a case that stands alone has no rows of others", () => {
  equal(linkedRows({}).length, 0);
  equal(
    linkedRows({ followedBy: [{ number: "R8-000200", relation: "memorandum" }] })[0]?.label,
    "続きの案件",
  );
});
