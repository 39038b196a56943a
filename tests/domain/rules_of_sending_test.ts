import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { serialize } from "node:v8";
import type { CaseEvent, DraftFacts } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import {
  MAX_COPIES,
  MAX_DOCUMENTS,
  MAX_DRAFT,
  MAX_FOLLOWERS,
  MAX_PARTIES,
  MAX_SEALS,
  MAX_TEXT,
} from "../../lib/domain/limits.ts";
import { contractDateOpen, summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  APPROVER,
  askedWith,
  CONTRACT,
  DRAFT,
  draftedWith,
  FORM,
  hash,
  minute,
  OFFICER,
  opened,
  PARTIES,
  renewedBy,
} from "../support/sample_case.ts";

const AT = minute(20);
const draftOf = (change: Partial<DraftFacts>) =>
  ({ do: "draft", at: AT, draft: { ...DRAFT, ...change }, mail: null }) as const;

type Send = Extract<CaseCommand, { do: "send" }>;

function sending(history: readonly CaseEvent[], change: Partial<Send> = {}): Send {
  return {
    do: "send",
    at: AT,
    by: OFFICER,
    digest: summaryDigest(caseOf(history)),
    contractDate: null,
    term: null,
    approvers: [APPROVER],
    barred: [OFFICER.address, "keiyaku@bot.example.lg.jp"],
    renewal: false,
    ...change,
  };
}
const whenSending = (history: readonly CaseEvent[], change: Partial<Send> = {}) =>
  given(history).when(sending(history, change));

/** The sample case with another form. */
const withForm = (form: ConsentForm, change: Partial<DraftFacts> = {}): CaseEvent[] => [
  ...opened,
  { did: "formMended", at: minute(1), form, by: OFFICER.address },
  ...draftedWith(change).slice(1),
];
const withConfirmer = (address: string) =>
  withForm({
    ...FORM,
    vendors: [{ ...FORM.vendors[0]!, confirmers: [{ name: "見本 一郎", address }] }],
  });

Deno.test("R10 what an officer hands in becomes the draft; a new one takes the place of an earlier one", () => {
  given(opened).when(draftOf({})).then({ did: "drafted", at: AT, draft: DRAFT, mail: null });
  const again = given(draftedWith()).when(draftOf({ title: "別の契約" })).events();
  equal(caseOf(again).draft?.title, "別の契約");
});

Deno.test("R10 a contract needs a document, and a case holds only so many", () => {
  given(opened).when(draftOf({ documents: [] })).refuses("no_documents");
  const documents = (length: number) => Array.from({ length }, () => ({ ...CONTRACT, name: "a" }));
  given(opened).when(draftOf({ documents: documents(MAX_DOCUMENTS) })).does("drafted");
  given(opened).when(draftOf({ documents: documents(MAX_DOCUMENTS + 1) })).refuses("documents_too_many");
});

Deno.test("a draft larger than the case can hold is refused", () => {
  const copyTo = Array.from({ length: MAX_COPIES + 1 }, (_, n) => `copy${n}@example.jp`);
  given(opened).when(draftOf({ copyTo })).refuses("parties_too_many");
  given(opened).when(draftOf({ title: "あ".repeat(MAX_TEXT + 1) })).refuses("text_too_long");
  const documents = [{ ...CONTRACT, name: "あ".repeat(MAX_DRAFT) }];
  given(opened).when(draftOf({ documents })).refuses("text_too_long");
});

Deno.test("R15 契約日 is today or later in Japan, or not yet said", () => {
  const evening = { ...draftOf({ contractDate: "2026-12-01" }), at: "2026-12-01T14:59:59.999Z" };
  given(opened).when(evening).does("drafted");
  given(opened).when({ ...evening, at: "2026-12-01T15:00:00.000Z" }).refuses("contract_date_past");
  given(opened).when(draftOf({ contractDate: null })).does("drafted");
  equal(contractDateOpen("2026-12-01", "2026-12-01T14:59:59.999Z"), true);
});

