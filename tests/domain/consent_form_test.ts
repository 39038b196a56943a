import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import {
  companyOf,
  type ConsentForm,
  EMPTY_FORM,
  fieldsOf,
  kindLabel,
  labelOf,
  needsAnswer,
  problemsOf,
  signingOrder,
  type Vendor,
} from "../../lib/domain/consent_form.ts";
import { formTooLong } from "../../lib/domain/form_length.ts";
import { MAX_FORM, MAX_TEXT } from "../../lib/domain/limits.ts";
import { partiesOf } from "../../lib/domain/parties.ts";
import { APPROVER, FORM } from "../support/sample_case.ts";

const VENDOR = FORM.vendors[0]!;
const withVendor = (change: Partial<Vendor>): ConsentForm => ({
  ...FORM,
  vendors: [{ ...VENDOR, ...change }],
});
const blocking = (form: ConsentForm) =>
  problemsOf(form).filter((problem) => problem.blocking).map(({ fault, field }) => `${fault} ${field}`);

const SECOND: Vendor = {
  company: "有限会社例",
  postalAddress: "栃木県小山市中央町1-1-1",
  representative: "取締役 例 花子",
  confirmers: [{ name: "例 花子", address: "hanako@example.org" }],
};
const JOINT: ConsentForm = { ...FORM, vendors: [VENDOR, SECOND] };

Deno.test("R4 a form without problems needs no answer", () => {
  deepEqual(problemsOf(FORM), []);
  equal(needsAnswer(FORM), false);
});

Deno.test("R4 only 商号, 契約名 and 確認者１'s name and address block; the rest is flagged", () => {
  deepEqual(blocking(EMPTY_FORM), [
    "missing company",
    "missing confirmer1.name",
    "missing confirmer1.address",
    "missing contractName",
  ]);
  const flagged = problemsOf(EMPTY_FORM).filter((problem) => !problem.blocking).map(({ field }) => field);
  deepEqual(flagged, [
    "postalAddress",
    "representative",
    "kind",
    "submittedOn",
    "addressee",
    "staff",
    "phone",
  ]);
});

Deno.test("R4 a form without any vendor or confirmer lacks the first of them", () => {
  deepEqual(blocking({ ...FORM, vendors: [] }), [
    "missing company",
    "missing confirmer1.name",
    "missing confirmer1.address",
  ]);
  deepEqual(blocking(withVendor({ confirmers: [] })), [
    "missing confirmer1.name",
    "missing confirmer1.address",
  ]);
});

Deno.test("R2 確認者２ is optional, but what is begun must be whole", () => {
  const first = VENDOR.confirmers[0]!;
  deepEqual(blocking(withVendor({ confirmers: [first, { name: "", address: "" }] })), []);
  deepEqual(blocking(withVendor({ confirmers: [first, { name: "見本 二郎", address: "" }] })), [
    "missing confirmer2.address",
  ]);
});

Deno.test("R2 more than two confirmers are allowed, with a warning that asks nothing of the vendor", () => {
  const third = { name: "見本 三郎", address: "saburo@vendor.example.jp" };
  const form = withVendor({ confirmers: [...VENDOR.confirmers, third] });
  deepEqual(problemsOf(form), [{ fault: "confirmers_many", field: "confirmer3.name", blocking: false }]);
  equal(needsAnswer(form), false);
});

Deno.test("R3 confirmers may not share an address, however it is written", () => {
  const shared = (address: string) =>
    blocking(withVendor({ confirmers: [VENDOR.confirmers[0]!, { name: "見本 二郎", address }] }));
  deepEqual(shared("ichiro@vendor.example.jp"), ["duplicate_address confirmer2.address"]);
  deepEqual(shared("ICHIRO@Vendor.Example.JP"), ["duplicate_address confirmer2.address"]);
  deepEqual(shared("ｉｃｈｉｒｏ＠ｖｅｎｄｏｒ．ｅｘａｍｐｌｅ．ｊｐ"), [
    "duplicate_address confirmer2.address",
  ]);
  deepEqual(shared("ichiro2@vendor.example.jp"), []);
});

Deno.test("R3 not even across the members of a 共同企業体", () => {
  const confirmers = [{ name: "例 花子", address: "Jiro@vendor.example.jp" }];
  deepEqual(blocking({ ...FORM, vendors: [VENDOR, { ...SECOND, confirmers }] }), [
    "duplicate_address member2.confirmer1.address",
  ]);
});

