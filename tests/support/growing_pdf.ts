/**
 * Seals for tests of structure: contents that are no real signatures, and the file with its tails.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { sealSignature, type SealTail, type SignatureRequest } from "../../lib/pades/seal.ts";
import { concatenated, joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { isString } from "../../lib/pdf/values.ts";
import type { ByteSource } from "../../lib/ports.ts";

/** What a signature in a test says. */
export const REQUEST: SignatureRequest = {
  field: "Sender",
  reason: "鈴木一郎（suzuki@example.jp）が2026年12月1日 14:03:22 JSTに送信、認証方法：メール認証",
  at: "2026-12-01T05:03:22.000Z",
  signerName: "割符（開発用）",
  reserveBytes: 64,
};

/** Contents that repeat the digest they were made for. */
export function echo(sha256: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return Promise.resolve(joinBytes([Uint8Array.of(0x30, 32), sha256]));
}

/** A file and what was appended to it so far. */
export class GrowingPdf {
  /** What was appended, in order. */
  readonly tails: SealTail[] = [];
  readonly #base: Uint8Array<ArrayBuffer>;

  /** Begins with a file as it is. */
  constructor(base: Uint8Array<ArrayBuffer>) {
    this.#base = base;
  }

  /** Base and tails as one source. */
  source(): ByteSource {
    return concatenated([memorySource(this.#base), ...this.tails.map(({ bytes }) => memorySource(bytes))]);
  }

  /** Base and tails as one file. */
  whole(): Uint8Array<ArrayBuffer> {
    return joinBytes([this.#base, ...this.tails.map(({ bytes }) => bytes)]);
  }

  /** Appends what `seal` makes. */
  async add(seal: (source: ByteSource) => Promise<SealTail>): Promise<this> {
    this.tails.push(await seal(this.source()));
    return this;
  }

  /** Appends a signature whose contents echo the digest. */
  sign(field: string, lockFields?: readonly string[]): Promise<this> {
    const request = { ...REQUEST, field, ...(lockFields && { lockFields }) };
    return this.add((source) => sealSignature(source, request, echo));
  }
}

/** One signature as it stands in a file. */
export type FoundSignature = {
  readonly name: string;
  readonly contents: Uint8Array<ArrayBuffer>;
  /** Where the bytes that it covers end. */
  readonly covers: number;
  /** Whether its contents echo the digest of what it covers, and leave out nothing but themselves. */
  readonly echoes: boolean;
};

/** Every signature of a file, its digest made anew from /ByteRange. */
export function signaturesIn(bytes: Uint8Array<ArrayBuffer>): FoundSignature[] {
  return signedFields(openPdf(memorySource(bytes))).map(({ name, signature }) => {
    const contents = signature.get("Contents");
    const range = signature.get("ByteRange") as number[];
    const [start, before, after, rest] = range as [number, number, number, number];
    if (!isString(contents)) throw new TypeError("Contents is no string");
    const digest = createHash("sha256")
      .update(bytes.subarray(start, before))
      .update(bytes.subarray(after, after + rest))
      .digest();
    const gap = new TextDecoder("latin1").decode(bytes.subarray(before, after));
    return {
      name,
      contents: contents.bytes,
      covers: after + rest,
      echoes: start === 0 && /^<[0-9A-F]*>$/.test(gap) && gap.length === contents.bytes.length * 2 + 2 &&
        digest.equals(contents.bytes.subarray(2, 34)),
    };
  });
}
