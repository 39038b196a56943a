import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { type Addressee, effectsOf } from "../../lib/domain/effects.ts";
import { caseOf, historyOf } from "../support/given_case.ts";
import {
  agreedBy,
  askedWith,
  completed,
  CONTRACT,
  DRAFT,
  draftedWith,
  executed,
  FIRST_LINK_END,
  FORM,
  hash,
  minute,
  OFFICER,
  opened,
  PARTIES,
  renewedBy,
  requestedOf,
  sealedBy,
  sentWith,
  wholeSealed,
} from "../support/sample_case.ts";

const AT = minute(70);
const BY = OFFICER.address;

function addressee(to: Addressee): string {
  if (to.who === "party") return to.party;
  if (to.who === "told") return to.addresses.join("+");
  return to.who === "officers" && to.except ? `officers but ${to.except}` : to.who;
}

/** What the last event of a history calls for, in short: `receipt→contact`, `seal 0 Sender`. */
function effectsOfLast(history: readonly CaseEvent[]): string[] {
  return effectsOf(caseOf(history), historyOf(history).at(-1)!).map((effect) => {
    switch (effect.do) {
      case "letter":
        return `${effect.letter}→${addressee(effect.to)}`;
      case "seal":
        return `seal ${effect.document} ${effect.step}`;
      case "expire":
        return `expire ${effect.party} ${effect.issue} ${effect.at}`;
      case "remind":
        return `remind ${effect.party} ${effect.issue}`;
      case "watchDay":
        return `watch ${effect.day}`;
      case "watchIdle":
        return "watch idle";
      case "certify":
        return "certify";
      case "renew":
        return `renew ${effect.file}`;
    }
  });
}
const calls = (history: readonly CaseEvent[], ...effects: string[]) =>
  deepEqual(effectsOfLast(history), effects);

const openedWith = (form: typeof FORM | null): CaseEvent[] => [{ ...opened[0], form } as CaseEvent];
const asked = askedWith();
const agreed = [...asked, agreedBy("Confirmer2", "Sender", minute(40))];

Deno.test("R4 R5 a form is answered, and the officers get a notice", () => {
  calls(opened, "receipt→contact", "case-notice→officers", "watch idle");
  calls(openedWith({ ...FORM, phone: "" }), "form-problem→contact", "case-notice→officers", "watch idle");
  calls(openedWith(null), "form-problem→contact", "case-notice→officers", "watch idle");
});

Deno.test("R36 a case that follows another asks nothing of its form again; the one before only notes it", () => {
  const refersTo = { number: "R8-000001", relation: "memorandum", title: "契約", by: BY } as const;
  const linked: CaseEvent[] = [{ ...opened[0], form: { ...FORM, phone: "" }, refersTo } as CaseEvent];
  calls(linked, "receipt→contact", "case-notice→officers", "watch idle");
  calls([...executed(), { did: "followed", at: AT, number: "R8-000999", relation: "memorandum", by: BY }]);
});

Deno.test("R7 a proposal is answered like a form", () => {
  const proposed = (form: typeof FORM): CaseEvent[] => [...opened, {
    did: "formProposed",
    at: AT,
    form,
    mail: hash("second"),
    from: BY,
  }];
  calls(proposed(FORM), "receipt→contact", "case-notice→officers");
  calls(proposed({ ...FORM, staff: "" }), "form-problem→contact", "case-notice→officers");
});

Deno.test("R7 a changed form makes a new summary once there is a draft, else a new notice", () => {
  const changes: CaseEvent[] = [
    { did: "formMended", at: AT, form: FORM, by: BY },
    { did: "formAccepted", at: AT, form: FORM, by: BY },
  ];
  for (const change of changes) {
    calls([...opened, change], "case-notice→officers", "address-check→confirmers");
    calls([...draftedWith(), change], "draft-summary→officers", "address-check→confirmers");
  }
  const handedOn: CaseEvent = { did: "handedOn", at: AT, departmentId: "doboku", by: BY };
  calls([...opened, handedOn], "case-notice→officers");
  calls([...draftedWith(), handedOn], "draft-summary→officers");
});

Deno.test("R5 R8 the vendor hears of a refusal, the officers of a wish for paper", () => {
  calls([...opened, { did: "formRefused", at: AT, reason: "対象外", by: BY }], "refusal→contact");
  calls([...opened, { did: "paperWished", at: AT, by: BY }], "paper→officers");
});

Deno.test("R12 a draft is answered with a summary", () => {
  calls(draftedWith(), "draft-summary→officers", "address-check→confirmers");
});

Deno.test("R25 sending and each agreement call for a seal of every document", () => {
  calls(sentWith(), "seal 0 Sender", "watch 2026-12-01");
  const documents = [CONTRACT, { ...CONTRACT, name: "覚書.pdf" }];
  calls(sentWith({ documents }), "seal 0 Sender", "seal 1 Sender", "watch 2026-12-01");
  calls(agreed, "seal 0 Confirmer2");
  calls(executed(), "seal 0 Approver1");
  calls([...opened, { ...agreedBy("Confirmer2", "Sender", AT) }]);
});