Deno.test("R12 one tap on what the officer saw sends it, and fixes who signs in which order (R16)", () => {
  whenSending(draftedWith()).then({
    did: "sent",
    at: AT,
    by: OFFICER,
    parties: [...PARTIES],
    contractDate: "2026-12-01",
    term: { from: "2026-12-01", to: "2027-03-31" },
  });
});

Deno.test("R15 R14 契約日 and 契約期間 that the mail left open are given with the tap", () => {
  const open = draftedWith({ contractDate: null, term: null });
  const term = { from: "2026-12-01", to: "2027-03-31" };
  const contractDate = "2026-12-01";
  whenSending(open).refuses("contract_date_missing");
  whenSending(open, { contractDate }).refuses("term_missing");
  whenSending(open, { term }).refuses("contract_date_missing");
  whenSending(open, { contractDate: "2026-11-23", term }).refuses("contract_date_past");
  const sent = caseOf(whenSending(open, { contractDate, term }).events());
  equal(sent.draft?.contractDate, contractDate);
  deepEqual(sent.draft?.term, term);
});

Deno.test("R15 a draft that lay until its 契約日 had passed can't be sent", () => {
  whenSending(draftedWith(), { at: "2026-12-01T15:00:00.000Z" }).refuses("contract_date_past");
});

Deno.test("R14 above ten years only while timestamps are renewed, and never backwards", () => {
  const years = (to: string) => draftedWith({ term: { from: "2026-12-01", to } });
  whenSending(years("2036-12-01")).does("sent");
  whenSending(years("2036-12-02")).refuses("term_too_long");
  whenSending(years("2036-12-02"), { renewal: true }).does("sent");
  whenSending(years("2026-11-30")).refuses("term_missing");
});

Deno.test("R7 what changed since the summary was made is not sent", () => {
  const seen = summaryDigest(caseOf(draftedWith()));
  const changes: CaseEvent[] = [
    { did: "formMended", at: minute(11), form: { ...FORM, staff: "別人" }, by: OFFICER.address },
    { did: "formAccepted", at: minute(11), form: { ...FORM, phone: "0" }, by: OFFICER.address },
    { did: "drafted", at: minute(11), draft: { ...DRAFT, amount: 1 }, mail: null },
    { did: "codeSet", at: minute(11), accessCode: hash("code"), by: OFFICER.address },
    { did: "handedOn", at: minute(11), departmentId: "doboku", by: OFFICER.address },
  ];
  for (const change of changes) {
    const history = [...draftedWith(), change];
    notEqual(summaryDigest(caseOf(history)), seen);
    whenSending(history, { digest: seen }).refuses("summary_changed");
  }
});

Deno.test("R7 a proposal that waits changes nothing of what is sent", () => {
  const proposal: CaseEvent = {
    did: "formProposed",
    at: minute(11),
    form: { ...FORM, staff: "別人" },
    mail: hash("second"),
    from: "jimu@vendor.example.jp",
  };
  whenSending([...draftedWith(), proposal], { digest: summaryDigest(caseOf(draftedWith())) }).does("sent");
});

Deno.test("R4 nothing is sent while the form has something that blocks, or without a form or a draft", () => {
  whenSending(withForm({ ...FORM, contractName: "" })).refuses("form_incomplete");
  whenSending(withForm({ ...FORM, phone: "" })).does("sent");
  const [first, ...rest] = draftedWith();
  whenSending([{ ...first, form: null } as CaseEvent, ...rest]).refuses("form_incomplete");
  whenSending(opened).refuses("no_draft");
});

Deno.test("R14 confirmers may not be officers, approvers or the bot itself", () => {
  for (const address of [OFFICER.address, APPROVER.address, "KEIYAKU@bot.example.lg.jp"]) {
    whenSending(withConfirmer(address)).refuses("parties_overlap");
    whenSending(withConfirmer(address.replace("@", "+bukken@"))).refuses("parties_overlap");
  }
  whenSending(withConfirmer("ichiro+1@vendor.example.jp")).does("sent");
  whenSending(withConfirmer("ichiro@vendor.example.jp")).does("sent");
});

