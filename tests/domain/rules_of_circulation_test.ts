import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { awaitedParty } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { showsContractDate } from "../../lib/domain/rounds.ts";
import { agreementClosed, asksCode } from "../../lib/domain/rules_of_circulation.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  agreedBy,
  approverAsked,
  askedWith,
  completed,
  CONTRACT,
  draftedWith,
  executed,
  FIRST_LINK_END,
  hash,
  minute,
  OFFICER,
  requestedOf,
  sealedBy,
  sealedHash,
  sentWith,
} from "../support/sample_case.ts";

const BY = OFFICER.address;
const AT = minute(40);
/** Asked, with a 契約日 that lies after the end of the first link. */
const asked = askedWith({ contractDate: "2026-12-20" });
const DAY_OVER = "2026-12-01T15:00:00.000Z";
/** Asked, with a PDF that does not show its 契約日, 2026-12-01. */
const undated = { documents: [{ ...CONTRACT, warnings: ["contract_date_not_found"] }] };

type Agree = Extract<CaseCommand, { do: "agree" }>;
const agree = (change: Partial<Agree> = {}): Agree => ({
  do: "agree",
  at: AT,
  party: "Confirmer2",
  issue: 1,
  authentication: "mail",
  documents: [sealedHash("Sender")],
  ...change,
});
const view = (change = {}) => ({ do: "view", at: AT, party: "Confirmer2", issue: 1, ...change }) as const;
const enterCode = (right: boolean) =>
  ({ do: "enterCode", at: AT, party: "Confirmer2", issue: 1, right, tries: 5 }) as const;
const decline = { do: "decline", at: AT, party: "Confirmer2", issue: 1, reason: "金額が違います" } as const;
const ask = { do: "ask", at: AT, party: "Confirmer2", issue: 1, question: "日程について" } as const;
const requestLink = { do: "requestLink", at: AT, party: "Confirmer2" } as const;
const resend = { do: "resend", at: AT, by: BY } as const;
const withdraw = { do: "withdraw", at: AT, reason: "中止", by: BY } as const;
const reopen = { do: "reopen", at: AT, reason: "延長", by: BY } as const;
const handOver = {
  do: "recordHandover",
  at: AT,
  party: "Confirmer2",
  issue: 1,
  expiresAt: plusMs(AT, 864_000_000),
} as const;
const bounce = { do: "recordBounce", at: AT, party: "Confirmer2", issue: 1, why: "550" } as const;

const agreed = [...asked, agreedBy("Confirmer2", "Sender", AT)];
const declined: CaseEvent[] = [...asked, { did: "declined", at: AT, party: "Confirmer2", reason: "" }];
const withdrawn: CaseEvent[] = [...asked, { did: "withdrawn", at: AT, reason: "中止", by: BY }];
const resent = [...asked, ...requestedOf("Confirmer2", AT, 2)];
const wrongCodes = (times: number): CaseEvent[] =>
  Array.from({ length: times }, () => ({ did: "codeRefused", at: AT, party: "Confirmer2" }));
const coded = askedWith({ contractDate: "2026-12-20", accessCode: hash("code") });
const locked: CaseEvent[] = [...coded, ...wrongCodes(5), { did: "codeLocked", at: AT, party: "Confirmer2" }];

Deno.test("R21 the one whose turn it is agrees to the documents that were shown", () => {
  given(asked).when(agree()).then({
    did: "agreed",
    at: AT,
    party: "Confirmer2",
    authentication: "mail",
    documents: [sealedHash("Sender")],
  });
});

Deno.test("R16 nobody agrees out of turn, unknown, or without having been asked", () => {
  given(asked).when(agree({ party: "Confirmer9" })).refuses("unknown_party");
  const early = [...asked, ...requestedOf("Confirmer1", minute(32))];
  given(early).when(agree({ party: "Confirmer1" })).refuses("not_awaited");
  given(asked).when(agree({ party: "Confirmer1" })).refuses("link_void");
  given(sentWith()).when(agree({ issue: 0, documents: [CONTRACT.sha256] })).refuses("link_void");
});

Deno.test("R21 nobody agrees to other documents than those before the eyes", () => {
  given(asked).when(agree({ documents: [CONTRACT.sha256] })).refuses("summary_changed");
  given(asked).when(agree({ documents: [] })).refuses("summary_changed");
});

