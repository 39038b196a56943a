/**
 * Appends a signature or a document timestamp: prepares the update, hashes all but the gap for the signature in
 * one pass, has it made, and puts it in.
 *
 * @module
 */
import { createHash, type Hash } from "node:crypto";
import { writeLatin1 } from "../pdf/characters.ts";
import { type FinishedIncrement, Increment } from "../pdf/increment.ts";
import { openPdf, type PdfFile } from "../pdf/pdf_file.ts";
import type { PdfDict } from "../pdf/values.ts";
import { hexOf } from "../pdf/write_value.ts";
import { type ByteSource, PortError } from "../ports.ts";
import { feedHashes } from "./feed_hashes.ts";
import type { SealTail } from "./seal_tail.ts";
import { addSignatureField } from "./signature_field.ts";
import { rangeText, type SignatureSlot, signatureSlot } from "./signature_slot.ts";

/** Makes the content of /Contents, DER, for the SHA-256 of all bytes outside it. */
export type MakeContents = (sha256: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;

/** What is appended. */
export type SignatureDraft = {
  /** Name of the field, which no other has. */
  readonly field: string;
  /** Bytes kept free at first. */
  readonly reserveBytes: number;
  /** The signature dictionary but /ByteRange and /Contents. */
  readonly entries: PdfDict;
  /** What the field locks; null for nothing. */
  readonly lock: PdfDict | null;
  /** Adds what else the update changes. */
  readonly also?: (update: Increment) => void;
};

/** Room beyond what a signature needed that did not fit: the next try's may be a little longer. */
const MARGIN = 512;

/**
 * Appends the signature that `make` makes. When it is longer than its room, it is made once more with more room.
 * Throws `UnreadableError` for a file that cannot be read, `PortError` `too_large` when it does not fit again.
 */
export async function appendSignature(
  pdf: PdfFile,
  draft: SignatureDraft,
  make: MakeContents,
): Promise<SealTail> {
  const base = await hashOf(pdf.source);
  const first = await attempt(pdf, base, draft, draft.reserveBytes, make);
  if (first.tail) return first.tail;
  const second = await attempt(pdf, base, draft, first.needed + MARGIN, make);
  if (second.tail) return second.tail;
  throw new PortError("too_large", "Cannot seal: the signature outgrows its room", { retryable: true });
}

type Attempt = { readonly tail: SealTail | null; readonly needed: number };

async function attempt(
  pdf: PdfFile,
  base: Hash,
  draft: SignatureDraft,
  reserve: number,
  make: MakeContents,
): Promise<Attempt> {
  const { bytes, contents } = prepare(pdf, draft, reserve);
  const signed = base.copy().update(bytes.subarray(0, contents.start)).update(bytes.subarray(contents.end));
  const made = await make(new Uint8Array(signed.digest()));
  if (made.length > reserve) return { tail: null, needed: made.length };
  writeLatin1(hexOf(made), bytes, contents.start + 1);
  return { tail: { bytes, sha256: base.copy().update(bytes).digest("hex") }, needed: made.length };
}

/** The update with its byte range in place and /Contents all zeros. */
function prepare(pdf: PdfFile, draft: SignatureDraft, reserve: number) {
  const update = new Increment(pdf);
  const signature = update.allocate();
  draft.also?.(update);
  const slot = signatureSlot(draft.entries, reserve);
  update.setWritten(signature, slot.text);
  addSignatureField(pdf, update, { name: draft.field, signature, lock: draft.lock });
  const { bytes, valueAt } = update.finish();
  const at = valueAt.get(signature.number)!;
  const contents = gapOf(slot, at);
  const inFile = { start: pdf.source.size + contents.start, end: pdf.source.size + contents.end };
  writeLatin1(rangeText(inFile, pdf.source.size + bytes.length), bytes, at + slot.rangeAt);
  return { bytes, contents };
}

function gapOf(slot: SignatureSlot, at: number) {
  const start = at + slot.contentsAt;
  return { start, end: start + slot.reserve * 2 + 2 };
}

async function hashOf(source: ByteSource): Promise<Hash> {
  const hash = createHash("sha256");
  await feedHashes([hash], source);
  return hash;
}

/** A finished update that carries no signature: the bytes to append. Throws `UnreadableError`. */
export function appendUpdate(
  source: ByteSource,
  change: (pdf: PdfFile, update: Increment) => void,
): FinishedIncrement {
  const pdf = openPdf(source);
  const update = new Increment(pdf);
  change(pdf, update);
  return update.finish();
}

/** What is appended to a file, with the digest of both. */
export async function tailOn(source: ByteSource, bytes: SealTail["bytes"]): Promise<SealTail> {
  return { bytes, sha256: (await hashOf(source)).update(bytes).digest("hex") };
}