Deno.test("R4 a bad address blocks, a text cut off at a cell's edge is flagged", () => {
  deepEqual(blocking(withVendor({ confirmers: [{ name: "見本 一郎", address: "ichiro@" }] })), [
    "bad_address confirmer1.address",
  ]);
  const cut = { ...FORM, cutOff: ["company"] };
  deepEqual(problemsOf(cut), [{ fault: "cut_off", field: "company", blocking: false }]);
  equal(needsAnswer(cut), true);
});

Deno.test("R4 a field that may be misread is flagged once, unless worse is known of it", () => {
  const unsure = [{ field: "company", source: "セル B4" }, { field: "phone", source: "セル B5" }];
  deepEqual(problemsOf({ ...FORM, cutOff: ["company"], unsure }), [
    { fault: "cut_off", field: "company", blocking: false },
    { fault: "unsure", field: "phone", blocking: false },
  ]);
  equal(needsAnswer({ ...FORM, unsure }), true);
});

Deno.test("R4 the read-back names every field as the form does", () => {
  const labels = fieldsOf(FORM).map((field) => field.label);
  deepEqual(labels, [
    "同意書の種類",
    "提出日",
    "宛名",
    "契約名",
    "住所又は所在地",
    "商号又は名称",
    "代表者職氏名",
    "確認者１ 氏名",
    "確認者１ メールアドレス",
    "確認者２ 氏名",
    "確認者２ メールアドレス",
    "担当者氏名",
    "電話番号",
  ]);
  equal(fieldsOf(FORM)[0]?.value, "物品・役務");
  equal(fieldsOf(EMPTY_FORM)[1]?.value, "");
  equal(kindLabel("construction"), "建設工事等・建設工事関連業務委託");
  equal(kindLabel(null), "");
  equal(labelOf(JOINT, "member2.confirmer1.address"), "構成員２ 確認者１ メールアドレス");
  equal(labelOf(FORM, "confirmer7.name"), "confirmer7.name");
});

Deno.test("R16 the confirmer with the larger number is asked first, then the approvers in their order", () => {
  const second = { name: "会計 次郎", address: "second@pref.example.lg.jp" };
  deepEqual(partiesOf(FORM, [APPROVER, second]), [
    { id: "Confirmer2", role: "confirmer", name: "見本 二郎", address: "jiro@vendor.example.jp" },
    { id: "Confirmer1", role: "confirmer", name: "見本 一郎", address: "ichiro@vendor.example.jp" },
    { id: "Approver1", role: "approver", ...APPROVER },
    { id: "Approver2", role: "approver", ...second },
  ]);
});

Deno.test("R16 an empty confirmer in between keeps the numbers of the others", () => {
  const third = { name: "見本 三郎", address: "saburo@vendor.example.jp" };
  const form = withVendor({ confirmers: [VENDOR.confirmers[0]!, { name: "", address: "" }, third] });
  deepEqual(signingOrder(form).map(({ field }) => field), ["Confirmer3", "Confirmer1"]);
});

Deno.test("R2 the members of a 共同企業体 sign in the order given, within each the larger number first", () => {
  deepEqual(signingOrder(JOINT).map(({ field }) => field), [
    "Member1Confirmer2",
    "Member1Confirmer1",
    "Member2Confirmer1",
  ]);
  equal(companyOf(JOINT), "株式会社見本ほか");
  equal(companyOf(FORM), "株式会社見本");
  equal(companyOf({ ...FORM, vendors: [] }), "");
});

Deno.test("a form longer than any honest one is known as such, in a field or as a whole", () => {
  equal(formTooLong(FORM), false);
  equal(formTooLong({ ...FORM, addressee: "あ".repeat(MAX_TEXT) }), false);
  equal(formTooLong({ ...FORM, addressee: "あ".repeat(MAX_TEXT + 1) }), true);
  const many = Array.from({ length: MAX_FORM / 40 }, () => ({ name: "見本 三郎", address: "a@example.jp" }));
  equal(formTooLong(withVendor({ confirmers: many })), true);
});

Deno.test("R2 R4 a form that does not say its type needs no answer of the vendor: the officer knows it", () => {
  const form = { ...FORM, kind: null };
  deepEqual(problemsOf(form).map(({ field, fault }) => `${field} ${fault}`), ["kind missing"]);
  equal(needsAnswer(form), false);
  equal(needsAnswer({ ...form, phone: "" }), true);
});
