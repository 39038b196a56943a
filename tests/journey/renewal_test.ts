/**
 * Contracts outlive certificates: a case that was completed in 2026 is renewed by itself as the decades pass, and
 * its files are valid after every certificate of its first years has ended (R28).
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { currentSha256, fileIds, fileOf } from "../../lib/domain/case.ts";
import { DAY_MS } from "../../lib/domain/instant.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { executedFiles } from "../../lib/flows/documents.ts";
import { renewFile } from "../../lib/flows/renew.ts";
import { openDocument } from "../../lib/flows/seal.ts";
import type { World } from "../../lib/flows/world.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Blobs, Store } from "../../lib/ports.ts";
import { caseIn, completeSample, FIRST_UNIT_ENDS, longService } from "../support/long_service.ts";
import { makeWorld } from "../support/world.ts";

const renewals = async ({ store }: World, number: string) =>
  (await readHistory(store, number)).flatMap(({ event }) => event.did === "renewed" ? [event] : []);

Deno.test("R28 completed in 2026, a case renews itself and is valid in 2045", async () => {
  const service = await longService({ onDisk: true });
  const { world, clock, drain, mailbox } = service;
  try {
    const number = await completeSample(service, ["keiyakusho_buppin.pdf", "keiyakusho_kouji.pdf"]);
    const letters = (await mailbox.kept()).length;
    for (let year = 2027; year <= 2045; year++) {
      clock.set(`${year}-06-02T00:00:00.000Z`);
      await drain();
    }
    const state = await caseIn(world.store, number);
    deepEqual(fileIds(state), [0, 1, "certificate"]);
    const done = await renewals(world, number);
    for (const id of fileIds(state)) {
      const ofFile = done.filter(({ file }) => file === id);
      deepEqual(ofFile.map(({ step, at }) => `${step} ${at.slice(0, 4)}`), [
        "DocTimeStamp2 2036",
        "DocTimeStamp3 2044",
      ]);
    }
    equal((await mailbox.kept()).length, letters, "nobody is written to");
    ok(clock.now() > FIRST_UNIT_ENDS);
    for (const { filename, parts, size } of executedFiles(state)) {
      const whole = joinBytes(await Promise.all(parts.map((part) => world.blobs.get(part))));
      equal(whole.length, size);
      const options = { trustRoots: world.trustRoots, at: clock.now() };
      const { verdict, revisions, uncoveredBytes } = await verifyPdf(memorySource(whole), options);
      deepEqual([verdict, uncoveredBytes], ["valid", 0], filename);
      for (const { kind, intact, trusted, level } of revisions) {
        deepEqual([intact, trusted, level], [true, true, kind === "signature" ? "LTA" : null], filename);
      }
    }
  } finally {
    await service.close();
  }
});

/** A process that dies at its nth question to the world: nothing is answered to it any more. */
function dying(world: World, questions: number, died: () => void): World {
  let left = questions;
  const ask = async <R>(work: () => Promise<R>): Promise<R> => {
    if (left-- > 0) return await work();
    died();
    return await new Promise<R>(() => {});
  };
  const { store, blobs, tsa, revocation } = world;
  const mortalStore: Store = {
    ...store,
    get: (key) => ask(() => store.get(key)),
    commit: (c) => ask(() => store.commit(c)),
  };
  const mortalBlobs: Blobs = {
    ...blobs,
    get: (sha256) => ask(() => blobs.get(sha256)),
    open: (sha256) => ask(() => blobs.open(sha256)),
    put: (content) => ask(() => blobs.put(content)),
  };
  return {
    ...world,
    store: mortalStore,
    blobs: mortalBlobs,
    tsa: { timestamp: (sha256, signal) => ask(() => tsa.timestamp(sha256, signal)) },
    revocation: { revocationFor: (chain, signal) => ask(() => revocation.revocationFor(chain, signal)) },
    wake() {},
  };
}

Deno.test("R28 wherever the process dies, a file is renewed once and stays whole", async () => {
  const service = await makeWorld();
  const { world, clock } = service;
  try {
    const number = await completeSample(service);
    const signal = new AbortController().signal;
    let deaths = 0;
    for (let questions = 0;; questions++) {
      clock.advance(31 * DAY_MS);
      const before = (await renewals(world, number)).length;
      const order = { file: 0, sha256: currentSha256(fileOf(await caseIn(world.store, number), 0)!) };
      const task = { number, order, before: "2099-01-01T00:00:00.000Z", signal };
      const death = Promise.withResolvers<void>();
      const run = renewFile(dying(world, questions, death.resolve), task);
      const survived = await Promise.race([run.then(() => true), death.promise.then(() => false)]);
      await renewFile({ ...world, wake() {} }, task);
      const after = await renewals(world, number);
      equal(after.length, before + 1);
      equal(after.at(-1)?.step, `DocTimeStamp${before + 2}`);
      if (survived) break;
      deaths++;
    }
    ok(deaths >= 8, `${deaths} places to die at`);
    const source = await openDocument(world.blobs, (await caseIn(world.store, number)).draft!.documents[0]!);
    const { verdict } = await verifyPdf(source, { trustRoots: world.trustRoots, at: clock.now() });
    source.close();
    equal(verdict, "valid");
  } finally {
    await service.close();
  }
});
