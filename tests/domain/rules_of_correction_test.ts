import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { partyOf, type Person } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { MAX_DOCUMENTS, MAX_TEXT } from "../../lib/domain/limits.ts";
import { askedParties, lastIssueOf, roundOf, versionOf } from "../../lib/domain/rounds.ts";
import { proposalDigest } from "../../lib/domain/rules_of_correction.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  agreedBy,
  APPROVER,
  approverAsked,
  askedWith,
  completed,
  CONTRACT,
  DRAFT,
  draftedWith,
  executed,
  FORM,
  hash,
  minute,
  OFFICER,
  opened,
  PARTIES,
  requestedOf,
  sealedBy,
  sentWith,
} from "../support/sample_case.ts";

const AT = minute(60);
const BY = OFFICER.address;
const COLLEAGUE = { name: "契約 次郎", address: "colleague@pref.example.lg.jp" };
const DAY_OVER = "2026-12-01T15:00:00.000Z";
const SECOND = { ...CONTRACT, name: "契約書（訂正）.pdf", sha256: hash("第2版") };
const ANEW = { by: OFFICER, reason: "金額の誤記", approvers: [APPROVER], barred: [BY] };
const person = ({ name, address }: { name: string; address: string }) => ({ name, address });
const [JIRO, ICHIRO] = PARTIES.map(person) as [Person, Person];

type Correct = Extract<CaseCommand, { do: "correct" }>;
const correct = (change: Partial<Correct> = {}): Correct => ({
  do: "correct",
  at: AT,
  ...ANEW,
  documents: [SECOND],
  title: null,
  contractDate: null,
  term: null,
  amount: null,
  namedApprovers: null,
  renewal: false,
  ...change,
});

/** The form with other confirmers. */
const formOf = (...confirmers: readonly { name: string; address: string }[]) => ({
  ...FORM,
  vendors: [{ ...FORM.vendors[0]!, confirmers }],
});
const NEW_ICHIRO = { name: "新任 一子", address: "ichiko@vendor.example.jp" };
const CHANGED = formOf(NEW_ICHIRO, JIRO);
type Change = Extract<CaseCommand, { do: "changeConfirmers" }>;
const change = (facts: Partial<Change> = {}): Change => ({
  do: "changeConfirmers",
  at: AT,
  ...ANEW,
  form: CHANGED,
  ...facts,
});

/** Jiro has agreed, Ichiro is asked. */
const halfway: CaseEvent[] = [
  ...askedWith(),
  agreedBy("Confirmer2", "Sender", minute(40)),
  sealedBy("Confirmer2", "Sender", minute(41)),
  ...requestedOf("Confirmer1", minute(42)),
];
const declined: CaseEvent[] = [...halfway, {
  did: "declined",
  at: minute(50),
  party: "Confirmer1",
  reason: "金額",
}];
const corrected = given(halfway).when(correct()).events();
const changed = given(halfway).when(change()).events();
const bounced = (history: readonly CaseEvent[], party: string): CaseEvent[] => [
  ...history,
  { did: "bounced", at: minute(45), party, issue: 1, why: "550" },
];

Deno.test("R35 a corrected PDF is 第2版 of the case: agreements lapse, whoever had a request hears of it", () => {
  given(halfway).when(correct()).then({
    did: "corrected",
    at: AT,
    version: 2,
    draft: { ...DRAFT, documents: [SECOND] },
    by: OFFICER,
    reason: ANEW.reason,
    parties: PARTIES,
    told: [JIRO, ICHIRO],
  });
  const state = caseOf(corrected);
  deepEqual(state.parties.map(({ agreedAt, issue }) => [agreedAt, issue]), [[null, 0], [null, 0], [null, 0]]);
  deepEqual(state.draft?.documents, [{ ...SECOND, tails: [] }]);
  deepEqual([versionOf(state), roundOf(state), lastIssueOf(state)], [2, 2, 1]);
  deepEqual([state.phase, state.turn, state.sentAt], ["circulating", 0, AT]);
  equal(versionOf(caseOf(given(corrected).when(correct({ documents: [CONTRACT] })).events())), 3);
});

