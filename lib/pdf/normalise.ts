/**
 * Mends the shell of an unsigned file: junk before the header or after the end is cut off; a cross-reference that
 * leads astray is written anew. The only place where a PDF is rewritten, and never a signed one.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { EncryptedPDFError, PDFDict, PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import { holdsContainerBomb } from "./container_bombs.ts";
import { isTangled } from "./tangles.ts";

/** The largest file that is rewritten: the rewriting holds it several times. */
const MAX_REWRITTEN = 20 << 20;
/** Where the header may begin (ISO 32000-1 Annex H, note 13). */
const MAX_LEADING = 1024;
/** How much junk after the end is cut off. */
const MAX_TRAILING = 64 << 10;

/** Cuts off what stands before `%PDF-` and after the last `%%EOF`; null when the file does not begin and end so. */
export function trimShell(source: ByteSource): Uint8Array<ArrayBuffer> | null {
  const start = bufferOf(source.read(0, MAX_LEADING + 5)).indexOf("%PDF-");
  const tailAt = Math.max(0, source.size - MAX_TRAILING);
  const tail = bufferOf(source.read(tailAt, MAX_TRAILING));
  const mark = tail.lastIndexOf("%%EOF");
  if (start < 0 || mark < 0) return null;
  const after = tail.subarray(mark + 5);
  // Objects there are the rest of a revision that was cut off: without it the file would say something else.
  if (/\bobj\b/.test(after.toString("latin1"))) return null;
  const end = tailAt + mark + 5 + lineEnd(after);
  return source.read(start, end - start).slice();
}

function lineEnd(after: Uint8Array): number {
  if (after[0] === 13) return after[1] === 10 ? 2 : 1;
  return after[0] === 10 ? 1 : 0;
}

/**
 * Writes the file anew from the objects that are found in it. Null when that is not possible or not wise: too
 * large, signed, a bomb, or an object that cannot be read. Throws `encrypted`.
 */
export async function rewrite(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer> | null> {
  if (bytes.length > MAX_REWRITTEN || bufferOf(bytes).includes("/ByteRange")) return null;
  if (isTangled(bytes) || holdsContainerBomb(bytes)) return null;
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    if (isSigned(document)) return null;
    const saved = await document.save({
      useObjectStreams: false,
      addDefaultPage: false,
      updateFieldAppearances: false,
    });
    return new Uint8Array(saved);
  } catch (cause) {
    if (cause instanceof EncryptedPDFError) {
      throw new UnreadableError("encrypted", "Cannot mend PDF: it is encrypted", { cause });
    }
    // Whatever the rewriting stumbles over, the file stays what it was: damaged.
    return null;
  }
}

function isSigned(document: PDFDocument): boolean {
  return document.context.enumerateIndirectObjects().some(([, object]) => {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    return dict instanceof PDFDict && dict.has(PDFName.of("ByteRange"));
  });
}

function bufferOf(bytes: Uint8Array<ArrayBuffer>): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
