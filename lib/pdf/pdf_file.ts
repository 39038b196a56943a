/**
 * A PDF opened for reading in place: its structure is followed by small jumps, so memory does not grow with
 * the file.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import { cachedBlocks } from "./block_cache.ts";
import { Budget, Work } from "./budget.ts";
import { readFileEnds } from "./file_ends.ts";
import { ObjectStream } from "./object_stream.ts";
import { type ReadObject, readObjectAt } from "./read_object.ts";
import { streamData } from "./stream_data.ts";
import {
  isDict,
  isRef,
  nameText,
  naturalNumber,
  type PdfDict,
  type PdfRef,
  type PdfValue,
} from "./values.ts";
import { readXrefChain, type XrefSection } from "./xref_chain.ts";
import { MAX_OBJECT_NUMBER, type XrefEntry, type XrefIndex } from "./xref_index.ts";

/** An indirect object; of a stream, `value` is the dictionary. */
export type PdfObject = {
  readonly value: PdfValue;
  readonly generation: number;
  /** Where a stream's raw data begins; null for what is no stream. */
  readonly dataAt: number | null;
};

const MAX_KEPT_OBJECTS = 4096;
/** What the values of all objects that are kept cost: up to 50 bytes each. One object may be larger. */
const MAX_KEPT_COST = 200_000;
const MAX_KEPT_STREAM_BYTES = 64 << 20;
const MAX_REFERENCES = 32;

/** An opened PDF. Its methods throw `UnreadableError` with the code of an `UploadFault`. */
export class PdfFile {
  /** The bytes. */
  readonly source: ByteSource;
  /** What all revisions of the file may cost together. */
  readonly work: Work;
  /** The newest trailer. */
  readonly trailer: PdfDict;
  /** Offset of the newest cross-reference section. */
  readonly startxref: number;
  /** All sections, newest first. */
  readonly sections: readonly XrefSection[];
  /** The lowest object number such that neither it nor any higher one was ever used. */
  readonly nextNumber: number;
  /** Bytes after the last `%%EOF` that are more than white space; else 0. */
  readonly trailingBytes: number;
  /** Reference to the catalog. */
  readonly catalogRef: PdfRef;
  /** The catalog. */
  readonly catalog: PdfDict;
  readonly #blocks: ByteSource;
  readonly #index: XrefIndex;
  readonly #budget: Budget;
  readonly #objects = new Map<number, PdfObject>();
  readonly #objectStreams = new Map<number, ObjectStream>();
  #costKept = 0;
  #streamBytesKept = 0;

  /** Reads trailer and catalog. Use {@linkcode openPdf}. */
  constructor(source: ByteSource, work: Work) {
    const { startxref, trailingBytes } = readFileEnds(source);
    this.source = source;
    this.work = work;
    this.startxref = startxref;
    this.trailingBytes = trailingBytes;
    this.#blocks = cachedBlocks(source);
    this.#budget = new Budget(source.size, work);
    const { sections, index } = readXrefChain(this.#blocks, startxref, this.#budget);
    const [newest] = sections;
    if (!newest) throw new UnreadableError("bad_xref", "Cannot read PDF: it has no cross-reference");
    this.sections = sections;
    this.#index = index;
    this.trailer = newest.trailer;
    // Readers differ in which trailer they ask, so none may name an encryption.
    if (sections.some(({ trailer }) => (trailer.get("Encrypt") ?? null) !== null)) {
      throw new UnreadableError("encrypted", "Cannot read PDF: it is encrypted");
    }
    const sizes = sections.map(({ trailer }) => naturalNumber(trailer.get("Size")) ?? 0);
    this.nextNumber = Math.max(index.highest + 1, ...sizes);
    if (this.nextNumber > MAX_OBJECT_NUMBER) {
      throw new UnreadableError("malformed", "Cannot read PDF: object numbers are too large");
    }
    const root = this.trailer.get("Root");
    if (!isRef(root)) throw new UnreadableError("malformed", "Cannot read PDF: it has no catalog");
    this.catalogRef = root;
    this.catalog = this.#readCatalog();
  }

  /** Where object `number` is; null when it is free or unknown. */
  entry(number: number): XrefEntry | null {
    return this.#index.get(number);
  }

  /** Every object number in use, in order. */
  numbers(): Iterable<number> {
    return this.#index.numbers();
  }

  /** Object `number`; null when it is free or unknown. */
  object(number: number): PdfObject | null {
    const known = this.#objects.get(number);
    if (known) return known;
    const entry = this.entry(number);
    if (entry === null) return null;
    const object = entry.in === "file" ? this.#objectAt(number, entry.offset) : {
      ...this.#objectStream(entry.container).object(number, entry.index),
      generation: 0,
      dataAt: null,
    };
    this.#keepObject(number, object, object.cost);
    return object;
  }

