/**
 * What a main job among peers must end with.
 *
 * @module
 */
import { strictEqual as equal } from "node:assert/strict";
import { readRoots } from "../../lib/adapters/read_roots.ts";
import { instantOf } from "../../lib/domain/instant.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { demoClockOffset } from "../../lib/tasks/demo_script.ts";
import type { PlayedJob } from "../../lib/tasks/main_job.ts";
import { keepExecuted } from "../support/keep_executed.ts";
import type { PeerService } from "./peer_service.ts";

/** Fails unless contract and certificate came and are valid; lays them aside under `name` for the judges. */
export async function assertExecuted(
  { dataDir }: Pick<PeerService, "dataDir">,
  name: string,
  job: PlayedJob,
): Promise<void> {
  const trustRoots = await readRoots(`${dataDir}/pki`);
  const at = instantOf(Date.now() + demoClockOffset() * 1000);
  equal(job.files.length, 2);
  for (const { content } of job.files) {
    equal((await verifyPdf(memorySource(content), { trustRoots, at })).verdict, "valid");
  }
  await keepExecuted(name, job.files, trustRoots);
}
