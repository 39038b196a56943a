/**
 * What "valid" must mean: all that was ever sealed is there, and what was added changes nothing that is shown.
 *
 * @module
 */
import type { VerificationReport } from "../../lib/pades/verification_report.ts";
import { sealsIn } from "../../lib/pades/seals_in.ts";
import { readSignedData } from "../../lib/pades/cms_reader.ts";
import { memorySource, prefixOf } from "../../lib/pdf/byte_source.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf, type PdfFile } from "../../lib/pdf/pdf_file.ts";
import { sameValue } from "../../lib/pdf/same_value.ts";
import type { PdfValue } from "../../lib/pdf/values.ts";
import type { Bytes } from "./target.ts";

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Why a file should not have been called valid; null when there is no reason. What its signatures cover must be a
 * sealed revision of one of `originals`, byte by byte, but for the last slot, where parts of the CMS are signed by
 * nobody: the case of hexadecimal digits, unsigned attributes, spare certificates.
 */
export function brokenPromise(
  input: Bytes,
  report: VerificationReport,
  originals: readonly Bytes[],
): string | null {
  const covered = input.length - report.uncoveredBytes;
  const whole = report.revisions.at(-1)?.covers === "whole-file";
  if (whole !== (report.uncoveredBytes === 0)) return "the report contradicts itself";
  const reasons = originals.map((original) => differs(input, covered, original));
  if (!reasons.includes(null)) return reasons.toSorted((a, b) => Number(a! < b!)).join(", ");
  if (covered === input.length) return null;
  return looksAlike(openPdf(prefixOf(memorySource(input), covered)), openPdf(memorySource(input)))
    ? null
    : "what was added changes a page";
}

function differs(input: Bytes, covered: number, original: Bytes): string | null {
  const seals = sealsIn(openPdf(memorySource(original)));
  const place = seals.findIndex(({ end }) => end === covered);
  const seal = seals[place];
  if (!seal) return "it ends where no seal does";
  // The slot, the larger of the two forms in which it may be written.
  const hex = seal.contents.length * 2;
  const slot = new TextDecoder("latin1").decode(original.subarray(0, covered)).lastIndexOf("/Contents<") + 10;
  if (!same(input.subarray(0, slot), original.subarray(0, slot))) return "bytes before the last slot differ";
  if (!same(input.subarray(slot + hex, covered), original.subarray(slot + hex, covered))) {
    return "bytes after the last slot differ";
  }
  const now = sealsIn(openPdf(prefixOf(memorySource(input), covered)))[place];
  return now && same(meaningOf(now.contents), meaningOf(seal.contents)) ? null : "the last signature differs";
}

/** What the signer of a CMS signed, and its signature. */
function meaningOf(contents: Bytes): Uint8Array {
  const { content, signers } = readSignedData(contents);
  const parts = [content, ...signers.map((each) => each.signedBytes)];
  return Uint8Array.from(parts.flatMap((part) => [...part ?? []]));
}

/** Whether two revisions have the same pages, as far as objects go; annotations of fields may be added. */
function looksAlike(before: PdfFile, after: PdfFile): boolean {
  const [a, b] = [[...pagesOf(before)], [...pagesOf(after)]];
  return a.length === b.length && a.every((page, at) => {
    const now = b[at]!;
    return [...page.dict.keys(), ...now.dict.keys()].every((key) =>
      key === "Annots" || sameDeep(before, page.dict.get(key), after, now.dict.get(key))
    );
  });
}

function sameDeep(
  before: PdfFile,
  a: PdfValue | undefined,
  after: PdfFile,
  b: PdfValue | undefined,
): boolean {
  if (!sameValue(a, b)) return false;
  if (!sameValue(before.resolve(a), after.resolve(b))) return false;
  const [was, is] = [before.streamBytes(a), after.streamBytes(b)];
  return was === null || is === null ? was === is : same(was, is);
}