Deno.test("R35 the first confirmer is asked again under a new number once the new bytes are sealed", () => {
  const seal = {
    document: 0,
    step: "Sender",
    previousSha256: SECOND.sha256,
    sha256: "a",
    blob: "b",
    size: 1,
  };
  const recordSeal = { do: "recordSeal", at: AT, round: 2, ...seal } as const;
  given(corrected).when(recordSeal).then(
    { did: "sealed", at: AT, ...seal },
    { did: "requested", at: AT, party: "Confirmer2", issue: 2, by: "service" },
  );
  given(corrected).when({ ...recordSeal, round: 1 }).refuses("not_awaited");
  given(changed).when({ ...recordSeal, round: 1, previousSha256: CONTRACT.sha256 }).refuses("not_awaited");
});

Deno.test("R35 a link of an earlier round opens nothing, nor does it ask for a new one", () => {
  const asked = [...corrected, sealedBy("Sender", null, AT), ...requestedOf("Confirmer2", AT, 2)];
  for (const history of [corrected, asked]) {
    given(history).when({ do: "view", at: AT, party: "Confirmer2", issue: 1 }).refuses("link_superseded");
    given(history).when({ do: "requestLink", at: AT, party: "Confirmer1", issue: 1 })
      .refuses("link_superseded");
  }
  // Its holder may have no part in the case any more, and must not learn what became of it.
  const withdrawn = given(asked).when({ do: "withdraw", at: AT, reason: "中止", by: BY }).events();
  given(withdrawn).when({ do: "view", at: AT, party: "Confirmer2", issue: 1 }).refuses("link_superseded");
  given(withdrawn).when({ do: "view", at: AT, party: "Confirmer2", issue: 2 }).refuses("case_closed");
  given(asked).when({ do: "view", at: AT, party: "Confirmer2", issue: 2 }).does("viewed");
  given(asked).when({ do: "requestLink", at: AT, party: "Confirmer2", issue: 2 }).does("linkRequested");
  given(corrected).when({ do: "recordBounce", at: AT, party: "Confirmer1", issue: 1, why: "550" }).does();
});

Deno.test("R35 a correction may say a new title, date, term and amount; what it does not say stays", () => {
  const term = { from: "2027-01-10", to: "2027-03-31" };
  const facts = { title: "新しい契約名", contractDate: "2027-01-10", term, amount: 990_000 };
  const draft = caseOf(given(declined).when(correct({ ...facts, documents: [CONTRACT] })).events()).draft!;
  const { title, contractDate, amount } = draft;
  deepEqual({ title, contractDate, term: draft.term, amount }, facts);
  equal(caseOf(corrected).draft?.contractDate, DRAFT.contractDate);
});

Deno.test("R32 R35 after 契約日 a correction needs a new one, and then the agreement is open again", () => {
  given(halfway).when(correct({ at: DAY_OVER })).refuses("contract_date_past");
  const late = given(halfway).when(correct({ at: DAY_OVER, contractDate: "2026-12-10" })).events();
  equal(caseOf(late).draft?.contractDate, "2026-12-10");
  const sent = sentWith().map((event) => event.did === "sent" ? { ...event, dateShown: true } : event);
  equal("dateShown" in caseOf(given(sent).when(correct()).events()).draft!, false);
});

Deno.test("R35 a correction is checked like a first sending", () => {
  given(halfway).when(correct({ documents: [] })).refuses("no_documents");
  const many = Array.from({ length: MAX_DOCUMENTS + 1 }, () => SECOND);
  given(halfway).when(correct({ documents: many })).refuses("documents_too_many");
  const term = { from: "2026-12-01", to: "2037-03-31" };
  given(halfway).when(correct({ term })).refuses("term_too_long");
  given(halfway).when(correct({ term, renewal: true })).does("corrected");
  given(halfway).when(correct({ term: { from: "2027-01-01", to: "2026-01-01" } })).refuses("term_missing");
  given(halfway).when(correct({ barred: [JIRO.address] })).refuses("parties_overlap");
  given(halfway).when(correct({ reason: "あ".repeat(MAX_TEXT + 1) })).refuses("text_too_long");
});

