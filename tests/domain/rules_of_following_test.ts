import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { Follower, Relation } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { decide } from "../../lib/domain/decide.ts";
import { MAX_FOLLOWERS } from "../../lib/domain/limits.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  APPROVER,
  approverAsked,
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
  sealedHash,
} from "../support/sample_case.ts";

const AT = minute(100);
const BY = OFFICER.address;
const NUMBER = "R8-000900";
const RELATIONS: readonly Relation[] = ["correction", "amendment", "memorandum"];
const follow = (relation: Relation, seen = 0): CaseCommand => ({
  do: "follow",
  at: AT,
  number: NUMBER,
  relation,
  seen,
  by: BY,
});
const followed = (relation: Relation): CaseEvent => ({
  did: "followed",
  at: AT,
  number: NUMBER,
  relation,
  by: BY,
});

Deno.test("R36 a corrected contract, 変更契約 or 覚書 follows an executed contract, and the case keeps which", () => {
  for (const history of [executed(), completed()]) {
    for (const relation of RELATIONS) given(history).when(follow(relation)).then(followed(relation));
  }
  const state = caseOf([...completed(), followed("memorandum"), followed("amendment")]);
  deepEqual(state.followedBy, [
    { number: NUMBER, relation: "memorandum" },
    { number: NUMBER, relation: "amendment" },
  ]);
});

Deno.test("R36 nothing follows a contract that is not executed", () => {
  for (const history of [opened, draftedWith(), approverAsked()]) {
    given(history).when(follow("correction")).refuses("not_executed");
  }
});

Deno.test("R14 R36 変更契約 is closed to construction; the corrected contract and the 覚書 are not", () => {
  const [first, ...rest] = completed();
  const construction = [{ ...first, form: { ...FORM, kind: "construction" } } as CaseEvent, ...rest];
  given(construction).when(follow("amendment")).refuses("amendment_of_construction");
  for (const relation of ["correction", "memorandum"] as const) {
    given(construction).when(follow(relation)).then(followed(relation));
  }
});

Deno.test("R14 R36 a 変更契約 whose form turns out to be of construction does not go out", () => {
  const begun = (relation: Relation, kind: "construction" | "goods-services") => {
    const [first, ...rest] = draftedWith();
    const refersTo = { number: "R8-000001", relation, title: "契約", by: BY };
    return [{ ...first, refersTo, form: { ...FORM, kind } } as CaseEvent, ...rest];
  };
  const send = (history: readonly CaseEvent[]): CaseCommand => ({
    do: "send",
    at: minute(15),
    by: OFFICER,
    digest: summaryDigest(caseOf(history)),
    contractDate: null,
    term: null,
    approvers: [APPROVER],
    barred: [],
    renewal: true,
  });
  const closed = begun("amendment", "construction");
  given(closed).when(send(closed)).refuses("amendment_of_construction");
  for (const open of [begun("memorandum", "construction"), begun("amendment", "goods-services")]) {
    given(open).when(send(open)).does("sent");
  }
});

Deno.test("pressed twice it begins one case, and a case has a bounded number of followers", () => {
  const once = [...completed(), followed("memorandum")];
  given(once).when(follow("memorandum")).refuses("summary_changed");
  given(once).when(follow("memorandum", 1)).then(followed("memorandum"));
  const many: Follower[] = Array.from({ length: MAX_FOLLOWERS }, () => ({
    number: NUMBER,
    relation: "memorandum",
  }));
  const full = { ...caseOf(completed()), followedBy: many };
  deepEqual(decide(full, follow("memorandum", MAX_FOLLOWERS)), { refused: "followers_too_many" });
});

Deno.test("R36 the case that follows knows what it refers to", () => {
  const refersTo = { number: "R8-000001", relation: "correction", title: "契約", by: BY } as const;
  deepEqual(caseOf([{ ...opened[0], refersTo } as CaseEvent]).refersTo, refersTo);
});

Deno.test("R36 after execution no act cancels, changes or stops anything", () => {
  const party = "Approver1";
  const documents = [sealedHash("Confirmer1")];
  const draft = { ...DRAFT, documents: [CONTRACT] };
  const acts: CaseCommand[] = [
    { do: "proposeForm", at: AT, form: FORM, mail: hash("mail"), from: BY },
    { do: "acceptForm", at: AT, by: BY },
    { do: "mendForm", at: AT, form: FORM, by: BY },
    { do: "refuseForm", at: AT, reason: "", by: BY },
    { do: "wishPaper", at: AT, by: BY },
    { do: "handOn", at: AT, departmentId: "doboku", by: BY },
    { do: "draft", at: AT, draft, mail: null },
    {
      do: "send",
      at: AT,
      by: OFFICER,
      digest: "",
      contractDate: null,
      term: null,
      approvers: [],
      barred: [],
      renewal: true,
    },
    { do: "view", at: AT, party, issue: 1 },
    { do: "enterCode", at: AT, party, issue: 1, right: false, tries: 5 },
    { do: "agree", at: AT, party, issue: 1, authentication: "mail", documents },
    { do: "decline", at: AT, party, issue: 1, reason: "" },
    { do: "ask", at: AT, party, issue: 1, question: "" },
    { do: "requestLink", at: AT, party },
    { do: "setCode", at: AT, accessCode: null, by: BY },
    { do: "resend", at: AT, by: BY },
    { do: "withdraw", at: AT, reason: "", by: BY },
    { do: "reopen", at: AT, reason: "", by: BY },
  ];
  for (const history of [executed(), completed()]) {
    for (const command of acts) given(history).when(command).isRefused();
  }
});
