import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import {
  allSealed,
  CERTIFICATE_STEP,
  currentParts,
  currentSha256,
  currentSize,
  partyOf,
  sealSteps,
} from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { dueStep } from "../../lib/domain/rules_of_sealing.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  agreedBy,
  approverAsked,
  askedWith,
  completed,
  CONTRACT,
  draftedWith,
  executed,
  hash,
  minute,
  OFFICER,
  opened,
  recordSeal,
  requestedOf,
  sealedBy,
  sealedHash,
  sentWith,
  wholeSealed,
} from "../support/sample_case.ts";

const AT = minute(70);
const twoDocuments = { documents: [CONTRACT, { ...CONTRACT, name: "覚書.pdf" }] };
const withdrawal: CaseEvent = { did: "withdrawn", at: AT, reason: "中止", by: OFFICER.address };
const agreed = [...askedWith(), agreedBy("Confirmer2", "Sender", minute(40))];
const certify = { do: "certify", at: AT, sha256: hash("certificate"), size: 200_000 } as const;

Deno.test("R25 R26 the seals of a case, in order", () => {
  deepEqual(sealSteps(caseOf(sentWith())), [
    "Sender",
    "Confirmer2",
    "Confirmer1",
    "Approver1",
    "Conclusion",
    "DSS",
    "DocTimeStamp",
  ]);
});

Deno.test("R25 each seal is due only when its act has happened", () => {
  const due = (history: readonly CaseEvent[]) => dueStep(caseOf(history), 0);
  equal(due(opened), null);
  equal(due(draftedWith()), null);
  equal(due(sentWith()), "Sender");
  equal(due(askedWith()), null);
  equal(due(agreed), "Confirmer2");
  equal(due(executed()), "Approver1");
  equal(due([...executed(), sealedBy("Approver1", "Confirmer1", AT)]), "Conclusion");
  equal(due(wholeSealed().slice(0, -1)), "DocTimeStamp");
  equal(due(wholeSealed()), null);
  equal(due([...wholeSealed().slice(0, -1), { did: "completed", at: AT }]), null);
  equal(dueStep(caseOf(sentWith()), 1), null);
});

Deno.test("R35 nothing is sealed for a contract that was withdrawn", () => {
  equal(dueStep(caseOf([...sentWith(), withdrawal]), 0), null);
  equal(dueStep(caseOf([...agreed, withdrawal]), 0), null);
  given([...agreed, withdrawal]).when(recordSeal("Confirmer2", "Sender", AT)).refuses("not_awaited");
});

Deno.test("R27 the sender's seal asks the first party, each agreement's seal the next", () => {
  given(sentWith()).when(recordSeal("Sender", null, AT)).then(
    sealedBy("Sender", null, AT),
    { did: "requested", at: AT, party: "Confirmer2", issue: 1, by: "service" },
  );
  given(agreed).when(recordSeal("Confirmer2", "Sender", AT)).does("sealed", "requested");
  given(executed()).when(recordSeal("Approver1", "Confirmer1", AT)).does("sealed");
});

Deno.test("R27 the next request goes out only when all documents carry the seal", () => {
  const history = sentWith(twoDocuments);
  given(history).when(recordSeal("Sender", null, AT)).does("sealed");
  const first = given(history).when(recordSeal("Sender", null, AT)).events();
  given(first).when(recordSeal("Sender", null, AT, 1)).does("sealed", "requested");
});

Deno.test("R27 no step is done twice: the second result of a job is refused", () => {
  given(askedWith()).when(recordSeal("Sender", null, AT)).refuses("not_awaited");
  given(agreed).when(recordSeal("Confirmer1", "Confirmer2", AT)).refuses("not_awaited");
  given(agreed).when({ ...recordSeal("Confirmer2", "Sender", AT), previousSha256: hash("other") } as never)
    .refuses("not_awaited");
  given(agreed).when(recordSeal("Confirmer2", "Sender", AT, 1)).refuses("not_awaited");
});

Deno.test("a document is its base and its tails", () => {
  const [file] = caseOf(askedWith()).draft!.documents;
  equal(currentSha256(file!), sealedHash("Sender"));
  equal(currentSize(file!), 111_000);
  deepEqual(currentParts(file!), [CONTRACT.sha256, hash("tail 0 Sender")]);
  equal(allSealed(caseOf(askedWith()), "Sender"), true);
  equal(allSealed(caseOf(askedWith()), "Conclusion"), false);
  equal(allSealed(caseOf(opened), "Sender"), false);
  equal(partyOf(caseOf(askedWith()), "Approver1")?.name, "会計 花子");
});

Deno.test("R27 the officer hears once that a seal is late, and only while it is due", () => {
  const report = { do: "reportDelay", at: AT, step: "Confirmer2" } as const;
  given(agreed).when(report).then({ did: "sealingDelayed", at: AT, step: "Confirmer2" });
  const told = given(agreed).when(report).events();
  given(told).when(report).then();
  given(askedWith()).when(report).then();
  given(opened).when(report).then();
  const later = [...told, sealedBy("Confirmer2", "Sender", AT), ...requestedOf("Confirmer1", AT)];
  const certificate = { ...report, cause: "certificate" } as const;
  const worse = given(told).when(certificate).events();
  given(told).when(certificate).then({
    did: "sealingDelayed",
    at: AT,
    step: "Confirmer2",
    cause: "certificate",
  });
  given(worse).when(certificate).then();
  given(worse).when(report).then();
  equal(caseOf(worse).delayedCause, "certificate");
  equal(caseOf(told).delayedCause, null);
  equal(caseOf(told).delayedStep, "Confirmer2");
  equal(caseOf(later).delayedStep, null);
  equal(caseOf([...worse, ...later.slice(told.length)]).delayedCause, null);
});

Deno.test("R31 the certificate closes the case once every document is whole", () => {
  given(wholeSealed()).when(certify).then(
    { did: "certified", at: AT, sha256: hash("certificate"), size: 200_000 },
    { did: "completed", at: AT },
  );
  given(completed()).when(certify).then();
  given(executed()).when(certify).refuses("not_sealed_yet");
  given(approverAsked()).when(certify).refuses("not_sealed_yet");
  const state = caseOf(completed());
  equal(state.phase, "completed");
  equal(state.completedAt, minute(65));
  deepEqual(state.certificate, { sha256: hash("certificate"), size: 200_000 });
});

Deno.test("R31 the officer hears once that the certificate is late, and only while it is due", () => {
  const report = { do: "reportDelay", at: AT, step: CERTIFICATE_STEP } as const;
  given(executed()).when(report).then();
  given(completed()).when(report).then();
  const told = given(wholeSealed()).when(report).events();
  given(wholeSealed()).when(report).then({ did: "sealingDelayed", at: AT, step: CERTIFICATE_STEP });
  given(told).when(report).then();
  equal(caseOf(told).delayedStep, CERTIFICATE_STEP);
  const worse = given(told).when({ ...report, cause: "certificate" }).events();
  equal(caseOf(worse).delayedCause, "certificate");
  const after = caseOf(given(worse).when(certify).events());
  deepEqual([after.phase, after.delayedStep, after.delayedCause], ["completed", null, null]);
});

Deno.test("the fold never judges: a seal of no draft changes only the chain", () => {
  const state = caseOf([...opened, sealedBy("Sender", null, AT)]);
  equal(state.draft, null);
  equal(state.length, 2);
});
