/**
 * The process may die at any moment: what was acknowledged is kept, what was begun is finished, nothing is done
 * twice (R27). `KILLS` says how often it is killed; 12 times unless told otherwise.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { openFileBlobs } from "../../lib/adapters/file_blobs.ts";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { readRoots } from "../../lib/adapters/read_roots.ts";
import type { Case } from "../../lib/domain/case.ts";
import { replay } from "../../lib/domain/evolve.ts";
import { brokenAt } from "../../lib/domain/history.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { openDocument } from "../../lib/flows/seal.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import type { Store } from "../../lib/ports.ts";
import { demoClockOffset, demoScript } from "../../lib/tasks/demo_script.ts";
import { MailboxClient } from "../../lib/tasks/mailbox_client.ts";
import { playMainJob } from "../../lib/tasks/main_job.ts";
import { ServiceProcess } from "../../lib/tasks/server_process.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { keepExecuted } from "../support/keep_executed.ts";
import { vendorOf } from "../support/vendors.ts";

const KILLS = Number(Deno.env.get("KILLS") ?? 12);
const LONGEST_LIFE_MS = 900;

/** Kills and restarts a service at random moments until all kills are spent. */
async function killAtRandom(service: ServiceProcess, kills: number, isOver: () => boolean): Promise<number> {
  for (let done = 0; done < kills; done++) {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_LIFE_MS));
    if (isOver()) return done;
    await service.end("SIGKILL");
    await service.start();
  }
  return kills;
}

async function casesOf(store: Store): Promise<Case[]> {
  const cases: Case[] = [];
  for await (const { key, value } of store.list<Case>({ prefix: ["case"] })) {
    if (key.at(-1) === "head") cases.push(value);
  }
  return cases;
}

/** Looks into the stopped service's data: every case is whole, and everything happened once. */
async function inspect(dataDir: string, rounds: number): Promise<void> {
  const clock = fakeClock("2026-11-30T00:00:00.000Z");
  const store = await openKvStore(`${dataDir}/store.kv`);
  const blobs = await openFileBlobs(`${dataDir}/blobs`, clock);
  const trustRoots = await readRoots(`${dataDir}/pki`);
  try {
    const cases = await casesOf(store);
    deepEqual(cases.map((each) => each.phase), Array(rounds).fill("completed"));
    for (const state of cases) {
      const history = await readHistory(store, state.number);
      equal(brokenAt(history), null);
      deepEqual(replay(history), state);
      const agreed = history.flatMap(({ event }) => event.did === "agreed" ? [event.party] : []);
      deepEqual(agreed, ["Confirmer2", "Confirmer1", "Approver1"]);
      for (const document of state.draft?.documents ?? []) {
        const source = await openDocument(blobs, document);
        const report = await verifyPdf(source, { trustRoots, at: clock.now() });
        source.close();
        equal(report.verdict, "valid");
        ok(report.revisions.every(({ kind, level }) => kind === "doc-timestamp" || level === "LTA"));
      }
    }
  } finally {
    store.close();
  }
}

Deno.test(`killed ${KILLS} times at random, the flow ends once and whole`, async () => {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-kill-" });
  const offset = demoClockOffset();
  const service = new ServiceProcess({ dataDir, environment: { DEV_CLOCK_OFFSET: String(offset) } });
  const demo = await demoScript();
  let left = KILLS;
  let rounds = 0;
  try {
    await service.start();
    while (left > 0) {
      let over = false;
      const [job, killed] = await Promise.all([
        playMainJob(service.address, { ...demo, ...vendorOf(rounds) }).finally(() => over = true),
        killAtRandom(service, left, () => over),
      ]);
      left -= killed;
      rounds++;
      await keepExecuted(`kill-${rounds}`, job.files, await readRoots(`${dataDir}/pki`));
    }
    const mailbox = new MailboxClient(service.address.http);
    const completions = (await mailbox.list(demo.officer)).filter((mail) => mail.kind === "completion");
    equal(completions.length, rounds);
    await service.end("SIGTERM");
    await inspect(dataDir, rounds);
  } finally {
    await service.end("SIGKILL");
    await Deno.remove(dataDir, { recursive: true });
  }
});
