/**
 * Damaged PDFs are sealed. What can be sealed keeps every byte, can be read again and holds the seal; what the
 * policy on uploads takes can be sealed.
 *
 * @module
 */
import { addValidationData } from "../../../lib/pades/dss.ts";
import { sealDocTimestamp } from "../../../lib/pades/doc_timestamp.ts";
import { sealSignature, type SealTail } from "../../../lib/pades/seal.ts";
import { sealsIn } from "../../../lib/pades/seals_in.ts";
import { verifyPdf } from "../../../lib/pades/verify.ts";
import { checkUpload } from "../../../lib/pdf/check_upload.ts";
import { joinBytes, memorySource } from "../../../lib/pdf/byte_source.ts";
import { pagesOf } from "../../../lib/pdf/page_tree.ts";
import { openPdf } from "../../../lib/pdf/pdf_file.ts";
import { AFTER, SEALED_AT } from "../../support/sealed_pdf.ts";
import { type Bytes, faultOf, Finding, type FuzzTarget } from "../target.ts";
import { choosePdf, LIMITS, mutatePdf, pdfSeeds } from "./pdf.ts";

/** An OCTET STRING stands for the signature: what it says is no matter here. */
const CONTENTS: Bytes = Uint8Array.of(0x04, 0x03, 1, 2, 3);

const REQUEST = {
  field: "Sender",
  reason: "試験",
  at: SEALED_AT,
  signerName: "見本",
  reserveBytes: 64,
};

const steps: Readonly<Record<string, (bytes: Bytes) => Promise<SealTail>>> = {
  "a signature": (bytes) => sealSignature(memorySource(bytes), REQUEST, () => Promise.resolve(CONTENTS)),
  "validation data": (bytes) =>
    addValidationData(memorySource(bytes), { certificates: [CONTENTS], ocsps: [], crls: [] }),
  "a document timestamp": (bytes) =>
    sealDocTimestamp(
      memorySource(bytes),
      { field: "DocTimeStamp", reserveBytes: 64 },
      () => Promise.resolve(CONTENTS),
    ),
};

/** Runs every step on what the one before made. Throws a finding, or what the first step throws. */
async function sealAll(input: Bytes, taken: boolean): Promise<void> {
  const copy = input.slice();
  // A broken signature from before may claim the very bytes that ours do; what is never taken may be unreadable.
  const broken = !taken || (await verify(input)).verdict === "tampered";
  const pages = Array.from(pagesOf(openPdf(memorySource(input))), ({ ref }) => ref.number).join();
  let grown = input;
  for (const [what, step] of Object.entries(steps)) {
    const before = grown;
    const fault = await faultOf(async () => grown = joinBytes([before, (await step(before)).bytes]));
    if (fault !== null && (grown === input || !taken)) return void await step(before);
    if (fault !== null) throw new Finding(`a sealed file takes not ${what}: ${fault}`);
    const unread = await faultOf(() => {
      const now = Array.from(pagesOf(openPdf(memorySource(grown))), ({ ref }) => ref.number).join();
      if (now !== pages) throw new Finding(`${what} changes the pages`);
    });
    if (unread !== null) throw new Finding(`a file with ${what} can't be read: ${unread}`);
    if (what !== "validation data") await checkSeal(grown, what, broken);
  }
  if (!input.every((byte, at) => byte === copy[at])) throw new Finding("the input itself was changed");
}

const verify = (bytes: Bytes) => verifyPdf(memorySource(bytes), { trustRoots: [], at: AFTER });

async function checkSeal(bytes: Bytes, what: string, broken: boolean): Promise<void> {
  const ours = sealsIn(openPdf(memorySource(bytes))).filter(({ end }) => end === bytes.length);
  if (!ours.some(({ contents }) => CONTENTS.every((byte, at) => byte === contents[at]))) {
    throw new Finding(`${what} is not found`);
  }
  const { revisions } = await verify(bytes);
  const report = revisions.find(({ covers }) => covers === "whole-file");
  if (broken) return;
  if (!report) throw new Finding(`${what} covers not all`);
  const bad = report.faults.filter((fault) => fault === "bad_byte_range" || fault === "no_revision");
  if (bad.length > 0) throw new Finding(`${what} has ${bad.join()}`);
}

/** The target. */
export const sealTarget: FuzzTarget = {
  name: "seal",
  count: 40_000,
  seeds: pdfSeeds,
  choose: choosePdf,
  mutate: mutatePdf,
  prepare: () =>
    Promise.resolve(async (input) => {
      const upload = await checkUpload(memorySource(input), LIMITS);
      const taken = upload.ok ? upload.normalised ?? input : input;
      const fault = await faultOf(() => sealAll(taken, upload.ok));
      if (upload.ok && fault !== null) {
        throw new Finding(`an upload that was taken can't be sealed: ${fault}`);
      }
      return fault ?? "sealed";
    }),
};
