/** What a service counts: mails, letters, seals, authorities; and how it stands. */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { plusMs } from "../../lib/domain/instant.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import type { DueHandler } from "../../lib/due/due_worker.ts";
import { outboxKey } from "../../lib/flows/outbox.ts";
import { ServiceMeters } from "../../lib/flows/service_meters.ts";
import { standingFigures } from "../../lib/flows/standing_figures.ts";
import { exposition } from "../../lib/metrics/exposition.ts";
import { PortError } from "../../lib/ports.ts";
import { devTrust } from "../support/dev_trust.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { REFUSED } from "../support/letter_request.ts";
import { paperWorld } from "../support/paper_world.ts";
import { readExposition } from "../support/read_exposition.ts";
import { opened } from "../support/sample_case.ts";

const AT = "2026-12-01T00:00:00.000Z";
const DONE: DueHandler = () => Promise.resolve({ done: true });
const down = new PortError("timeout", "Cannot ask: nobody answers", { retryable: true });
const FAILS: DueHandler = () => Promise.reject(down);
const { signal } = new AbortController();

const entryOf = (kind: string, payload: unknown, facts: Partial<DueEntry> = {}): DueEntry => ({
  id: `${kind}/1`,
  at: AT,
  firstAt: AT,
  kind,
  subject: "",
  payload,
  attempts: 0,
  ...facts,
});

/** Meters by a stopwatch that goes on half a second with every look. */
function halfSeconds() {
  let seconds = 0;
  const meters = new ServiceMeters(() => seconds += 0.5);
  const values = () => readExposition(exposition(meters.all().map((meter) => meter.family()))).values;
  return { meters, values };
}

Deno.test("mails are counted by their fate, once read", async () => {
  const { world, post } = paperWorld();
  const { meters, values } = halfSeconds();
  const { mail } = meters.aroundHandlers(world, { mail: DONE });
  const automatic = await post({ from: "someone@example.com", subject: "ヘルプ", text: "ヘルプ" });
  await mail?.(entryOf("mail", { id: automatic.id }), signal);
  equal(values().get(`warifu_mails_in_total{fate="${automatic.fate}"}`), 1);
  equal(values().get('warifu_due_work_seconds_count{kind="mail",outcome="done"}'), 1);
  equal(values().get('warifu_due_work_seconds_sum{kind="mail",outcome="done"}'), 0.5);
});

Deno.test("letters are counted by kind and by what came of them", async () => {
  const { world } = paperWorld();
  const { meters, values } = halfSeconds();
  const put = (id: string, fate: object) => world.store.commit({ sets: [[outboxKey(id), fate]] });
  await put("taken", { handedOverAt: AT, undelivered: false });
  await put("refused", { handedOverAt: null, undelivered: true });
  const { letter } = meters.aroundHandlers(world, { letter: DONE });
  for (const id of ["taken", "refused", "gone"]) {
    await letter?.(entryOf("letter", { letter: "request" }, { id }), signal);
  }
  const failing = meters.aroundHandlers(world, { letter: FAILS });
  await rejects(async () => await failing.letter?.(entryOf("letter", { letter: "request" }), signal), down);
  const outcomes = ["handed_over", "undeliverable", "not_needed", "failed_for_now"];
  const counts = outcomes.map((outcome) =>
    values().get(`warifu_letters_out_total{kind="request",outcome="${outcome}"}`)
  );
  deepEqual(counts, [1, 1, 1, 1]);
});

Deno.test("a store that fails after the work does not undo it", async () => {
  const { world } = paperWorld();
  const { meters, values } = halfSeconds();
  const store = { ...world.store, get: () => Promise.reject(down) };
  const { letter } = meters.aroundHandlers({ store }, { letter: DONE });
  deepEqual(await letter?.(entryOf("letter", { letter: "request" }), signal), { done: true });
  equal(values().get('warifu_due_work_seconds_count{kind="letter",outcome="done"}'), 1);
});

Deno.test("seals are timed by step, those of parties together", async () => {
  const { world } = paperWorld();
  const { meters, values } = halfSeconds();
  const { seal } = meters.aroundHandlers(world, { seal: DONE });
  for (const step of ["Confirmer1", "Confirmer2", "DSS"]) {
    await seal?.(entryOf("seal", { document: 0, step }), signal);
  }
  equal(values().get('warifu_seal_seconds_count{step="Party",outcome="done"}'), 2);
  equal(values().get('warifu_seal_seconds_bucket{step="DSS",outcome="done",le="0.25"}'), 0);
  equal(values().get('warifu_seal_seconds_bucket{step="DSS",outcome="done",le="0.5"}'), 1);
});

