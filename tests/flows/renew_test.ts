import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { currentSha256, fileIds, fileOf } from "../../lib/domain/case.ts";
import { DAY_MS, plusMs } from "../../lib/domain/instant.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { executedFiles } from "../../lib/flows/documents.ts";
import { executedCase } from "../../lib/flows/executed_index.ts";
import { countLate } from "../../lib/flows/late_renewals.ts";
import { readiness } from "../../lib/flows/readiness.ts";
import type { RenewalOrder } from "../../lib/flows/orders.ts";
import { renew, renewFile } from "../../lib/flows/renew.ts";
import { openDocument } from "../../lib/flows/seal.ts";
import { verifyUpload } from "../../lib/flows/verify_upload.ts";
import type { World } from "../../lib/flows/world.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { demoSettings } from "../../lib/settings/demo_settings.ts";
import {
  caseIn,
  completeSample,
  FIRST_UNIT_ENDS,
  type LongService,
  longService,
} from "../support/long_service.ts";

const DUE = "2035-11-22T02:00:00.000Z";
const { timestamp } = demoSettings;

async function entries({ world }: LongService): Promise<DueEntry[]> {
  const found: DueEntry[] = [];
  for await (const { value } of world.store.list<DueEntry>({ prefix: ["due"] })) found.push(value);
  return found.filter(({ kind }) => kind === "renew");
}

const renewedIn = async ({ world }: LongService, number: string) =>
  (await readHistory(world.store, number)).flatMap(({ event }) =>
    event.did === "renewed" ? [`${event.file} ${event.step}`] : []
  );

async function during<T>(service: LongService, test: (service: LongService) => Promise<T>): Promise<T> {
  try {
    return await test(service);
  } finally {
    await service.close();
  }
}

Deno.test("R28 a completed case awaits its files' renewals: the files say when", async () =>
  during(await longService(), async (service) => {
    const number = await completeSample(service);
    const awaited = await entries(service);
    deepEqual(awaited.map(({ id }) => id.split("/").slice(1, 3).join(" ")).toSorted(), [
      "renew 0",
      "renew certificate",
    ]);
    for (const { at, firstAt, attempts, subject } of awaited) {
      equal(at.slice(0, 10), DUE.slice(0, 10));
      deepEqual([firstAt, attempts, subject], [at, 0, number]);
    }
    deepEqual(await renewedIn(service, number), []);
  }));

Deno.test("R28 renewed files are the newest, on record like all before, and each is renewed once", async () =>
  during(await longService(), async (service) => {
    const { world, clock, drain } = service;
    const number = await completeSample(service);
    const before = await caseIn(world.store, number);
    clock.set(DUE);
    await drain();
    deepEqual((await renewedIn(service, number)).toSorted(), [
      "0 DocTimeStamp2",
      "certificate DocTimeStamp2",
    ]);
    deepEqual((await entries(service)).map(({ at }) => at.slice(0, 4)), ["2044", "2044"]);
    const after = await caseIn(world.store, number);
    for (const [index, id] of fileIds(after).entries()) {
      const [old, file] = [fileOf(before, id)!, fileOf(after, id)!];
      deepEqual(executedFiles(after)[index]?.parts.slice(0, -1), executedFiles(before)[index]?.parts);
      deepEqual(await executedCase(world.store, currentSha256(old)), { caseNumber: number, current: false });
      deepEqual(await executedCase(world.store, currentSha256(file)), { caseNumber: number, current: true });
      const source = await openDocument(world.blobs, file);
      const { report, onRecord, renewedSince } = await verifyUpload(world, source, currentSha256(file));
      source.close();
      deepEqual([report.verdict, onRecord, renewedSince], ["valid", true, false]);
      equal(report.revisions.at(-1)?.field, "DocTimeStamp2");
      const first = await openDocument(world.blobs, old);
      deepEqual((await verifyUpload(world, first, currentSha256(old))).renewedSince, true);
      first.close();
    }
  }));

Deno.test("R28 a job that runs again, or for a version that has passed, does nothing", async () =>
  during(await longService(), async (service) => {
    const { world, clock, drain } = service;
    const number = await completeSample(service);
    const old = await entries(service);
    const asleep: World = { ...world, wake() {} };
    const signal = new AbortController().signal;
    deepEqual(await renew(asleep, { ...old[0]!, payload: { file: 9, sha256: "" } }, signal), { done: true });
    clock.set(DUE);
    await drain();
    const { stamps } = service.outside;
    for (const entry of old) deepEqual(await renew(asleep, entry, signal), { done: true });
    equal(service.outside.stamps, stamps);
    equal((await renewedIn(service, number)).length, 2);
  }));