Deno.test("R26 after the last agreement each seal calls for the next, and the last for the certificate", () => {
  const whole = wholeSealed();
  calls(whole.slice(0, -3), "seal 0 Conclusion");
  calls(whole.slice(0, -2), "seal 0 DSS");
  calls(whole.slice(0, -1), "seal 0 DocTimeStamp");
  calls(whole, "certify");
  calls([...sentWith(), sealedBy("Sender", null, AT)]);
});

Deno.test("R26 of several documents, one whole before the others calls for nothing more", () => {
  const documents = [CONTRACT, { ...CONTRACT, name: "覚書.pdf" }];
  const history: CaseEvent[] = sentWith({ documents });
  for (const event of executed().slice(3)) {
    history.push(event);
    if (event.did === "sealed") history.push({ ...event, document: 1 });
  }
  for (const event of wholeSealed().slice(executed().length)) history.push(event);
  calls(history);
});

Deno.test("R19 R32 a request is a letter; handed over, it will expire, and be reminded of before", () => {
  calls([...sentWith(), ...requestedOf("Confirmer2", minute(30)).slice(0, 1)], "request→Confirmer2");
  calls(asked, `expire Confirmer2 1 ${FIRST_LINK_END}`, "remind Confirmer2 1");
  const reminded = { did: "reminded", at: AT, party: "Confirmer2", issue: 1, why: ["link_ends"] } as const;
  calls([...asked, reminded], "reminder→Confirmer2");
});

Deno.test("the fold never judges: a contract sent without a draft has no 契約日 to watch", () => {
  calls([...opened, ...sentWith().slice(-1)]);
});

Deno.test("R19 R23 R24 R27 what stops a round is told to the officers", () => {
  const party = "Confirmer2";
  calls([...asked, { did: "bounced", at: AT, party, issue: 1, why: "550" }], "delivery-problem→officers");
  calls([...asked, { did: "codeLocked", at: AT, party }], "access-code-locked→officers");
  calls([...asked, { did: "declined", at: AT, party, reason: "" }], "declined→officers");
  calls([...asked, { did: "asked", at: AT, party, question: "" }], "question→officers");
  calls([...asked, { did: "linkRequested", at: AT, party }], "link-requested→officers");
  calls([...agreed, { did: "sealingDelayed", at: AT, step: party }], "sealing-delayed→officers");
});

Deno.test("R32 the officers hear that the agreement goes on, whoever reopened it", () => {
  calls([...asked, { did: "reopened", at: AT, reason: "", by: BY }], "reopened→officers", "reopened→agreed");
});

Deno.test("R35 whoever got a request hears that it was withdrawn, and officers when another one did it", () => {
  calls(
    [...asked, { did: "withdrawn", at: AT, reason: "", by: BY }],
    "withdrawn→requested",
    `withdrawn→officers but ${BY}`,
  );
});

Deno.test("R35 before anyone is asked, whoever handed the form in hears that the case is withdrawn", () => {
  calls(
    [...draftedWith(), { did: "withdrawn", at: AT, reason: "", by: BY }],
    "withdrawn→contact",
    `withdrawn→officers but ${BY}`,
  );
});

Deno.test("R30 the end is told to everyone", () => {
  calls(completed(), "completion→everyone", "renew 0", "renew certificate");
});

Deno.test("R28 after a renewal the file's next one is awaited", () => {
  calls(
    [...completed(), renewedBy("DocTimeStamp2", hash("certificate"), AT, "certificate")],
    "renew certificate",
  );
});

Deno.test("R34 R35 a contract sent anew is sealed by its sender, and those whom the event names hear of it", () => {
  const facts = { at: AT, by: OFFICER, reason: "誤記", parties: PARTIES, told: [PARTIES[0], PARTIES[1]] };
  const told = `corrected→${PARTIES[0].address}+${PARTIES[1].address}`;
  const draft = { ...DRAFT, documents: [CONTRACT, { ...CONTRACT, sha256: hash("second") }] };
  calls(
    [...asked, { did: "corrected", version: 2, draft, ...facts }],
    "seal 0 Sender",
    "seal 1 Sender",
    told,
    "watch 2026-12-01",
  );
  calls(
    [...asked, { did: "confirmersChanged", form: FORM, ...facts }],
    "seal 0 Sender",
    told,
    "watch 2026-12-01",
  );
});

Deno.test("some events call for nothing", () => {
  const party = "Confirmer2";
  calls([...asked, { did: "viewed", at: AT, party }]);
  calls([...asked, { did: "fileOpened", at: AT, who: BY, as: "officer", file: 0, what: "download" }]);
  const mended = { party, address: "a@vendor.example.jp", form: FORM, reason: "", by: BY };
  calls([...asked, { did: "addressMended", at: AT, ...mended }]);
  calls([...asked, { did: "codeRefused", at: AT, party }]);
  calls([...asked, { did: "codeSet", at: AT, accessCode: null, by: BY }]);
  calls([...wholeSealed(), { did: "certified", at: AT, sha256: hash("c"), size: 1 }]);
});

Deno.test("a word by mail calls for nothing by itself: its answer goes with its commit", () => {
  calls([...asked, { did: "inquired", at: AT, word: "status", by: BY }]);
});