Deno.test("authorities that fail are counted by the fault, and what they say goes through", async () => {
  const { world } = paperWorld();
  const { meters, values } = halfSeconds();
  const token = new Uint8Array([1]);
  let up = true;
  const metered = meters.around({
    ...world,
    tsa: { timestamp: () => up ? Promise.resolve(token) : Promise.reject(down) },
    revocation: { revocationFor: () => Promise.reject(new Error("broken")) },
  });
  equal(await metered.tsa.timestamp(new Uint8Array(32)), token);
  up = false;
  await rejects(() => metered.tsa.timestamp(new Uint8Array(32)), down);
  await rejects(() => metered.revocation.revocationFor([]), /broken/);
  equal(values().get('warifu_authority_answers_total{authority="tsa",outcome="answered"}'), 1);
  equal(values().get('warifu_authority_answers_total{authority="tsa",outcome="timeout"}'), 1);
  equal(values().get('warifu_authority_answers_total{authority="revocation",outcome="failed"}'), 1);
});

Deno.test("lines of the log are counted by event, and written as before", () => {
  const { world } = paperWorld();
  const { meters, values } = halfSeconds();
  const written: unknown[][] = [];
  const note = (...line: unknown[]) => void written.push(line);
  const { log } = meters.around({ ...world, log: { info: note, warn: note, error: note } });
  log.info("case_opened", { case: "R8-000001" });
  log.warn("due_failed");
  log.error("due_failed", down, { kind: "seal" });
  deepEqual(written, [["case_opened", { case: "R8-000001" }], ["due_failed", undefined], [
    "due_failed",
    down,
    {
      kind: "seal",
    },
  ]]);
  const count = (level: string, event: string) =>
    values().get(`warifu_log_events_total{level="${level}",event="${event}"}`);
  deepEqual([count("info", "case_opened"), count("warn", "due_failed"), count("error", "due_failed")], [
    1,
    1,
    1,
  ]);
});

Deno.test("a letter that can't be delivered is counted once", async () => {
  const { meters, values } = halfSeconds();
  const desk = letterDesk();
  await desk.put(opened);
  desk.fault = () => REFUSED;
  const world = meters.around(desk.world);
  const receipt = desk.entry("receipt", "jimu@vendor.example.jp", { seq: 0 });
  for (let times = 0; times < 2; times++) await desk.postIn(world, receipt);
  equal(values().get('warifu_log_events_total{level="info",event="letter_reported_undeliverable"}'), 1);
});

Deno.test("how the service stands: what is due, late letters, certificates, renewals", async () => {
  const { world, clock } = paperWorld();
  const pki = await devTrust();
  clock.set(AT);
  const ago = (ms: number) => plusMs(AT, -ms);
  const entries: (DueEntry & { leased?: true })[] = [
    entryOf("expire", {}, { id: "future", at: plusMs(AT, 60_000), firstAt: plusMs(AT, 60_000) }),
    entryOf("seal", {}, { id: "old", at: ago(90_000), firstAt: ago(90_000) }),
    entryOf("seal", {}, { id: "resting", at: plusMs(AT, 9_000), firstAt: ago(30_000), attempts: 3 }),
    { ...entryOf("seal", {}, { id: "taken", at: plusMs(AT, 300_000), firstAt: ago(1_000) }), leased: true },
    entryOf("letter", {}, { id: "fresh", at: ago(60_000), firstAt: ago(60_000) }),
    entryOf("letter", {}, { id: "late", at: ago(60_000), firstAt: ago(3_600_000) }),
    entryOf("letter", {}, { id: "unsure", at: ago(60_000), firstAt: ago(3_600_000) }),
  ];
  await world.store.commit({ sets: entries.flatMap(dueSets) });
  await world.store.commit({ sets: [[outboxKey("unsure"), { unsureSince: AT }], [outboxKey("late"), {}]] });
  await world.store.commit({ sets: [[["renewal", "late", "R8-000001", 0], AT]] });
  const text = exposition(await standingFigures({ ...world, signer: pki.signer }, []));
  const { values } = readExposition(text);
  const due = (kind: string, state: string) =>
    values.get(`warifu_due_entries{kind="${kind}",state="${state}"}`);
  deepEqual(["waiting", "overdue", "leased"].map((state) => due("seal", state)), [0, 2, 1]);
  equal(due("expire", "waiting"), 1);
  equal(due("renew", "overdue"), 0);
  equal(values.get('warifu_due_oldest_seconds{kind="seal"}'), 90);
  equal(values.get('warifu_due_oldest_seconds{kind="expire"}'), 0);
  equal(values.get("warifu_due_entries_cut"), 0);
  equal(values.get("warifu_letters_late"), 2);
  equal(values.get("warifu_letters_unsure"), 1);
  equal(values.get("warifu_renewals_late"), 1);
  ok((values.get('warifu_certificate_days_left{part="signer"}') ?? 0) > 60);
  ok(!text.includes("R8-") && !text.includes("@"));
});
