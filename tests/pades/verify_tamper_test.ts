/**
 * Every known way of tampering with an executed file; pyHanko's verdicts on the same files are held against ours in
 * `tests/judges/tamper_test.ts`.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { AFTER, devRoots } from "../support/sealed_pdf.ts";
import { tamperedFiles } from "../support/tampered_files.ts";

/** What nobody can object to: earlier versions, another way of writing the same digits, more to verify with. */
const HARMLESS = [
  "nothing",
  "case of a digit in the last slot",
  ...[1, 2, 5, 6].map((count) => `cut off after ${count} updates: an earlier version, whole`),
  "validation data emptied",
  "one more certificate among the validation data",
  "a contract prepared for shadow attacks, untouched",
];

Deno.test("R39 no known way of tampering leaves an executed file valid", async () => {
  const trustRoots = await devRoots();
  const files = await tamperedFiles();
  ok(files.length > 80);
  const valid: string[] = [];
  for (const [name, bytes] of files) {
    const { verdict } = await verifyPdf(memorySource(bytes), { trustRoots, at: AFTER });
    if (verdict === "valid") valid.push(name);
  }
  deepEqual(valid, HARMLESS);
});
