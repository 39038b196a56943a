/**
 * Random histories: commands are drawn and filled in from the case as it is, mostly as an honest caller would,
 * sometimes with a wrong digest, issue, party, document or time.
 *
 * @module
 */
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { type Case, currentSha256, fileIds, fileOf } from "../../lib/domain/case.ts";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { decide, open } from "../../lib/domain/decide.ts";
import { evolve } from "../../lib/domain/evolve.ts";
import { CHAIN_START, record } from "../../lib/domain/history.ts";
import { DAY_MS, type Instant, plusMs } from "../../lib/domain/instant.ts";
import { dueStep } from "../../lib/domain/rules_of_sealing.ts";
import { roundOf } from "../../lib/domain/rounds.ts";
import { renewalStep } from "../../lib/domain/rules_of_renewal.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { APPROVER, CONTRACT, DRAFT, FORM, hash, OFFICER, OPEN } from "./sample_case.ts";

const BY = OFFICER.address;
const SECOND_APPROVER = { name: "会計 次郎", address: "second@pref.example.lg.jp" };

/** One drawn act. `who` picks a party, `wrong` spoils what an honest caller would say. */
export type Draw = {
  readonly act: CaseCommand["do"];
  readonly who: number;
  readonly wrong: boolean;
  readonly waitMs: number;
};

/** Acts that carry a case forward are drawn often, so that many sequences come to an end. */
const ACTS: readonly (readonly [CaseCommand["do"], number])[] = [
  ["draft", 24],
  ["send", 48],
  ["recordSeal", 200],
  ["recordHandover", 40],
  ["agree", 120],
  ["certify", 40],
  ["recordRenewal", 20],
  ["proposeForm", 1],
  ["acceptForm", 1],
  ["mendForm", 1],
  ["refuseForm", 1],
  ["wishPaper", 1],
  ["handOn", 1],
  ["reportDelay", 2],
  ["recordBounce", 10],
  ["remind", 12],
  ["view", 2],
  ["enterCode", 20],
  ["setCode", 1],
  ["decline", 2],
  ["ask", 1],
  ["requestLink", 1],
  ["recordInquiry", 1],
  ["recordOpening", 3],
  ["follow", 6],
  ["resend", 10],
  ["withdraw", 1],
  ["reopen", 24],
  ["correct", 3],
  ["changeConfirmers", 8],
];

/** Sequences of acts. */
export const draws: fc.Arbitrary<readonly Draw[]> = fc.array(
  fc.record({
    act: fc.oneof(...ACTS.map(([act, weight]) => ({ arbitrary: fc.constant(act), weight }))),
    who: fc.nat({ max: 3 }),
    wrong: fc.nat({ max: 9 }).map((n) => n === 0),
    waitMs: fc.oneof(
      { arbitrary: fc.nat({ max: 60_000 }), weight: 30 },
      { arbitrary: fc.constantFrom(DAY_MS, 5 * DAY_MS, 10 * DAY_MS), weight: 1 },
    ),
  }),
  { minLength: 40, maxLength: 120, size: "max" },
);

function commandOf(state: Case, { act, who, wrong }: Draw, at: Instant): CaseCommand {
  const honest = state.parties[state.turn];
  const chosen = wrong ? state.parties[who] : honest;
  const party = chosen?.id ?? "Confirmer1";
  const issue = (chosen?.issue ?? 0) - (wrong ? who % 2 : 0);
  const documents = state.draft?.documents ?? [];
  const shown = wrong ? [CONTRACT.sha256] : documents.map(currentSha256);
  const document = wrong ? who : documents.findIndex((_, index) => dueStep(state, index) !== null);
  const step = dueStep(state, document) ?? "Conclusion";
  const anew = { by: OFFICER, reason: "理由", approvers: [APPROVER, SECOND_APPROVER], barred: [] };
  const previousSha256 = documents[document] ? currentSha256(documents[document]) : hash("none");
  switch (act) {
    case "proposeForm":
      return { do: act, at, form: { ...FORM, phone: String(who) }, mail: hash("second"), from: BY };
    case "acceptForm":
      return { do: act, at, by: BY, ...!wrong && { anew } };
    case "correct":
      return { do: act, at, ...anew, ...correctionOf(state, who, wrong) };
    case "changeConfirmers":
      return { do: act, at, ...anew, form: wrong ? FORM : formOfConfirmers(state, who) };
    case "wishPaper":
      return { do: act, at, by: BY };
    case "mendForm":
      return { do: act, at, form: wrong ? { ...FORM, contractName: "" } : FORM, by: BY };
    case "refuseForm":
    case "withdraw":
    case "reopen":
      return { do: act, at, reason: "理由", by: BY };
    case "handOn":
      return { do: act, at, departmentId: "doboku", by: BY };
    case "draft": {
      const files = [CONTRACT, { ...CONTRACT, name: "覚書.pdf", sha256: hash("second") }];
      const accessCode = who === 0 ? null : hash("code");
      const draft = { ...DRAFT, accessCode, contractDate: null, documents: files.slice(0, 1 + who % 2) };
      return { do: act, at, draft, mail: null };
    }
    case "send":
      return {
        do: act,
        at,
        by: OFFICER,
        digest: wrong ? hash("other") : summaryDigest(state),
        contractDate: "2026-12-09",
        term: { from: "2026-12-09", to: "2027-03-31" },
        approvers: [APPROVER, SECOND_APPROVER],
        barred: [],
        renewal: false,
        dateShown: who === 0,
      };
    case "recordSeal":
      return {
        do: act,
        at,
        round: wrong && who === 3 ? 1 : roundOf(state),
        document,
        step: wrong ? "DSS" : step,
        previousSha256: wrong && who > 1 ? hash("other") : previousSha256,
        // Seals tell when they were made: two of the same bytes are not the same.
        sha256: hash(`${previousSha256} ${step} ${state.sentAt}`),
        blob: hash(`tail ${previousSha256} ${step}`),
        size: 11_000,
      };
    case "reportDelay":
      return { do: act, at, step };
    case "recordHandover":
      return { do: act, at, party, issue, expiresAt: plusMs(at, 10 * DAY_MS) };
    case "remind":
      return { do: act, at, party, issue, why: wrong ? [] : ["link_ends"] };
    case "recordBounce":
      return { do: act, at, party, issue, why: "550" };
    case "view":
      return { do: act, at, party, issue };
    case "enterCode":
      return { do: act, at, party, issue, right: !wrong && who > 1, tries: 2 };
    case "setCode":
      return { do: act, at, accessCode: wrong ? null : hash("code"), by: BY };
    case "agree":
      return {
        do: act,
        at,
        party,
        issue,
        authentication: wrong ? "mail" : "mailAndAccessCode",
        documents: shown,
      };
    case "decline":
      return { do: act, at, party, issue, reason: "" };
    case "ask":
      return { do: act, at, party, issue, question: "" };
    case "requestLink":
      return { do: act, at, party };
    case "recordInquiry":
      return { do: act, at, word: "status", by: BY };
    case "follow": {
      const relation = who === 0 ? "correction" : "amendment";
      const seen = wrong ? 9 : state.followedBy?.length ?? 0;
      return { do: act, at, number: `R8-${900_000 + state.length}`, relation, by: BY, seen };
    }
    case "recordOpening": {
      const file = wrong ? 9 : who === 0 ? "all" : who === 1 ? "certificate" : 0;
      const lastAt = who === 3 ? state.openedAt : null;
      return { do: act, at, who: BY, as: "officer", file, what: "view", lastAt };
    }
    case "resend":
      return { do: act, at, by: BY };
    case "certify":
      return { do: act, at, sha256: hash("certificate"), size: 200_000 };
    case "recordRenewal":
      return renewalOf(state, who, wrong, at);
  }
}

