import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { currentSha256 } from "../../lib/domain/case.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { executedCase, executedSets } from "../../lib/flows/executed_index.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { verifyUpload } from "../../lib/flows/verify_upload.ts";
import { historyOf } from "../support/given_case.ts";
import { draftedWith, PARTIES } from "../support/sample_case.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { makeWorld } from "../support/world.ts";

const sha256Of = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

Deno.test("nothing is on record before it is executed", () => {
  for (const entry of historyOf(draftedWith({}))) deepEqual(executedSets("R8-000001", entry), []);
});

Deno.test("executed files and the certificate are on record, earlier versions are not", async () => {
  const service = await makeWorld();
  const { world } = service;
  try {
    const number = await sendSample(service, ["keiyakusho_buppin.pdf", "keiyakusho_kouji.pdf"]);
    await service.drain();
    for (const { address } of PARTIES) {
      await agreeThrough(service, address);
      await service.drain();
    }
    const state = (await readCase(world.store, number))!.value;
    equal(state.phase, "completed");
    const { documents } = state.draft!;
    for (const document of documents) {
      deepEqual(await executedCase(world.store, currentSha256(document)), {
        caseNumber: number,
        current: true,
      });
      for (const { sha256 } of [document, ...document.tails.slice(0, -1)]) {
        equal(await executedCase(world.store, sha256), null);
      }
    }
    deepEqual(await executedCase(world.store, state.certificate!.sha256), {
      caseNumber: number,
      current: true,
    });

    const [first] = documents;
    const parts = await Promise.all(
      [first!.sha256, ...first!.tails.map(({ blob }) => blob)].map((blob) => world.blobs.get(blob)),
    );
    const judge = async (bytes: Uint8Array<ArrayBuffer>) => {
      const { report, onRecord } = await verifyUpload(world, memorySource(bytes), sha256Of(bytes));
      return [report.verdict, onRecord];
    };
    const whole = joinBytes(parts);
    deepEqual(await judge(whole), ["valid", true]);
    deepEqual(await judge(joinBytes(parts.slice(0, -1))), ["valid", false]);
    deepEqual(await judge(joinBytes([whole, new TextEncoder().encode("\n")])), ["changed-after", false]);
    deepEqual(await judge(await world.blobs.get(state.certificate!.sha256)), ["valid", true]);
    const bent = whole.slice();
    bent[1_000]! ^= 1;
    deepEqual(await judge(bent), ["tampered", false]);
  } finally {
    await service.close();
  }
});
