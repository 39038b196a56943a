/**
 * Finds the signatures and document timestamps of a PDF (ISO 32000-2 §12.7.5.5, §12.8).
 *
 * @module
 */
import type { PdfFile } from "../pdf/pdf_file.ts";
import { isRef, isString, nameText, naturalNumber, type PdfDict, type PdfValue } from "../pdf/values.ts";
import type { Bytes } from "./der.ts";

/** A signature as the PDF holds it. */
export type SealFound = {
  readonly kind: "signature" | "doc-timestamp";
  /** `/Contents`, padding included. */
  readonly contents: Bytes;
  /** Where the bytes that it covers end. */
  readonly end: number;
};

/** Most fields that are looked at, so that a loop of fields ends. */
const MAX_FIELDS = 10_000;

/** All filled signature fields, in the order in which they were added. Throws `UnreadableError`. */
export function sealsIn(pdf: PdfFile): SealFound[] {
  const form = pdf.dict(pdf.catalog.get("AcroForm"));
  const waiting: PdfValue[] = [...pdf.array(form?.get("Fields")) ?? []];
  const seen = new Set<number>();
  const found: SealFound[] = [];
  for (let i = 0; i < waiting.length && i < MAX_FIELDS; i++) {
    const value = waiting[i];
    if (isRef(value)) {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
    }
    const field = pdf.dict(value);
    if (!field) continue;
    for (const kid of pdf.array(field.get("Kids")) ?? []) waiting.push(kid);
    const seal = sealOf(pdf, pdf.dict(field.get("V")));
    if (seal) found.push(seal);
  }
  return found.sort((a, b) => a.end - b.end);
}

function sealOf(pdf: PdfFile, value: PdfDict | null): SealFound | null {
  if (!value) return null;
  const contents = pdf.resolve(value.get("Contents"));
  const range = pdf.array(value.get("ByteRange"));
  if (!isString(contents) || range?.length !== 4) return null;
  const [, , from, length] = range.map(naturalNumber);
  if (from === undefined || length === undefined) return null;
  const kind = nameText(pdf.resolve(value.get("SubFilter"))) === "ETSI.RFC3161"
    ? "doc-timestamp"
    : "signature";
  return { kind, contents: contents.bytes, end: from + length };
}