Deno.test("R21 there is nothing to agree to without a contract or without parties", () => {
  const [form, , sent, sealed, ...request] = asked;
  given([form!, sent!, ...request]).when(agree()).refuses("summary_changed");
  const nobody = { ...sent, parties: [] } as unknown as CaseEvent;
  equal(awaitedParty(caseOf([...draftedWith(), nobody, sealed!])), null);
});

Deno.test("R21 nobody agrees twice, before the seal and after it", () => {
  given(agreed).when(agree()).refuses("already_agreed");
  given([...agreed, sealedBy("Confirmer2", "Sender", AT)]).when(agree()).refuses("already_agreed");
  given(agreed).when(decline).refuses("already_agreed");
  given(agreed).when(requestLink).refuses("already_agreed");
});

Deno.test("R19 a link is dead at its end, not after it", () => {
  const last = plusMs(FIRST_LINK_END, -1);
  given(asked).when(agree({ at: last })).does("agreed");
  given(asked).when(agree({ at: FIRST_LINK_END })).refuses("link_expired");
  given(asked).when(view({ at: FIRST_LINK_END })).refuses("link_expired");
  given(asked).when({ ...decline, at: FIRST_LINK_END }).refuses("link_expired");
  given(asked).when({ ...ask, at: FIRST_LINK_END }).refuses("link_expired");
});

Deno.test("R19 a link has no end before its mail was handed over", () => {
  given(asked.slice(0, -1)).when(agree({ at: plusMs(FIRST_LINK_END, 1) })).does("agreed");
});

Deno.test("R19 a new link may be asked for, also on a dead one, while the case is open", () => {
  const { do: _, ...facts } = requestLink;
  given(asked).when(requestLink).then({ did: "linkRequested", ...facts });
  given(asked).when({ ...requestLink, at: FIRST_LINK_END }).does("linkRequested");
  given(declined).when(requestLink).refuses("case_closed");
  given(withdrawn).when(requestLink).refuses("case_closed");
});

Deno.test("R19 R33 resending makes earlier links void and the new one good", () => {
  given(asked).when(resend).then({ did: "requested", at: AT, party: "Confirmer2", issue: 2, by: BY });
  given(resent).when(agree()).refuses("link_void");
  given(resent).when(agree({ issue: 2 })).does("agreed");
  given(asked).when({ ...resend, at: FIRST_LINK_END }).does("requested");
});

Deno.test("R33 there must be someone to resend to", () => {
  given(draftedWith()).when(resend).refuses("not_awaited");
  given(sentWith()).when(resend).refuses("not_sealed_yet");
  given(agreed).when(resend).refuses("not_awaited");
  given(declined).when(resend).refuses("not_awaited");
});

Deno.test("R20 what is viewed is recorded once", () => {
  given(asked).when(view()).then({ did: "viewed", at: AT, party: "Confirmer2" });
  given([...asked, { did: "viewed", at: minute(35), party: "Confirmer2" }]).when(view()).then();
});

Deno.test("R24 the fifth wrong code locks the link; the officer's resend gives new tries", () => {
  given(coded).when(enterCode(true)).then();
  given(coded).when(enterCode(false)).does("codeRefused");
  given(asked).when(enterCode(false)).then();
  given([...coded, ...wrongCodes(3)]).when(enterCode(false)).does("codeRefused");
  given([...coded, ...wrongCodes(4)]).when(enterCode(false)).does("codeRefused", "codeLocked");
  given(locked).when(enterCode(true)).refuses("code_locked");
  given(locked).when(agree()).refuses("code_locked");
  const again = [...locked, ...requestedOf("Confirmer2", AT, 2)];
  given(again).when({ ...enterCode(false), issue: 2 }).does("codeRefused");
});

Deno.test("R24 a wrong code of someone the case does not know locks nobody", () => {
  const state = caseOf([...asked, { did: "codeRefused", at: AT, party: "Confirmer9" }]);
  deepEqual(state.parties.map((party) => party.wrongCodes), [0, 0, 0]);
});

Deno.test("R24 where a code is asked, nobody agrees without it", () => {
  given(coded).when(agree()).refuses("code_missing");
  given(coded).when(agree({ authentication: "mailAndAccessCode" })).does("agreed");
});