Deno.test("R28 two who renew the same file at once: one result counts", async () =>
  during(await longService(), async (service) => {
    const { world, clock } = service;
    const number = await completeSample(service);
    const [entry] = await entries(service);
    clock.set(DUE);
    const signal = new AbortController().signal;
    const asleep: World = { ...world, wake() {} };
    const order = entry!.payload as RenewalOrder;
    const task = { number, order, before: "2036-01-01T00:00:00.000Z", signal };
    const both = await Promise.all([renewFile(asleep, task), renewFile(asleep, task)]);
    deepEqual(both.map(({ was }) => was).toSorted(), ["gone", "renewed"]);
    equal((await renewedIn(service, number)).length, 1);
  }));

for (
  const [what, name] of [["the authority", "tsaOff"], [
    "its list of revoked certificates",
    "listsOff",
  ]] as const
) {
  Deno.test(`R28 while ${what} is down nothing is renewed, and the operator sees when it gets serious`, async () =>
    during(await longService(), async (service) => {
      const { world, clock, drain, outside } = service;
      const number = await completeSample(service);
      outside[name] = true;
      clock.set(DUE);
      await drain();
      const [first] = await entries(service);
      ok(first!.attempts === 1 && first!.at > DUE && first!.firstAt < DUE);
      equal(await countLate(world.store), 0);
      clock.set("2036-06-01T00:00:00.000Z");
      await drain();
      equal(await countLate(world.store), 2);
      const parts = await readiness(world, () => null)();
      deepEqual(parts.find(({ part }) => part === "renewals"), {
        part: "renewals",
        ready: true,
        detail: "2 late",
      });
      outside[name] = false;
      clock.set("2036-06-02T00:00:00.000Z");
      await drain();
      equal(await countLate(world.store), 0);
      equal((await renewedIn(service, number)).length, 2);
    }));
}

Deno.test("R28 a timestamp whose authority's certificate has ended is renewed all the same", async () =>
  during(await longService(), async (service) => {
    const { world, clock, drain, outside } = service;
    const number = await completeSample(service);
    outside.listsOff = true; // Nothing more is said about what has ended.
    clock.set(plusMs(FIRST_UNIT_ENDS, 100 * DAY_MS));
    await drain();
    equal((await renewedIn(service, number)).length, 2);
    const state = await caseIn(world.store, number);
    const source = await openDocument(world.blobs, state.draft!.documents[0]!);
    const { revisions } = await verifyPdf(source, { trustRoots: world.trustRoots, at: clock.now() });
    source.close();
    deepEqual(revisions.slice(-2).map(({ trusted }) => trusted), [false, true]);
  }));

Deno.test("R28 an authority that has no newer certificate yet is asked again later", async () => {
  const units = [{ notBefore: "2025-01-01T00:00:00.000Z", notAfter: "2031-01-01T00:00:00.000Z" }];
  await during(await longService({}, units), async (service) => {
    const { clock, drain } = service;
    const number = await completeSample(service);
    clock.set("2030-06-01T00:00:00.000Z");
    await drain();
    deepEqual(await renewedIn(service, number), []);
    for (const { at, attempts } of await entries(service)) {
      deepEqual([at, attempts], ["2030-07-01T00:00:00.000Z", 0]);
    }
  });
});

Deno.test("R28 while renewal is off no file awaits it, and one that did is left alone", async () => {
  const settings = { ...demoSettings, timestamp: { ...timestamp, renew: false } };
  await during(await longService({ overrides: { settings } }), async (service) => {
    const { world, clock } = service;
    const number = await completeSample(service);
    deepEqual(await entries(service), []);
    clock.set(DUE);
    const sha256 = currentSha256((await caseIn(world.store, number)).draft!.documents[0]!);
    const entry = { id: "", at: DUE, firstAt: DUE, kind: "renew", subject: number, attempts: 0 };
    const outcome = await renew(
      world,
      { ...entry, payload: { file: 0, sha256 } },
      new AbortController().signal,
    );
    deepEqual(outcome, { again: plusMs(DUE, 90 * DAY_MS) });
  });
});
