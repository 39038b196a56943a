import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { act } from "../../lib/flows/act.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { letterFor } from "../../lib/flows/letter_facts.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { stillApplies, waitsUntil } from "../../lib/flows/still_applies.ts";
import { jst } from "../support/pass_time.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { agreedBy, askedWith, FIRST_LINK_END, minute, OFFICER } from "../support/sample_case.ts";

const party = "Confirmer2";
const NEVER = new AbortController().signal;

/** A case on paper, and its handlers. */
async function desk(events: readonly CaseEvent[]) {
  const paper = paperWorld();
  const { world, clock } = paper;
  const number = await putCase(world.store, events);
  await reindex(world.store, world.keys);
  return {
    ...paper,
    number,
    /** Lets an entry fall due; what the handler says. */
    async fire(kind: string, payload: unknown, at: Instant) {
      clock.set(at);
      const entry: DueEntry = { id: kind, at, firstAt: at, kind, subject: number, payload, attempts: 0 };
      return await handlersOf(world)[kind]!(entry, NEVER);
    },
    letters: async () => (await paper.orders()).map(({ letter, to }) => [letter, to]),
  };
}

Deno.test("R32 a reminder waits for business time, goes once a day, and comes back for what is left", async () => {
  const { fire, letters, number, state } = await desk(askedWith());
  const order = { party, issue: 1 };
  deepEqual(await fire("remind", order, jst("2026-11-29 12:00")), { again: jst("2026-11-30 09:00") });
  deepEqual(await letters(), []);
  const next = { again: jst("2026-12-01 10:31") };
  deepEqual(await fire("remind", order, jst("2026-11-30 09:00")), next);
  // The process ended before its entry was put back.
  deepEqual(await fire("remind", order, jst("2026-11-30 09:01")), next);
  deepEqual(await letters(), [["reminder", "jiro@vendor.example.jp"]]);
  equal((await state(number)).parties[0]?.remindedAt, jst("2026-11-30 09:00"));
  deepEqual(await fire("remind", order, jst("2026-12-01 10:31")), { done: true });
  equal((await letters()).length, 2);
});

Deno.test("R32 an entry that no longer applies does nothing", async () => {
  const agreed = [...askedWith(), agreedBy(party, "Sender", minute(40))];
  const { fire, letters } = await desk(agreed);
  const at = jst("2026-11-30 09:00");
  deepEqual(await fire("remind", { party, issue: 1 }, at), { done: true });
  deepEqual(await fire("contract-day", { day: "2026-12-09" }, at), { done: true });
  const withdrawn = { did: "withdrawn", at: minute(41), reason: "x", by: OFFICER.address } as const;
  const over = await desk([...agreed, withdrawn]);
  deepEqual(await over.fire("contract-day", { day: "2026-12-01" }, at), { done: true });
  deepEqual(await over.fire("idle", {}, at), { done: true });
  deepEqual([...await letters(), ...await over.letters()], []);
});

Deno.test("R32 契約日 is told of on its morning and after its end, each once", async () => {
  const { fire, letters } = await desk(askedWith());
  const day = { day: "2026-12-01" };
  deepEqual(await fire("contract-day", day, jst("2026-12-01 08:00")), { again: jst("2026-12-01 09:00") });
  for (let n = 0; n < 2; n++) {
    deepEqual(await fire("contract-day", day, jst("2026-12-01 09:00")), { again: jst("2026-12-02 09:00") });
  }
  deepEqual(await letters(), [["reminder", OFFICER.address]]);
  for (let n = 0; n < 2; n++) {
    deepEqual(await fire("contract-day", day, jst("2026-12-02 09:00")), { done: true });
  }
  deepEqual(await letters(), [["expired", OFFICER.address], ["reminder", OFFICER.address]]);
});

Deno.test("R32 a standstill is told of after five business days, and anew only when something has moved", async () => {
  const { fire, letters, world, number, clock } = await desk(askedWith());
  const due = jst("2026-12-01 10:31");
  deepEqual(await fire("idle", {}, plusMs(due, -60_000)), { again: due });
  deepEqual(await fire("idle", {}, due), { again: jst("2026-12-08 10:31") });
  deepEqual(await fire("idle", {}, jst("2026-12-08 10:31")), { again: jst("2026-12-15 10:31") });
  equal(new Set((await letters()).map(String)).size, 1);
  clock.set(jst("2026-12-09 12:00"));
  ok("state" in await act(world, number, { do: "requestLink", at: clock.now(), party }));
  deepEqual(await fire("idle", {}, jst("2026-12-15 10:31")), { again: jst("2026-12-16 12:00") });
});

Deno.test("R32 a reminder that was written goes only while it is needed, and in business time", async () => {
  const { world, clock } = await desk(askedWith());
  clock.set(jst("2026-11-30 09:00"));
  const record = {
    id: "x",
    to: "jiro@vendor.example.jp",
    caseNumber: "R8-000123",
    party,
    issue: 1,
    messageId: "x",
    letter: { blob: "" },
    links: [],
    writtenAt: jst("2026-11-30 09:00"),
    statedAt: jst("2026-11-30 09:00"),
    handedOverAt: null,
    undelivered: false,
  } as const;
  ok(await stillApplies(world, { ...record, kind: "reminder" }));
  ok(!await stillApplies(world, { ...record, kind: "reminder", issue: 2 }));
  ok(await stillApplies(world, { ...record, kind: "digest" }));
  equal(waitsUntil(world, "reminder"), null);
  clock.set(jst("2026-12-01 18:00"));
  ok(!await stillApplies(world, { ...record, kind: "digest" }));
  equal(waitsUntil(world, "reminder"), jst("2026-12-02 09:00"));
  equal(waitsUntil(world, "request"), null);
  clock.set(FIRST_LINK_END);
  ok(!await stillApplies(world, { ...record, kind: "reminder" }));
});

Deno.test("R32 what an officer is to be told is judged again when the letter is written", async () => {
  const { world, number, clock } = await desk(askedWith());
  const to = OFFICER.address;
  const order = { to, seq: null, party: null } as const;
  const written = (letter: "reminder" | "expired", about: { closing: string } | { closed: string }) =>
    letterFor(world, { ...order, letter, about }, number);
  clock.set(jst("2026-12-01 09:00"));
  match((await written("reminder", { closing: "2026-12-01" }))!.letter.text, /本日が契約日ですが/);
  equal(await written("reminder", { closing: "2026-12-09" }), null);
  clock.set(jst("2026-12-02 09:00"));
  equal(await written("reminder", { closing: "2026-12-01" }), null);
  match((await written("expired", { closed: "2026-12-01" }))!.letter.text, /受付を終了しました/);
  const idle = { idleSince: minute(31) };
  match(
    (await letterFor(world, { ...order, letter: "reminder", about: idle }, number))!.letter.text,
    /6営業日/,
  );
  await act(world, number, { do: "requestLink", at: clock.now(), party });
  equal(await letterFor(world, { ...order, letter: "reminder", about: idle }, number), null);
});