  /** The value itself, or what it refers to; null when that is absent. */
  resolve(value: PdfValue | undefined): PdfValue {
    let reached = value ?? null;
    for (let steps = 0; isRef(reached); steps++) {
      if (steps === MAX_REFERENCES) {
        throw new UnreadableError("malformed", "Cannot read PDF object: references run in a circle");
      }
      reached = this.object(reached.number)?.value ?? null;
    }
    return reached;
  }

  /** The dictionary (also of a stream) that the value is or refers to. */
  dict(value: PdfValue | undefined): PdfDict | null {
    const resolved = this.resolve(value);
    return isDict(resolved) ? resolved : null;
  }

  /** The array that the value is or refers to. */
  array(value: PdfValue | undefined): PdfValue[] | null {
    const resolved = this.resolve(value);
    return Array.isArray(resolved) ? resolved : null;
  }

  /** The decoded data of the stream that the value refers to; null when it refers to none. */
  streamBytes(value: PdfValue | undefined): Uint8Array<ArrayBuffer> | null {
    const object = isRef(value) ? this.object(value.number) : null;
    if (!object || object.dataAt === null || !isDict(object.value)) return null;
    return this.#streamData(object.value, object.dataAt);
  }

  #readCatalog(): PdfDict {
    const catalog = this.dict(this.catalogRef);
    if (catalog && (nameText(this.resolve(catalog.get("Type"))) === "Catalog")) return catalog;
    throw new UnreadableError("bad_xref", "Cannot read PDF: its cross-reference leads to no catalog");
  }

  #keepObject(number: number, object: PdfObject, cost: number): void {
    this.#costKept += cost;
    if (this.#objects.size >= MAX_KEPT_OBJECTS || this.#costKept > MAX_KEPT_COST) {
      this.#objects.clear();
      this.#costKept = cost;
    }
    this.#objects.set(number, object);
  }

  #objectAt(number: number, offset: number): ReadObject {
    const read = readObjectAt(this.#blocks, offset, this.#budget);
    if (read.number === number) return read;
    throw new UnreadableError("bad_xref", "Cannot read PDF object: another stands in its place", {
      where: `object ${number}`,
    });
  }

  #objectStream(container: number): ObjectStream {
    const known = this.#objectStreams.get(container);
    if (known) return known;
    const entry = this.entry(container);
    if (entry?.in !== "file") {
      throw new UnreadableError("bad_xref", "Cannot read object stream: it is not there", {
        where: `object ${container}`,
      });
    }
    const { value, dataAt } = this.#objectAt(container, entry.offset);
    if (dataAt === null || !isDict(value)) {
      throw new UnreadableError("malformed", "Cannot read object stream: it is no stream");
    }
    const stream = new ObjectStream(value, this.#streamData(value, dataAt), this.#budget);
    this.#keep(container, stream);
    return stream;
  }

  #keep(container: number, stream: ObjectStream): void {
    this.#streamBytesKept += stream.data.length;
    if (this.#streamBytesKept > MAX_KEPT_STREAM_BYTES) {
      this.#objectStreams.clear();
      this.#streamBytesKept = stream.data.length;
    }
    this.#objectStreams.set(container, stream);
  }

  #streamData(dict: PdfDict, dataAt: number): Uint8Array<ArrayBuffer> {
    return streamData(this.source, dict, dataAt, (value) => this.resolve(value), this.#budget);
  }
}

/**
 * Opens a PDF. Throws `UnreadableError` with the code of an `UploadFault`.
 *
 * @param work given for a further revision of a file of which one is open already
 */
export function openPdf(source: ByteSource, work: Work = new Work()): PdfFile {
  return new PdfFile(source, work);
}
