import { strictEqual as equal } from "node:assert/strict";
import type { Opening } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { decide } from "../../lib/domain/decide.ts";
import { DAY_MS, type Instant, plusMs } from "../../lib/domain/instant.ts";
import { MANY_OPENINGS, MOST_OPENINGS } from "../../lib/domain/rules_of_opening.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { caseOf, given } from "../support/given_case.ts";
import { askedWith, completed, draftedWith, minute, OFFICER, opened } from "../support/sample_case.ts";

const AT = minute(100);
const OPENING: Opening = { who: OFFICER.address, as: "officer", file: 0, what: "download" };
const opening = (lastAt: Instant | null = null, change: Partial<Opening> = {}): CaseCommand => ({
  do: "recordOpening",
  at: AT,
  lastAt,
  ...OPENING,
  ...change,
});
const asEvent = { did: "fileOpened", at: AT, ...OPENING } as const;

Deno.test("an opened file is in the history, at any time and after the end too", () => {
  for (const history of [draftedWith(), askedWith(), completed()]) {
    given(history).when(opening()).then(asEvent);
  }
  const ofCertificate = opening(null, { file: "certificate" });
  given(completed()).when(ofCertificate).then({ ...asEvent, file: "certificate" });
  given(askedWith()).when(opening(null, { file: "all" })).then({ ...asEvent, file: "all" });
});

Deno.test("what is not there was not opened", () => {
  given(opened).when(opening(null, { file: "all" })).refuses("no_documents");
  given(askedWith()).when(opening(null, { file: "certificate" })).refuses("no_documents");
  given(askedWith()).when(opening(null, { file: 1 })).refuses("no_documents");
});

Deno.test("the same person and file within 30 minutes counts once", () => {
  given(askedWith()).when(opening(plusMs(AT, -30 * 60_000 + 1))).then();
  given(askedWith()).when(opening(plusMs(AT, -30 * 60_000))).then(asEvent);
});

Deno.test("a history does not outgrow its bounds: the more openings, the rarer the same one counts", () => {
  const before = caseOf([...completed(), asEvent]);
  equal(before.openings, 1);
  const counts = (openings: number, ms: number) => {
    const decision = decide({ ...before, openings }, opening(plusMs(AT, -ms)));
    return "events" in decision ? decision.events.length : null;
  };
  equal(counts(MANY_OPENINGS - 1, 30 * 60_000), 1);
  equal(counts(MANY_OPENINGS, DAY_MS - 1), 0);
  equal(counts(MANY_OPENINGS, DAY_MS), 1);
  equal(counts(MOST_OPENINGS, 30 * DAY_MS - 1), 0);
  equal(counts(MOST_OPENINGS, 30 * DAY_MS), 1);
});

Deno.test("R7 an opening does not change what the officer sends", () => {
  const before = draftedWith();
  equal(summaryDigest(caseOf(before)), summaryDigest(caseOf([...before, asEvent])));
});