Deno.test("R35 the same bytes, facts and people are no correction; another approver is", () => {
  given(halfway).when(correct({ documents: [CONTRACT] })).refuses("nothing_changed");
  const approvers = [{ name: "後任 花子", address: "next@pref.example.lg.jp" }];
  const next = given(halfway).when(correct({ documents: [CONTRACT], approvers })).events();
  equal(partyOf(caseOf(next), "Approver1")?.name, "後任 花子");
  const named = given(next).when(correct({ documents: [CONTRACT], namedApprovers: [APPROVER] })).events();
  equal(partyOf(caseOf(named), "Approver1")?.name, APPROVER.name);
  deepEqual(caseOf(named).draft?.approvers, [APPROVER]);
});

Deno.test("R35 the officer who had sent before hears when another one sends anew", () => {
  const events = given(halfway).when(correct({ by: COLLEAGUE })).events();
  const last = events.at(-1);
  deepEqual(last?.did === "corrected" && last.told, [JIRO, ICHIRO, OFFICER]);
  equal(caseOf(events).draft?.officer, COLLEAGUE);
});

Deno.test("R35 who had a request in any earlier round hears of the next one too", () => {
  const state = caseOf(corrected);
  deepEqual(askedParties(state).map(({ id }) => id), ["Confirmer2", "Confirmer1"]);
  const third = given(corrected).when(correct({ documents: [CONTRACT] })).events().at(-1);
  deepEqual(third?.did === "corrected" && third.told, [JIRO, ICHIRO]);
});

Deno.test("R34 other confirmers: the same PDF goes out again from its first byte, everyone is asked anew", () => {
  const parties = [PARTIES[0], { ...PARTIES[1], ...NEW_ICHIRO }, PARTIES[2]];
  given(halfway).when(change()).then({
    did: "confirmersChanged",
    at: AT,
    form: CHANGED,
    by: OFFICER,
    reason: ANEW.reason,
    parties,
    told: [JIRO, ICHIRO],
  });
  const state = caseOf(changed);
  deepEqual(state.draft?.documents, [{ ...CONTRACT, tails: [] }]);
  deepEqual(state.form, CHANGED);
  deepEqual([versionOf(state), roundOf(state)], [1, 2]);
  deepEqual(state.parties.map(({ askedBefore }) => askedBefore), [true, undefined, undefined]);
  given(declined).when(change()).does("confirmersChanged");
});

Deno.test("R34 a 共同企業体 keeps the order of its members", () => {
  const second = { ...FORM.vendors[0]!, company: "有限会社第二", confirmers: [NEW_ICHIRO] };
  const form = { ...FORM, vendors: [FORM.vendors[0]!, second] };
  const { parties } = caseOf(given(halfway).when(change({ form })).events());
  const ids = ["Member1Confirmer2", "Member1Confirmer1", "Member2Confirmer1", "Approver1"];
  deepEqual(parties.map(({ id }) => id), ids);
});

Deno.test("R3 R14 R34 changed confirmers are held to the rules of the first ones", () => {
  given(halfway).when(change({ form: FORM })).refuses("nothing_changed");
  given(halfway).when(change({ form: formOf(JIRO, JIRO) })).refuses("form_incomplete");
  given(halfway).when(change({ form: formOf({ ...NEW_ICHIRO, address: "" }) })).refuses("form_incomplete");
  given(halfway).when(change({ form: formOf({ ...NEW_ICHIRO, address: BY }) })).refuses("parties_overlap");
  given(halfway).when(change({ form: formOf(APPROVER) })).refuses("parties_overlap");
  const long = { ...CHANGED, addressee: "あ".repeat(MAX_TEXT + 1) };
  given(halfway).when(change({ form: long })).refuses("text_too_long");
  given(halfway).when(change({ reason: "あ".repeat(MAX_TEXT + 1) })).refuses("text_too_long");
  given(halfway).when(change({ at: DAY_OVER })).refuses("agreement_closed");
});

Deno.test("R34 a bounced address that nobody has seen is put right in place, and agreements stand", () => {
  const address = "ichiro2@vendor.example.jp";
  const form = formOf({ ...ICHIRO, address }, JIRO);
  const mended = given(bounced(halfway, "Confirmer1")).when(change({ form }));
  mended.then(
    { did: "addressMended", at: AT, party: "Confirmer1", address, form, reason: ANEW.reason, by: BY },
    { did: "requested", at: AT, party: "Confirmer1", issue: 2, by: BY },
  );
  const state = caseOf(mended.events());
  deepEqual(partyOf(state, "Confirmer1")?.address, address);
  equal(partyOf(state, "Confirmer2")?.agreedAt, minute(40));
  deepEqual([roundOf(state), state.form], [1, form]);
});

