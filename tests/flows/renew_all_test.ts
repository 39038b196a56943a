import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { plusMs } from "../../lib/domain/instant.ts";
import { type DueEntry, dueKey } from "../../lib/due/due_index.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { eachCase } from "../../lib/flows/each_case.ts";
import { renewAll, type RenewAllOrder } from "../../lib/flows/renew_all.ts";
import type { TimestampAuthority } from "../../lib/signing_ports.ts";
import { demoSettings } from "../../lib/settings/demo_settings.ts";
import { completeSample, type LongService, longService } from "../support/long_service.ts";
import { sendSample } from "../support/sent_case.ts";
import { completed, draftedWith, OPEN } from "../support/sample_case.ts";
import { putCase } from "../support/put_case.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";

const EIGHT_YEARS_ON = "2034-12-01T00:00:00.000Z";
const AFTER_ITS_DAY = "2036-01-01T00:00:00.000Z";

const orderOf = (facts: Partial<RenewAllOrder>): RenewAllOrder => ({
  before: AFTER_ITS_DAY,
  dryRun: false,
  signal: new AbortController().signal,
  ...facts,
});

/** A service eight years on, with two completed cases and one on its way; its worker hears of nothing. */
async function withCases(
  test: (service: LongService, numbers: readonly string[]) => Promise<void>,
  renew = true,
) {
  const settings = { ...demoSettings, timestamp: { ...demoSettings.timestamp, renew } };
  const service = await longService({ overrides: { settings } });
  try {
    const one = await completeSample(service);
    const two = await completeSample(service, ["keiyakusho_buppin.pdf", "keiyakusho_kouji.pdf"], "R8-000002");
    await sendSample(service, undefined, "R8-000003");
    await service.drain();
    service.clock.set(EIGHT_YEARS_ON);
    await test({ ...service, world: { ...service.world, wake() {} } }, [one, two]);
  } finally {
    await service.close();
  }
}

async function renewed({ world }: LongService, numbers: readonly string[]): Promise<number> {
  const histories = await Promise.all(numbers.map((number) => readHistory(world.store, number)));
  return histories.flat().filter(({ event }) => event.did === "renewed").length;
}

async function entries({ world }: LongService): Promise<DueEntry[]> {
  const found: DueEntry[] = [];
  for await (const { value } of world.store.list<DueEntry>({ prefix: ["due"] })) found.push(value);
  return found.filter(({ kind }) => kind === "renew");
}

const NOTHING = { files: 5, renewed: 0, late: 0, notDue: 0, useless: 0, failed: [], whole: true };

Deno.test("every case is gone through once, whatever stands in its history", async () => {
  const store = memoryStore();
  const numbers = Array.from({ length: 60 }, (_, n) => `R8-${String(n).padStart(6, "0")}`);
  for (const [index, number] of numbers.entries()) {
    const [first, ...rest] = index % 2 === 0 ? completed() : draftedWith();
    await putCase(store, [{ ...first, number } as typeof first & object, ...rest]);
  }
  const found = [];
  for await (const { number } of eachCase(store)) found.push(number);
  deepEqual(found.toSorted(), numbers);
  for await (const { number } of eachCase(memoryStore())) equal(number, OPEN.number);
});

Deno.test("R28 what is not due stays as it is; a dry run says what would be done", () =>
  withCases(async (service, numbers) => {
    const { world, outside } = service;
    const { stamps } = outside;
    const { next, ...today } = await renewAll(world, orderOf({ before: EIGHT_YEARS_ON }));
    deepEqual([today, next?.slice(0, 10)], [{ ...NOTHING, notDue: 5 }, "2035-11-22"]);
    const ahead = await renewAll(world, orderOf({ dryRun: true }));
    deepEqual(ahead, { ...NOTHING, renewed: 5, next: null });
    service.clock.set("2037-06-01T00:00:00.000Z");
    deepEqual(await renewAll(world, orderOf({ before: service.clock.now(), dryRun: true })), {
      ...NOTHING,
      renewed: 5,
      late: 5,
      next: null,
    });
    equal(outside.stamps, stamps);
    equal(await renewed(service, numbers), 0);
  }));

Deno.test("R28 begun again, it finds what is left, and renews nothing twice", () =>
  withCases(async (service, numbers) => {
    const { world } = service;
    const ended = new AbortController();
    let stamps = 0;
    const tsa: TimestampAuthority = {
      timestamp: (sha256, signal) => {
        if (++stamps === 2) ended.abort();
        return world.tsa.timestamp(sha256, signal);
      },
    };
    // An order that has ended lets no job go on, as a process that has died.
    const first = await renewAll({ ...world, tsa }, orderOf({ signal: ended.signal }));
    equal(first.whole, false);
    const done = await renewed(service, numbers);
    ok(done < 5, `${done} done`);
    const second = await renewAll(world, orderOf({}));
    deepEqual([second.renewed, second.notDue, second.whole], [5 - done, done, true]);
    equal(second.next?.slice(0, 4), "2043");
    const third = await renewAll(world, orderOf({ before: "2099-01-01T00:00:00.000Z" }));
    deepEqual([third.renewed, third.notDue], [0, 5]);
    equal(await renewed(service, numbers), 5);
  }));

Deno.test("R28 two at once renew each file once", () =>
  withCases(async (service, numbers) => {
    const both = await Promise.all([1, 2].map(() => renewAll(service.world, orderOf({}))));
    equal(both.reduce((sum, report) => sum + report.renewed, 0), 5);
    for (const { files, renewed, notDue } of both) equal(renewed + notDue, files);
    equal(await renewed(service, numbers), 5);
  }));

Deno.test("R28 what gains nothing is left, and what fails is named with its reason", () =>
  withCases(async (service, [one, two]) => {
    const { world, outside, clock } = service;
    clock.set("2033-06-01T00:00:00.000Z");
    const early = await renewAll(world, orderOf({}));
    deepEqual([early.useless, early.renewed], [5, 0], "the authority's certificate is still the same");
    clock.set(EIGHT_YEARS_ON);
    outside.listsOff = true;
    const { failed, ...report } = await renewAll(world, orderOf({}));
    deepEqual(report, { files: 5, renewed: 0, late: 0, notDue: 0, useless: 0, next: null, whole: true });
    const named = failed.map(({ caseNumber, file, code }) => `${caseNumber} ${file} ${code}`);
    deepEqual(
      named.toSorted(),
      [
        `${one} 0 unavailable`,
        `${one} certificate unavailable`,
        `${two} 0 unavailable`,
        `${two} 1 unavailable`,
        `${two} certificate unavailable`,
      ].toSorted(),
    );
  }));

Deno.test("R28 what was completed while renewal was off awaits it from then on", async () => {
  await withCases(async (service) => {
    deepEqual(await entries(service), []);
    await renewAll(service.world, orderOf({ before: EIGHT_YEARS_ON }));
    deepEqual(await entries(service), []);
    const on = { ...service.world, settings: demoSettings };
    for (let runs = 0; runs < 2; runs++) {
      await renewAll(on, orderOf({ before: EIGHT_YEARS_ON }));
      const awaited = await entries(service);
      deepEqual(
        awaited.map(({ at, firstAt }) => [at.slice(0, 10), at === firstAt]),
        awaited.map(() => ["2035-11-22", true]),
      );
      equal(new Set(awaited.map(({ id }) => id)).size, 5);
    }
    const [entry] = await entries(service);
    ok(await on.store.get(dueKey({ ...entry!, at: plusMs(entry!.at, 0) })));
  }, false);
});