Deno.test("an officer may be an approver, but nobody is asked twice", () => {
  whenSending(draftedWith(), { approvers: [OFFICER] }).does("sent");
  whenSending(draftedWith(), { approvers: [APPROVER, APPROVER] }).refuses("parties_overlap");
});

Deno.test("R11 approvers named for the case take the place of the department's; there must be one", () => {
  const named = { name: "局長 四郎", address: "director@pref.example.lg.jp" };
  const sent = caseOf(whenSending(draftedWith({ approvers: [named] })).events());
  deepEqual(sent.parties.at(-1)?.address, named.address);
  whenSending(draftedWith(), { approvers: [] }).refuses("approver_missing");
  whenSending(draftedWith({ approvers: [] })).refuses("approver_missing");
});

Deno.test("a case has a bounded number of parties and of seals", () => {
  const approvers = Array.from({ length: MAX_PARTIES - 1 }, (_, n) => ({
    name: "承認 者",
    address: `approver${n}@pref.example.lg.jp`,
  }));
  whenSending(draftedWith(), { approvers }).refuses("parties_too_many");
  whenSending(draftedWith(), { approvers: approvers.slice(1) }).does("sent");
  const documents = Array.from({ length: MAX_DOCUMENTS }, () => ({ ...CONTRACT, name: "覚書.pdf" }));
  whenSending(draftedWith({ documents })).does("sent");
  whenSending(draftedWith({ documents }), { approvers: approvers.slice(0, 2) }).refuses("documents_too_many");
});

Deno.test("R7 what was sent is not sent again", () => {
  whenSending(askedWith()).refuses("already_sent");
  given(askedWith()).when(draftOf({})).refuses("already_sent");
});

Deno.test("the head of a case at all its bounds still fits into the store", () => {
  const wide = "契".repeat(MAX_TEXT);
  const text = "契".repeat(480);
  const documents = Array.from({ length: MAX_DOCUMENTS }, () => ({ ...CONTRACT, name: "契約書".repeat(8) }));
  const form: ConsentForm = { ...FORM, addressee: wide, staff: wide, phone: wide, contractName: text };
  const [first, ...rest] = withForm(form, { documents, title: text });
  const linked = { relation: "memorandum", title: text, number: "R8-000001", by: OFFICER.address } as const;
  const history = [{ ...first, refersTo: linked } as CaseEvent, ...rest];
  history.push({ did: "formProposed", at: minute(15), form, mail: hash("m"), from: OFFICER.address });
  const sent = whenSending(history).events();
  const steps = MAX_SEALS / MAX_DOCUMENTS;
  const seals = documents.flatMap((_, document) =>
    Array.from({ length: steps }, (_, n): CaseEvent => ({
      did: "sealed",
      at: AT,
      document,
      step: `Member10Confirmer${n}`,
      previousSha256: hash("a"),
      sha256: hash(`${document} ${n}`),
      blob: hash(`tail ${document} ${n}`),
      size: 11_000,
    }))
  );
  const certified: CaseEvent = { did: "certified", at: AT, sha256: hash("certificate"), size: 200_000 };
  const files = [...documents.keys(), "certificate" as const];
  const renewed = [2, 3].flatMap((count) =>
    files.map((file) => renewedBy(`DocTimeStamp${count}`, hash("before"), AT, file))
  );
  const { title: _, ...follower } = linked;
  const followed = Array.from(
    { length: MAX_FOLLOWERS },
    (): CaseEvent => ({ did: "followed", at: AT, ...follower }),
  );
  const size = serialize(caseOf([...sent, ...seals, certified, ...renewed, ...followed])).length;
  ok(size < 64 * 1024, `${size} bytes`);
});