Deno.test("R34 who only looks otherwise as the page gives it back is no one else", () => {
  const ichiro = { name: ` ${ICHIRO.name.replace(" ", "　")}`, address: ICHIRO.address.toUpperCase() };
  given(halfway).when(change({ form: formOf(ichiro, JIRO) })).refuses("nothing_changed");
  const jiro = { name: JIRO.name.replace(" ", "　"), address: JIRO.address.replace("vendor", "VENDOR") };
  const form = formOf({ ...ichiro, address: "ichiro2@vendor.example.jp" }, jiro);
  given(bounced(halfway, "Confirmer1")).when(change({ form })).does("addressMended", "requested");
});

Deno.test("R34 an address that was seen, did not bounce, or is not all that changes, sends the contract again", () => {
  const form = formOf({ ...ICHIRO, address: "ichiro2@vendor.example.jp" }, JIRO);
  const of = (history: readonly CaseEvent[], facts: Partial<Change>) => given(history).when(change(facts));
  of(halfway, { form }).does("confirmersChanged");
  const failed = bounced(halfway, "Confirmer1");
  const viewed: CaseEvent = { did: "viewed", at: minute(44), party: "Confirmer1" };
  of([...failed, viewed], { form }).does("confirmersChanged");
  const agreed = agreedBy("Confirmer1", "Confirmer2", minute(46));
  of([...failed, agreed], { form }).does("confirmersChanged");
  of(failed, {}).does("confirmersChanged");
  of(failed, { form: formOf(ICHIRO, { ...JIRO, address: "j@vendor.example.jp" }) })
    .does("confirmersChanged");
  of(bounced(askedWith(), "Confirmer2"), { form: formOf(ICHIRO) }).does("confirmersChanged");
  const approvers = [{ ...APPROVER, address: "next@pref.example.lg.jp" }];
  of(bounced(approverAsked(), "Approver1"), { form: FORM, approvers }).does("confirmersChanged");
});

Deno.test("R7 R34 a form that came after sending is accepted as a change of confirmers, as the officer saw it", () => {
  const proposed: CaseEvent[] = [...halfway, {
    did: "formProposed",
    at: minute(55),
    form: CHANGED,
    mail: hash("second"),
    from: "jimu@vendor.example.jp",
  }];
  const digest = proposalDigest(caseOf(proposed));
  const accept = { do: "acceptForm", at: AT, by: BY, digest, anew: ANEW } as const;
  given(proposed).when(accept).does("formAccepted", "confirmersChanged");
  given(proposed).when({ do: "acceptForm", at: AT, by: BY, anew: ANEW }).does(
    "formAccepted",
    "confirmersChanged",
  );
  given(proposed).when({ ...accept, digest: "other" }).refuses("summary_changed");
  given(proposed).when({ do: "acceptForm", at: AT, by: BY }).refuses("already_sent");
  given(halfway).when(accept).refuses("no_proposal");
  const state = caseOf(given(proposed).when(accept).events());
  deepEqual([state.proposal, state.form], [null, CHANGED]);
});

Deno.test("R35 R36 there is nothing to send anew before sending, nor after the end", () => {
  const cases = [
    [opened, "not_sent_yet"],
    [draftedWith(), "not_sent_yet"],
    [executed(), "case_executed"],
    [completed(), "case_executed"],
    [[...opened, { did: "paperWished", at: AT, by: BY }], "case_paper"],
    [[...opened, { did: "formRefused", at: AT, reason: "", by: BY }], "case_closed"],
    [[...halfway, { did: "withdrawn", at: AT, reason: "", by: BY }], "case_closed"],
  ] as const;
  for (const [history, code] of cases) {
    given(history).when(correct()).refuses(code);
    given(history).when(change()).refuses(code);
  }
});

Deno.test("a round without a draft, which no history has, is sent nowhere", () => {
  const [form, , ...rest] = halfway;
  given([form!, ...rest]).when(correct()).refuses("no_draft");
  given([form!, ...rest]).when(change()).refuses("no_draft");
  const event = given(halfway).when(change()).events().at(-1)!;
  equal(caseOf([form!, event]).draft, null);
});
