/**
 * The document security store (ISO 32000-2 §12.8.4.3; ETSI EN 319 142-1 §5.4.2): what a verifier needs when
 * nobody can be asked any more. Without /VRI: no judge asks for it, and it costs a kilobyte a signature.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Increment } from "../pdf/increment.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import { dictOf, isDict, isRef, nameOf, type PdfDict, type PdfValue } from "../pdf/values.ts";
import type { ByteSource } from "../ports.ts";
import type { RevocationData } from "../signing_ports.ts";
import { appendUpdate, tailOn } from "./append_signature.ts";
import type { Bytes } from "./der.ts";
import { readable } from "./readable.ts";
import type { SealTail } from "./seal_tail.ts";

/** Certificates, OCSP responses and CRLs, all DER. */
export type ValidationData = RevocationData & { readonly certificates: readonly Bytes[] };

const LISTS = [["Certs", "certificates"], ["OCSPs", "ocsps"], ["CRLs", "crls"]] as const;

/** Appends validation data in an update of its own; what the file holds already is not added again. */
export async function addValidationData(source: ByteSource, data: ValidationData): Promise<SealTail> {
  const { bytes } = appendUpdate(source, (pdf, update) => addToSecurityStore(pdf, update, data));
  return await tailOn(source, bytes);
}

/** Adds validation data to an update. */
export function addToSecurityStore(pdf: PdfFile, update: Increment, data: ValidationData): void {
  const current = pdf.catalog.get("DSS");
  const old = pdf.dict(current);
  const store: PdfDict = new Map(old ?? dictOf({ Type: nameOf("DSS") }));
  for (const [key, kind] of LISTS) {
    const items = pdf.array(store.get(key)) ?? [];
    const known = new Set(items.map((item) => digestOf(readable(() => pdf.streamBytes(item)))));
    const added = data[kind].filter((der) => isNew(known, der)).map((der) => update.addStream(der));
    if (added.length > 0) store.set(key, [...items, ...added]);
  }
  writeStore(pdf, update, current, store);
  declareExtension(pdf, update);
}

function writeStore(pdf: PdfFile, update: Increment, current: PdfValue | undefined, store: PdfDict): void {
  const object = isRef(current) ? pdf.object(current.number) : null;
  if (isRef(current) && isDict(object?.value) && object.dataAt === null) update.set(current, store);
  else update.edit(pdf.catalogRef).set("DSS", update.add(store));
}

function isNew(known: Set<string>, der: Uint8Array): boolean {
  const digest = digestOf(der);
  if (known.has(digest)) return false;
  known.add(digest);
  return true;
}

function digestOf(bytes: Uint8Array | null): string {
  return bytes === null ? "" : createHash("sha256").update(bytes).digest("hex");
}

/** Says that the document uses what ETSI added to PDF 1.7 (ETSI EN 319 142-1 §5.6). Once said, it stays. */
export function declareExtension(pdf: PdfFile, update: Increment): void {
  if (pdf.catalog.has("Extensions")) return;
  const level = dictOf({ BaseVersion: nameOf("1.7"), ExtensionLevel: 5 });
  update.edit(pdf.catalogRef).set("Extensions", dictOf({ ESIC: level }));
}
