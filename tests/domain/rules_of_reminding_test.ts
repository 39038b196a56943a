import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { partyOf } from "../../lib/domain/case.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { type Day, type Instant, plusMs } from "../../lib/domain/instant.ts";
import { remindable, reminderTimes } from "../../lib/domain/rules_of_reminding.ts";
import { caseOf, given } from "../support/given_case.ts";
import {
  agreedBy,
  askedWith,
  FIRST_LINK_END,
  minute,
  OFFICER,
  opened,
  requestedOf,
  sealedBy,
  sentWith,
} from "../support/sample_case.ts";

const weekday = (day: Day): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() % 6 !== 0;
const jst = (text: string): Instant => plusMs(`${text.replace(" ", "T")}:00.000Z`, -9 * 3_600_000);
const party = "Confirmer2";
const remind = (at: Instant, facts: Partial<CaseCommand & { do: "remind" }> = {}): CaseCommand => ({
  do: "remind",
  at,
  party,
  issue: 1,
  why: ["contract_tomorrow"],
  ...facts,
});
const reminded = (at: Instant): CaseEvent => ({
  did: "reminded",
  at,
  party,
  issue: 1,
  why: ["contract_tomorrow"],
});
const timesOf = (events: readonly CaseEvent[], id = party) => {
  const state = caseOf(events);
  return reminderTimes(state, partyOf(state, id)!, weekday).map(({ why, at }) => [why, at]);
};

Deno.test("R32 reminders come 3 days and 1 day before 契約日, and with 3 days of the link's life left", () => {
  // Handed over on Tuesday 24 November 10:31, so the link ends on Friday 4 December; 契約日 is Tuesday 1 December.
  deepEqual(timesOf(askedWith()), [
    ["contract_in_three_days", jst("2026-11-30 09:00")],
    ["contract_tomorrow", jst("2026-11-30 09:00")],
    ["link_ends", jst("2026-12-01 10:31")],
  ]);
});

Deno.test("R32 a request that goes when its reason has come needs no reminder of it that day", () => {
  deepEqual(timesOf(askedWith({ contractDate: "2026-11-25" })), [["link_ends", jst("2026-12-01 10:31")]]);
  deepEqual(timesOf([...sentWith(), sealedBy("Sender", null, minute(21))]), []);
});

Deno.test("the fold never judges: a contract sent without a draft has only its link to be reminded of", () => {
  const history = [...opened, ...sentWith().slice(-1), ...requestedOf(party, minute(30))];
  deepEqual(timesOf(history), [["link_ends", jst("2026-12-01 10:31")]]);
});

Deno.test("R32 what was told of is not told of again", () => {
  const history = [...askedWith(), reminded(jst("2026-11-30 09:05"))];
  deepEqual(timesOf(history), [["link_ends", jst("2026-12-01 10:31")]]);
  deepEqual(timesOf([...history, reminded(jst("2026-12-01 10:31"))]), []);
});

Deno.test("R33 a fresh request has its own reminders, without those of days that have passed", () => {
  const resent = [
    ...askedWith(),
    reminded(jst("2026-11-30 09:05")),
    ...requestedOf(party, jst("2026-11-30 11:00"), 2),
  ];
  deepEqual(timesOf(resent), [["link_ends", jst("2026-12-07 11:01")]]);
});

Deno.test("R32 a reminder is one event a day, while the request waits", () => {
  const at = jst("2026-11-30 09:00");
  given(askedWith()).when(remind(at)).then(reminded(at));
  given([...askedWith(), reminded(at)]).when(remind(plusMs(at, 3_600_000))).then();
  given([...askedWith(), reminded(at)]).when(remind(plusMs(at, 86_400_000))).does("reminded");
  given(askedWith()).when(remind(at, { why: [] })).then();
});

Deno.test("R32 nobody is reminded who has agreed, is not awaited, cannot be reached, or may not act", () => {
  const at = jst("2026-11-30 09:00");
  const by = OFFICER.address;
  const without: CaseEvent[][] = [
    [...askedWith(), agreedBy(party, "Sender", minute(40))],
    [...askedWith(), { did: "bounced", at: minute(40), party, issue: 1, why: "550" }],
    [...askedWith(), { did: "codeLocked", at: minute(40), party }],
    [...askedWith(), { did: "declined", at: minute(40), party, reason: "x" }],
    [...askedWith(), { did: "withdrawn", at: minute(40), reason: "x", by }],
    [...askedWith(), ...requestedOf(party, minute(40), 2)],
    askedWith({ contractDate: "2026-11-29" }),
    sentWith(),
  ];
  for (const history of without) given(history).when(remind(at)).then();
  given(askedWith()).when(remind(at, { party: "Confirmer1" })).then();
  given(askedWith()).when(remind(FIRST_LINK_END)).then();
});

Deno.test("R32 a party is remindable until just before its link ends", () => {
  const reopened: CaseEvent = {
    did: "reopened",
    at: jst("2026-12-02 09:00"),
    reason: "x",
    by: OFFICER.address,
  };
  const state = caseOf([...askedWith(), reopened]);
  equal(remindable(state, party, 1, plusMs(FIRST_LINK_END, -1))?.id, party);
  equal(remindable(state, party, 1, FIRST_LINK_END), null);
});

Deno.test("R32 契約日 closes at 24:00 in Japan, to the millisecond; what is reopened goes on", () => {
  const end = jst("2026-12-02 00:00");
  const agree = (at: Instant): CaseCommand => {
    const event = agreedBy(party, "Sender", at) as Extract<CaseEvent, { did: "agreed" }>;
    const { documents } = event;
    return { do: "agree", at, party, issue: 1, authentication: "mail", documents };
  };
  equal(end, "2026-12-01T15:00:00.000Z");
  given(askedWith()).when(agree(plusMs(end, -1))).does("agreed");
  given(askedWith()).when(agree(end)).refuses("agreement_closed");
  given(askedWith()).when(agree(plusMs(end, 1))).refuses("agreement_closed");
  const reopened: CaseEvent = { did: "reopened", at: end, reason: "x", by: OFFICER.address };
  given([...askedWith(), reopened]).when(agree(end)).does("agreed");
});

Deno.test("R19 a link is dead at its end, to the millisecond", () => {
  const history = askedWith({ contractDate: "2026-12-31" });
  const view = (at: Instant): CaseCommand => ({ do: "view", at, party, issue: 1 });
  given(history).when(view(plusMs(FIRST_LINK_END, -1))).does("viewed");
  given(history).when(view(FIRST_LINK_END)).refuses("link_expired");
});