Deno.test("R24 the code is asked of confirmers only, and nobody is on record with one not asked", () => {
  const history = approverAsked({ accessCode: hash("code") });
  const state = caseOf(history);
  deepEqual(state.parties.map((party) => asksCode(state, party)), [true, true, false]);
  const plain = caseOf(approverAsked());
  deepEqual(plain.parties.map((party) => asksCode(plain, party)), [false, false, false]);
  const approve = agree({ at: minute(60), party: "Approver1", documents: [sealedHash("Confirmer1")] });
  const { do: _, issue: __, ...facts } = approve;
  given(history).when(approve).then({ did: "agreed", ...facts });
  given(history).when({ ...approve, authentication: "mailAndAccessCode" }).then({ did: "agreed", ...facts });
  given(history).when({ ...enterCode(false), at: minute(60), party: "Approver1" }).does();
});

Deno.test("R24 the officer sets the code while there is a draft", () => {
  const setCode = { do: "setCode", at: AT, accessCode: hash("code"), by: BY } as const;
  given(asked).when(setCode).then({ did: "codeSet", at: AT, accessCode: hash("code"), by: BY });
  given(asked.slice(0, 1)).when(setCode).refuses("no_draft");
  equal(caseOf(given(asked).when(setCode).events()).draft?.accessCode, hash("code"));
  equal(caseOf([...asked.slice(0, 1), { did: "codeSet", at: AT, accessCode: null, by: BY }]).draft, null);
});

Deno.test("R23 declining stops the flow and closes every link, and the officer may reopen", () => {
  given(asked).when(decline).then({ did: "declined", at: AT, party: "Confirmer2", reason: decline.reason });
  equal(caseOf(declined).phase, "declined");
  given(declined).when(agree()).refuses("case_closed");
  given(declined).when(reopen).then(
    { did: "reopened", at: AT, reason: "延長", by: BY },
    { did: "requested", at: AT, party: "Confirmer2", issue: 2, by: BY },
  );
  const open = given(declined).when(reopen).events();
  given(open).when(agree({ issue: 2 })).does("agreed");
});

Deno.test("R23 a question stops nothing", () => {
  given(asked).when(ask).then({ did: "asked", at: AT, party: "Confirmer2", question: ask.question });
  given(given(asked).when(ask).events()).when(agree()).does("agreed");
});

Deno.test("R32 after 契約日 24:00 in Japan the agreement is closed until the officer reopens it", () => {
  const history = askedWith(undated);
  given(history).when(agree({ at: plusMs(DAY_OVER, -1) })).does("agreed");
  given(history).when(agree({ at: DAY_OVER })).refuses("agreement_closed");
  given(history).when({ ...reopen, at: plusMs(DAY_OVER, -1) }).refuses("not_awaited");
  const open = given(history).when({ ...reopen, at: DAY_OVER }).events();
  given(open).when(agree({ at: DAY_OVER, issue: 2 })).does("agreed");
  equal(agreementClosed(caseOf(draftedWith({ contractDate: null })), DAY_OVER), false);
});

Deno.test("R32 reopening after a decline does not outlast 契約日", () => {
  const early: CaseEvent[] = [...askedWith(undated), {
    did: "declined",
    at: AT,
    party: "Confirmer2",
    reason: "",
  }];
  const open = given(early).when(reopen).events();
  given(open).when(agree({ at: DAY_OVER, issue: 2 })).refuses("agreement_closed");
  const late = given(early).when({ ...reopen, at: DAY_OVER }).events();
  given(late).when(agree({ at: DAY_OVER, issue: 2 })).does("agreed");
});

Deno.test("R32 where the PDF shows the 契約日 that has passed, reopening alone does not go on with it", () => {
  given(askedWith()).when({ ...reopen, at: DAY_OVER }).refuses("contract_date_shown");
  const refused: CaseEvent[] = [...askedWith(), { did: "declined", at: AT, party: "Confirmer2", reason: "" }];
  given(refused).when(reopen).does("reopened", "requested");
  given(refused).when({ ...reopen, at: DAY_OVER }).refuses("contract_date_shown");
});

