import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { currentParts, currentSha256, currentSize, fileIds, fileOf } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { DAY_MS, epochMs, instantOf, plusMs } from "../../lib/domain/instant.ts";
import { renewalDueAt, renewalStep, strengthEnd } from "../../lib/domain/rules_of_renewal.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  completed,
  CONTRACT,
  executed,
  hash,
  opened,
  renewedBy,
  renewedHash,
  sealedHash,
  wholeSealed,
} from "../support/sample_case.ts";

const AT = "2034-06-01T00:00:00.000Z";
const WHOLE = sealedHash("DocTimeStamp");
const first = renewedBy("DocTimeStamp2", WHOLE, AT);
const second = renewedBy("DocTimeStamp3", renewedHash("DocTimeStamp2", 0), "2043-06-01T00:00:00.000Z");
const ofCertificate = renewedBy("DocTimeStamp2", hash("certificate"), AT, "certificate");
const recording = (event: CaseEvent): CaseCommand => {
  const { did: _, ...facts } = event as Extract<CaseEvent, { did: "renewed" }>;
  return { do: "recordRenewal", ...facts };
};

Deno.test("R28 a completed case's files are renewed, DocTimeStamp2 first, for ever", () => {
  deepEqual(fileIds(caseOf(completed())), [0, "certificate"]);
  given(completed()).when(recording(first)).then(first);
  given([...completed(), first]).when(recording(second)).then(second);
  given([...completed(), first]).when(recording(ofCertificate)).then(ofCertificate);
  const state = caseOf([...completed(), first, second]);
  equal(renewalStep(state, 0), "DocTimeStamp4");
  equal(renewalStep(state, "certificate"), "DocTimeStamp2");
  equal(state.phase, "completed");
});

Deno.test("R28 nothing is renewed before the case is completed, and no file that it has not", () => {
  for (const history of [opened, executed(), wholeSealed()]) {
    equal(renewalStep(caseOf(history), 0), null);
    given(history).when(recording(first)).refuses("not_awaited");
  }
  equal(renewalStep(caseOf(completed()), 1), null);
  given(completed()).when(recording(renewedBy("DocTimeStamp2", WHOLE, AT, 1))).refuses("not_awaited");
});

Deno.test("R28 a renewal of another version of the file, or done already, counts for nothing", () => {
  given(completed()).when(recording(renewedBy("DocTimeStamp2", hash("other"), AT))).refuses("not_awaited");
  given(completed()).when(recording(second)).refuses("not_awaited");
  given([...completed(), first]).when(recording(first)).refuses("not_awaited");
});

Deno.test("R28 a renewed file is what it was and one tail more, however often it is renewed", () => {
  const before = fileOf(caseOf(completed()), 0)!;
  for (const history of [[first], [first, second]]) {
    const file = fileOf(caseOf([...completed(), ...history]), 0)!;
    const last = history.at(-1) as Extract<CaseEvent, { did: "renewed" }>;
    equal(currentSha256(file), last.sha256);
    equal(currentSize(file), currentSize(before) + 14_000);
    deepEqual(currentParts(file), [...currentParts(before), last.blob]);
  }
  const certificate = fileOf(caseOf([...completed(), ofCertificate]), "certificate")!;
  deepEqual(currentParts(certificate), [hash("certificate"), hash("renewals certificate DocTimeStamp2")]);
  equal(currentSize(certificate), 214_000);
});

Deno.test("cases of the time before renewals are as they were", () => {
  const state = caseOf(completed());
  deepEqual(state.certificate, { sha256: hash("certificate"), size: 200_000 });
  deepEqual(
    Object.keys(state.draft!.documents[0]!).toSorted(),
    [...Object.keys(CONTRACT), "tails"].toSorted(),
  );
});

Deno.test("the fold never judges: a renewal of what is not there changes only the chain", () => {
  const state = caseOf([...opened, first, ofCertificate]);
  deepEqual([state.draft, state.certificate, state.length], [null, null, 3]);
});

Deno.test("R28 a timestamp is renewed a year before it loses its strength", () => {
  const life = { at: "2026-11-24T00:00:00.000Z", endsAt: "2036-06-01T00:00:00.000Z" };
  equal(strengthEnd(life, 10), life.endsAt);
  equal(renewalDueAt(life, 10), "2035-06-02T00:00:00.000Z"); // 2036 has a day more.
  const long = { ...life, endsAt: "2049-12-31T00:00:00.000Z" };
  equal(strengthEnd(long, 10), "2036-11-21T00:00:00.000Z");
  equal(renewalDueAt(long, 10), "2035-11-22T00:00:00.000Z");
});

Deno.test("R28 with a short life a third of it is left, and none that is over is put off", () => {
  const life = { at: "2026-01-01T00:00:00.000Z", endsAt: "2026-04-01T00:00:00.000Z" };
  equal(renewalDueAt(life, 10), "2026-03-02T00:00:00.000Z");
  equal(renewalDueAt({ at: AT, endsAt: life.endsAt }, 10), life.endsAt);
});

Deno.test("R28 a renewal is always due after the timestamp and before its end, at most a year before", () => {
  const lives = fc.record({
    at: fc.integer({ min: 0, max: 4e12 }).map(instantOf),
    lifeMs: fc.integer({ min: 3, max: 20 * 365 * DAY_MS }),
    years: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(fc.property(lives, ({ at, lifeMs, years }) => {
    const life = { at, endsAt: plusMs(at, lifeMs) };
    const due = renewalDueAt(life, years);
    const end = strengthEnd(life, years);
    ok(at < due && due < end && end <= life.endsAt);
    ok(epochMs(end) - epochMs(due) <= 365 * DAY_MS);
  }));
});
