/**
 * The policy on uploaded contracts (R13): what can be sealed as it is, what after mending its shell, what not, and
 * what the officer should know.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import { activeContent } from "./active_content.ts";
import { memorySource } from "./byte_source.ts";
import { ContentBombs } from "./content_bombs.ts";
import { foreignFonts } from "./fonts_in_use.ts";
import { signedFields } from "./form_fields.ts";
import { inTurns } from "./in_turns.ts";
import { rewrite, trimShell } from "./normalise.ts";
import { pagesOf } from "./page_tree.ts";
import { openPdf, type PdfFile } from "./pdf_file.ts";
import { forbidsSignatures } from "./signature_locks.ts";
import type { UploadCheck, UploadFault, UploadWarning } from "./upload_check.ts";

/** The largest file and the most pages that are taken. */
export type UploadLimits = { readonly maxPdfBytes: number; readonly maxPages: number };

type Taken = Extract<UploadCheck, { ok: true }>;

const FAULTS: Readonly<Record<UploadFault, true>> = {
  not_pdf: true,
  truncated: true,
  bad_xref: true,
  malformed: true,
  bomb: true,
  no_pages: true,
  encrypted: true,
  docmdp_locked: true,
  xfa: true,
  javascript: true,
  launch_action: true,
  embedded_files: true,
  too_large: true,
  too_many_pages: true,
};

/** Says whether a file can be taken as a contract. Never throws for what the file holds. */
export async function checkUpload(source: ByteSource, limits: UploadLimits): Promise<UploadCheck> {
  if (source.size > limits.maxPdfBytes) return refused("too_large");
  const asItIs = await inspect(source, limits);
  if (asItIs.ok || !isShellFault(asItIs.fault)) return asItIs;
  return await checkMended(source, limits, asItIs.fault);
}

/** Faults of the shell alone: the contract itself may be whole. */
function isShellFault(fault: UploadFault): boolean {
  return fault === "not_pdf" || fault === "truncated" || fault === "bad_xref";
}

/** Checks what mending makes of the file; what cannot be mended keeps its fault. */
async function checkMended(
  source: ByteSource,
  limits: UploadLimits,
  fault: UploadFault,
): Promise<UploadCheck> {
  const trimmed = trimShell(source);
  if (!trimmed) return refused(fault);
  const cut = trimmed.length < source.size ? await inspect(memorySource(trimmed), limits) : refused(fault);
  if (cut.ok) return isSigned(cut) ? refused(fault) : normalised(cut, trimmed);
  if (cut.fault !== "bad_xref") return isShellFault(cut.fault) ? refused(fault) : cut;
  try {
    const rewritten = await rewrite(trimmed);
    const result = rewritten ? await inspect(memorySource(rewritten), limits) : refused(fault);
    if (rewritten && result.ok) return normalised(result, rewritten);
    return !result.ok && !isShellFault(result.fault) ? result : refused(fault);
  } catch (error) {
    return refused(faultOf(error));
  }
}

function isSigned(taken: Taken): boolean {
  return taken.warnings.includes("already_signed");
}

function normalised(taken: Taken, bytes: Uint8Array<ArrayBuffer>): UploadCheck {
  return { ...taken, warnings: [...taken.warnings, "normalised"], normalised: bytes };
}

/** Looks at a file as it is. */
async function inspect(source: ByteSource, limits: UploadLimits): Promise<UploadCheck> {
  try {
    const pdf = openPdf(source);
    if (cutsRevision(pdf)) return refused("truncated");
    const pages = await countPages(pdf, limits.maxPages);
    if (pages === 0) return refused("no_pages");
    if (pages > limits.maxPages) return refused("too_many_pages");
    if (forbidsSignatures(pdf)) return refused("docmdp_locked");
    const active = await activeContent(pdf);
    if (active !== null) return refused(active);
    const fonts = await foreignFonts(pdf);
    return { ok: true, pages, warnings: warningsOf(pdf, fonts.length > 0), fonts, normalised: null };
  } catch (error) {
    return refused(faultOf(error));
  }
}

/** Objects after the last `%%EOF` are a revision that was cut off: the file says less than its sender meant. */
function cutsRevision({ source, trailingBytes }: PdfFile): boolean {
  if (trailingBytes === 0) return false;
  const after = source.read(source.size - trailingBytes, trailingBytes);
  return /\d obj\b/.test(new TextDecoder("latin1").decode(after));
}

/** How many pages there are, or one more than `max`. Throws `bomb` when their contents grow too far. */
async function countPages(pdf: PdfFile, max: number): Promise<number> {
  const contents = new ContentBombs(pdf);
  let count = 0;
  await inTurns(pdf, pagesOf(pdf), (page) => {
    if (++count > max) return false;
    contents.check(page);
    return true;
  });
  return count;
}

function warningsOf(pdf: PdfFile, foreign: boolean): UploadWarning[] {
  const warnings: UploadWarning[] = [];
  if (signedFields(pdf).length > 0) warnings.push("already_signed");
  if (pdf.trailingBytes > 0) warnings.push("trailing_bytes");
  if (foreign) warnings.push("fonts_not_embedded");
  return warnings;
}

function refused(fault: UploadFault): Extract<UploadCheck, { ok: false }> {
  return { ok: false, fault };
}

/** The fault that an error stands for; what is no fault of the file is thrown on. */
function faultOf(error: unknown): UploadFault {
  if (error instanceof UnreadableError && Object.hasOwn(FAULTS, error.code)) return error.code as UploadFault;
  throw error;
}