Deno.test("R32 of a 契約日 said on the page, sending itself says whether the PDF shows it", () => {
  const sent = sentWith().map((event) => event.did === "sent" ? { ...event, dateShown: false } : event);
  given(sent).when({ ...reopen, at: DAY_OVER }).does("reopened");
  equal(showsContractDate(caseOf(sent)), false);
  equal(showsContractDate(caseOf(sentWith(undated))), false);
  equal(showsContractDate(caseOf(sentWith())), true);
  equal(showsContractDate(caseOf(sentWith().slice(0, 1))), false);
});

Deno.test("R32 reopening while an agreement waits for its seal asks nobody anew", () => {
  const history = [...askedWith(undated), agreedBy("Confirmer2", "Sender", AT)];
  given(history).when({ ...reopen, at: DAY_OVER }).does("reopened");
  given(sentWith(undated)).when({ ...reopen, at: DAY_OVER }).does("reopened");
});

Deno.test("R35 before execution the officer withdraws, and links die at once", () => {
  for (const history of [draftedWith(), sentWith(), asked, agreed, declined]) {
    given(history).when(withdraw).then({ did: "withdrawn", at: AT, reason: "中止", by: BY });
  }
  given(withdrawn).when(agree()).refuses("case_closed");
  given(withdrawn).when(view()).refuses("case_closed");
  given(withdrawn).when(withdraw).refuses("case_closed");
});

Deno.test("R36 after execution nothing is cancelled, declined or reopened", () => {
  for (const history of [executed(), completed()]) {
    for (const command of [withdraw, reopen, resend]) given(history).when(command).refuses("case_executed");
    given(history).when({ ...decline, party: "Approver1" }).refuses("already_agreed");
    given(history).when(agree({ party: "Approver1" })).refuses("already_agreed");
  }
});

Deno.test("R27 the case is executed the moment the last approver agrees", () => {
  const last = { party: "Approver1", at: minute(60), documents: [sealedHash("Confirmer1")] };
  const state = caseOf(given(approverAsked()).when(agree(last)).events());
  equal(state.phase, "executed");
  equal(state.executedAt, minute(60));
});

Deno.test("R19 the link's end is set when the relay took the mail, once, and only for the newest issue", () => {
  const waiting = asked.slice(0, -1);
  const { do: _, ...facts } = handOver;
  given(waiting).when(handOver).then({ did: "handedOver", ...facts });
  given(asked).when(handOver).then();
  given(resent).when(handOver).then();
  given(waiting).when({ ...handOver, party: "Confirmer9" }).then();
  given(withdrawn.toSpliced(-2, 1)).when(handOver).then();
});

Deno.test("R34 of a request that was never made there are no news", () => {
  given(sentWith()).when({ ...bounce, issue: 0 }).does();
  given(sentWith()).when({ ...handOver, issue: 0 }).does();
});

Deno.test("R34 a bounce is recorded once, and a later issue clears it", () => {
  const { do: _, ...facts } = bounce;
  given(asked).when(bounce).then({ did: "bounced", ...facts });
  const bounced = given(asked).when(bounce).events();
  given(bounced).when(bounce).then();
  equal(caseOf(bounced).parties[0]?.bounced, true);
  equal(caseOf([...bounced, ...requestedOf("Confirmer2", AT, 2)]).parties[0]?.bounced, false);
});

Deno.test("reasons and questions longer than the case can hold are refused", () => {
  const long = "あ".repeat(MAX_TEXT + 1);
  given(asked).when({ ...decline, reason: long }).refuses("text_too_long");
  given(asked).when({ ...ask, question: long }).refuses("text_too_long");
  given(asked).when({ ...withdraw, reason: long }).refuses("text_too_long");
  given(declined).when({ ...reopen, reason: long }).refuses("text_too_long");
});

Deno.test("who asks by mail is on record in every phase, and nothing else changes", () => {
  const inquiry = { do: "recordInquiry", at: AT, word: "status", by: "jiro@vendor.example.jp" } as const;
  const { do: _, ...facts } = inquiry;
  for (const history of [draftedWith(), asked, completed()]) {
    given(history).when(inquiry).then({ did: "inquired", ...facts });
    const { length: __, head: ___, ...before } = caseOf(history);
    const { length, head: ____, ...after } = caseOf([...history, { did: "inquired", ...facts }]);
    deepEqual(after, before);
    equal(length, history.length + 1);
  }
});
