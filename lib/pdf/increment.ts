/**
 * One incremental update (ISO 32000-2 §7.5.6): new and changed objects, a cross-reference section of the same
 * kind as the one before, and a trailer. Every earlier byte stays.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UnreadableError } from "../domain/unreadable.ts";
import { ByteWriter } from "./byte_writer.ts";
import { latin1Bytes } from "./characters.ts";
import type { PdfFile } from "./pdf_file.ts";
import {
  isDict,
  isString,
  type PdfDict,
  type PdfRef,
  type PdfString,
  type PdfValue,
  refTo,
  stringOf,
} from "./values.ts";
import { writeValue } from "./write_value.ts";
import { type PlacedObject, writeXrefStream, writeXrefTable } from "./write_xref.ts";

/** The update as bytes to append. */
export type FinishedIncrement = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where in `bytes` the value of each written object begins. */
  readonly valueAt: ReadonlyMap<number, number>;
};

type Written = { readonly value: () => string; readonly data: Uint8Array<ArrayBuffer> | null };

/** An update in the making. The same edits of the same file give the same bytes. */
export class Increment {
  readonly #pdf: PdfFile;
  readonly #objects = new Map<number, Written>();
  readonly #edited = new Map<number, PdfDict>();
  #next: number;
  #info: PdfValue | undefined;

  /** Of `pdf` as it is. */
  constructor(pdf: PdfFile) {
    this.#pdf = pdf;
    this.#next = pdf.nextNumber;
    this.#info = pdf.trailer.get("Info");
  }

  /** A number for an object that is set later. */
  allocate(): PdfRef {
    return refTo(this.#next++);
  }

  /** A new object. */
  add(value: PdfValue): PdfRef {
    const ref = this.allocate();
    this.set(ref, value);
    return ref;
  }

  /** A new stream; its data is written as it is. */
  addStream(data: Uint8Array<ArrayBuffer>): PdfRef {
    const ref = this.allocate();
    this.#objects.set(ref.number, { value: () => `<</Length ${data.length}>>`, data });
    return ref;
  }

  /** Gives an object a new value. */
  set(ref: PdfRef, value: PdfValue): void {
    this.#objects.set(ref.number, { value: () => writeValue(value), data: null });
  }

  /** Gives an object a value that is written already, such as one that leaves room for a signature. */
  setWritten(ref: PdfRef, text: string): void {
    this.#objects.set(ref.number, { value: () => text, data: null });
  }

  /**
   * A copy of the dictionary that an object is, to be changed and then written. Asked again, the same copy. Throws
   * `malformed` for a stream, whose data would be lost.
   */
  edit(ref: PdfRef): PdfDict {
    const known = this.#edited.get(ref.number);
    if (known) return known;
    if ((this.#pdf.object(ref.number)?.dataAt ?? null) !== null) {
      throw new UnreadableError("malformed", "Cannot update PDF object: it is a stream");
    }
    const copy: PdfDict = new Map(this.#pdf.dict(ref));
    this.#edited.set(ref.number, copy);
    this.set(ref, copy);
    return copy;
  }

  /** Makes a document information dictionary that stands in the trailer an object, as Table 15 has it. */
  externaliseInfo(): void {
    if (isDict(this.#info)) this.#info = this.add(this.#info);
  }

  /** The bytes to append. */
  finish(): FinishedIncrement {
    const base = this.#pdf.source.size;
    const out = new ByteWriter();
    const lastByte = this.#pdf.source.read(base - 1, 1)[0];
    if (lastByte !== 10 && lastByte !== 13) out.write("\n");
    const placed: PlacedObject[] = [];
    const valueAt = new Map<number, number>();
    for (const [number, { value, data }] of this.#objects) {
      const generation = this.#generationOf(number);
      placed.push({ number, generation, offset: base + out.size });
      out.write(`${number} ${generation} obj\n`);
      valueAt.set(number, out.size);
      out.write(value());
      if (data) {
        out.write("\nstream\n");
        out.write(data);
        out.write("\nendstream");
      }
      out.write("\nendobj\n");
    }
    out.write(this.#crossReference(placed, base + out.size));
    return { bytes: out.bytes(), valueAt };
  }

  #generationOf(number: number): number {
    const entry = this.#pdf.entry(number);
    return entry?.in === "file" ? entry.generation : 0;
  }

  #crossReference(placed: readonly PlacedObject[], offset: number): Uint8Array<ArrayBuffer> {
    const asStream = this.#pdf.sections[0]?.kind === "stream";
    const own = asStream ? this.#next++ : null;
    const trailer: PdfDict = new Map([["Size", this.#next]]);
    trailer.set("Root", this.#pdf.catalogRef);
    if (this.#info !== undefined) trailer.set("Info", this.#info);
    trailer.set("Prev", this.#pdf.startxref).set("ID", this.#fileIdentifier(offset));
    return own === null
      ? writeXrefTable(placed, offset, trailer)
      : writeXrefStream([...placed, { number: own, generation: 0, offset }], offset, trailer);
  }

  /** §14.4: the first part stays for the file's life, the second is that of this revision. */
  #fileIdentifier(offset: number): PdfString[] {
    const { source, trailer } = this.#pdf;
    const [first] = this.#pdf.array(trailer.get("ID")) ?? [];
    const origin = this.#pdf.resolve(first);
    const permanent = isString(origin) && origin.bytes.length > 0
      ? origin
      : digestString([source.read(0, 65536), source.read(Math.max(0, source.size - 65536), 65536)]);
    const sizes = latin1Bytes(`${source.size} ${offset} ${[...this.#objects.keys()]}`);
    return [permanent, digestString([permanent.bytes, sizes])];
  }
}

function digestString(parts: readonly Uint8Array[]): PdfString {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return stringOf(new Uint8Array(hash.digest().subarray(0, 16)));
}