function correctionOf(state: Case, who: number, wrong: boolean) {
  const documents = wrong
    ? state.draft?.documents ?? []
    : [{ ...CONTRACT, sha256: hash(`版 ${state.length}`) }];
  const files = documents.map(({ tails: _, ...file }: typeof documents[number] & { tails?: unknown }) =>
    file
  );
  const contractDate = who === 0 ? "2027-01-20" : null;
  return {
    documents: files,
    title: null,
    contractDate,
    term: null,
    amount: null,
    namedApprovers: null,
    renewal: false,
  };
}

/** The form with another address of whose turn it is; or with another first confirmer, sometimes as the only one. */
function formOfConfirmers(state: Case, who: number): typeof FORM {
  const form = state.form ?? FORM;
  const vendor = form.vendors[0]!;
  const address = `n${state.length}@vendor.example.jp`;
  const awaited = state.parties[state.turn]?.address;
  const mended = vendor.confirmers.map((each) => each.address === awaited ? { ...each, address } : each);
  const others = [{ name: `新任 ${state.length}`, address }, ...vendor.confirmers.slice(1)];
  const confirmers = who < 3 ? mended : state.length % 2 === 0 ? others : others.slice(0, 1);
  return { ...form, vendors: [{ ...vendor, confirmers }] };
}

function renewalOf(state: Case, who: number, wrong: boolean, at: Instant): CaseCommand {
  const ids = fileIds(state);
  const file = wrong && who === 0 ? 9 : ids[who % Math.max(1, ids.length)] ?? 0;
  const kept = fileOf(state, file);
  const step = wrong && who === 1 ? "DocTimeStamp" : renewalStep(state, file) ?? "DocTimeStamp2";
  const previousSha256 = kept && !(wrong && who > 1) ? currentSha256(kept) : hash("other");
  const sha256 = hash(`${previousSha256} ${step}`);
  const blob = hash(`renewals ${file} ${step}`);
  return { do: "recordRenewal", at, file, step, previousSha256, sha256, blob, size: 14_000 };
}

/** One event with the case before and after it. */
export type Step = { readonly before: Case; readonly entry: RecordedEvent; readonly after: Case };
/** What a sequence made of a case. */
export type Run = {
  readonly history: readonly RecordedEvent[];
  readonly steps: readonly Step[];
  readonly state: Case;
};

/** Plays a sequence: the case takes what it accepts. */
export function play(sequence: readonly Draw[]): Run {
  const first = record(open(OPEN)[0]!, 0, CHAIN_START);
  const history = [first];
  const steps: Step[] = [];
  let state = evolve(null, first);
  let at = OPEN.at;
  for (const draw of sequence) {
    at = plusMs(at, draw.waitMs);
    const command = commandOf(state, draw, at);
    const decision = decide(state, command);
    deepEqual(decide(state, command), decision);
    for (const event of "events" in decision ? decision.events : []) {
      const entry = record(event, state.length, state.head);
      const after = evolve(state, entry);
      steps.push({ before: state, entry, after });
      history.push(entry);
      state = after;
    }
  }
  return { history, steps, state };
}
