/**
 * Seals a PDF: one signature of the operator in an incremental update of its own (R25, R26; ISO 32000-2 §12.8,
 * ETSI EN 319 142-1 §5.2).
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { openPdf } from "../pdf/pdf_file.ts";
import { forbidsSignatures } from "../pdf/signature_locks.ts";
import { dateString, textString } from "../pdf/text_string.ts";
import { dictOf, nameOf, type PdfDict, type PdfRef, type PdfValue } from "../pdf/values.ts";
import type { ByteSource } from "../ports.ts";
import { appendSignature } from "./append_signature.ts";
import type { SealTail } from "./seal_tail.ts";
import { freeFieldName, newestFieldName } from "./signature_field.ts";

export type { SealTail };

/** What a signature says, and where it goes. */
export type SignatureRequest = {
  /** Name of its field; when the file has one of that name already, `_2`, `_3`… is added. */
  readonly field: string;
  /** 理由. */
  readonly reason: string;
  /** The instant claimed in /M. */
  readonly at: Instant;
  /** The operator's name. */
  readonly signerName: string;
  /** Bytes kept free for the CMS; when it is longer, it is made once more with more room. */
  readonly reserveBytes: number;
  /**
   * Fields that may not change afterwards, besides this one. When given, even empty, no later signature is
   * allowed; validation data and document timestamps are.
   */
  readonly lockFields?: readonly string[];
};

/**
 * Appends one signature. `makeCms` gets the SHA-256 of all bytes outside /Contents and gives the DER CMS. Throws
 * `UnreadableError` for a file that cannot be sealed, and what `makeCms` throws.
 */
export async function sealSignature(
  source: ByteSource,
  request: SignatureRequest,
  makeCms: (sha256: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SealTail> {
  const pdf = openPdf(source);
  if (forbidsSignatures(pdf)) {
    throw new UnreadableError("docmdp_locked", "Cannot seal: the document is closed to further signatures");
  }
  const field = freeFieldName(pdf, request.field);
  const entries = dictOf({
    Type: nameOf("Sig"),
    Filter: nameOf("Adobe.PPKLite"),
    SubFilter: nameOf("ETSI.CAdES.detached"),
    M: dateString(request.at),
    Name: textString(request.signerName),
    Reason: textString(request.reason),
  });
  const { reserveBytes, lockFields } = request;
  if (lockFields === undefined) {
    return await appendSignature(pdf, { field, reserveBytes, entries, lock: null }, makeCms);
  }
  const locked = lockOn([...lockFields.map((name) => newestFieldName(pdf, name)), field]);
  entries.set("Reference", [lockReference(locked, pdf.catalogRef)]);
  const lock: PdfDict = new Map([["Type", nameOf("SigFieldLock")], ...locked]);
  return await appendSignature(pdf, { field, reserveBytes, entries, lock }, makeCms);
}

/**
 * The lock's parameters. "All" would hold for the document timestamp's field as well, which is still to come;
 * /P 1 is what keeps further signatures out (ISO 32000-2 Table 236).
 */
function lockOn(fields: readonly string[]): [string, PdfValue][] {
  return [["Action", nameOf("Include")], ["Fields", fields.map(textString)], ["P", 1]];
}

/** What the field locks is signed with the signature (ISO 32000-2 §12.8.2.4). */
function lockReference(locked: readonly [string, PdfValue][], catalog: PdfRef): PdfDict {
  return dictOf({
    Type: nameOf("SigRef"),
    TransformMethod: nameOf("FieldMDP"),
    Data: catalog,
    TransformParams: new Map([["Type", nameOf("TransformParams")], ...locked, ["V", nameOf("1.2")]]),
  });
}
