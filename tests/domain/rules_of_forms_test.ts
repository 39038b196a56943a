import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { open } from "../../lib/domain/decide.ts";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  askedWith,
  completed,
  draftedWith,
  executed,
  FORM,
  hash,
  minute,
  OPEN,
  opened,
} from "../support/sample_case.ts";

const AT = minute(100);
const BY = "officer@pref.example.lg.jp";
const MENDED = { ...FORM, contractName: "文書管理システム更新業務委託" };
const LONG = { ...FORM, addressee: "あ".repeat(MAX_TEXT + 1) };
const proposal = { do: "proposeForm", at: AT, form: MENDED, mail: hash("second"), from: BY } as const;
const proposed: CaseEvent[] = [...opened, {
  did: "formProposed",
  at: minute(5),
  form: MENDED,
  mail: hash("second"),
  from: BY,
}];
const paper: CaseEvent[] = [...opened, { did: "paperWished", at: minute(5), by: BY }];
const refused: CaseEvent[] = [...opened, { did: "formRefused", at: minute(5), reason: "対象外", by: BY }];
const withdrawn: CaseEvent[] = [...askedWith(), { did: "withdrawn", at: minute(90), reason: "中止", by: BY }];

Deno.test("R4 a form that came in opens a case, even one that can't be read", () => {
  equal(caseOf(open(OPEN)).form, FORM);
  equal(caseOf(open({ ...OPEN, form: null, unreadable: "scanned" })).form, null);
});

Deno.test("R4 a form too long to be kept counts as unreadable; its mail is kept", () => {
  const [event] = open({ ...OPEN, form: LONG });
  equal(event?.did === "opened" && event.form, null);
  equal(event?.did === "opened" && event.unreadable, "damaged");
  equal(event?.did === "opened" && event.mail, OPEN.mail);
});

Deno.test("what is known of a mail's writer stays with what the mail did", () => {
  const check = { vouched: false, warnings: ["staff_name"] } as const;
  deepEqual(caseOf(open({ ...OPEN, check })).check, check);
  equal("check" in caseOf(opened), false);
  const { do: _, ...facts } = proposal;
  given(opened).when({ ...proposal, check }).then({ did: "formProposed", ...facts, check });
  deepEqual(caseOf([...opened, { did: "formProposed", ...facts, check }]).proposal?.check, check);
  equal("check" in (caseOf(proposed).proposal ?? {}), false);
});

Deno.test("R7 a second form is a proposal until the officer accepts it", () => {
  const { do: _, ...facts } = proposal;
  given(opened).when(proposal).then({ did: "formProposed", ...facts });
  equal(caseOf(proposed).form, FORM);
  given(proposed).when({ do: "acceptForm", at: AT, by: BY })
    .then({ did: "formAccepted", at: AT, form: MENDED, by: BY });
  const accepted = given(proposed).when({ do: "acceptForm", at: AT, by: BY }).events();
  equal(caseOf(accepted).form, MENDED);
  equal(caseOf(accepted).proposal, null);
});

Deno.test("R7 there must be a proposal to accept", () => {
  given(opened).when({ do: "acceptForm", at: AT, by: BY }).refuses("no_proposal");
});

Deno.test("R7 after sending a form may still be proposed, but no longer replaces the first", () => {
  given(askedWith()).when(proposal).does("formProposed");
  given(askedWith()).when({ do: "acceptForm", at: AT, by: BY }).refuses("already_sent");
});

Deno.test("R5 the officer mends a misread field, refuses the form, or hands the case on", () => {
  given(opened).when({ do: "mendForm", at: AT, form: MENDED, by: BY })
    .then({ did: "formMended", at: AT, form: MENDED, by: BY });
  given(draftedWith()).when({ do: "refuseForm", at: AT, reason: "対象外", by: BY })
    .then({ did: "formRefused", at: AT, reason: "対象外", by: BY });
  given(opened).when({ do: "handOn", at: AT, departmentId: "doboku", by: BY })
    .then({ did: "handedOn", at: AT, departmentId: "doboku", by: BY });
  equal(caseOf([...opened, { did: "formMended", at: AT, form: MENDED, by: BY }]).form, MENDED);
  equal(
    caseOf([...opened, { did: "handedOn", at: AT, departmentId: "doboku", by: BY }]).departmentId,
    "doboku",
  );
});

Deno.test("R8 a vendor may wish for paper until the contract is sent", () => {
  given(opened).when({ do: "wishPaper", at: AT, by: BY }).then({ did: "paperWished", at: AT, by: BY });
  equal(caseOf(paper).phase, "paper");
  given(askedWith()).when({ do: "wishPaper", at: AT, by: BY }).refuses("already_sent");
});

Deno.test("R8 R5 a case closed as paper, refused or withdrawn takes no form and no contract", () => {
  const ends = [[paper, "case_paper"], [refused, "case_closed"], [withdrawn, "case_closed"]] as const;
  for (const [closed, code] of ends) {
    given(closed).when(proposal).refuses(code);
    given(closed).when({ do: "mendForm", at: AT, form: MENDED, by: BY }).refuses(code);
    given(closed).when({ do: "wishPaper", at: AT, by: BY }).refuses(code);
    given(closed).when({ do: "withdraw", at: AT, reason: "", by: BY }).refuses(code);
  }
});

Deno.test("R36 after execution no form changes anything", () => {
  given(executed()).when(proposal).refuses("case_executed");
  given(completed()).when({ do: "refuseForm", at: AT, reason: "", by: BY }).refuses("case_executed");
});

Deno.test("texts and forms longer than the case can hold are refused", () => {
  const reason = "あ".repeat(MAX_TEXT + 1);
  given(opened).when({ do: "refuseForm", at: AT, reason, by: BY }).refuses("text_too_long");
  given(opened).when({ ...proposal, form: LONG }).refuses("text_too_long");
  given(opened).when({ do: "mendForm", at: AT, form: LONG, by: BY }).refuses("text_too_long");
});
