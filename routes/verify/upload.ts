/**
 * Takes an uploaded PDF in for a moment. It stays in memory and is never put among the blobs: those are named by
 * their content, so removing it afterwards could remove the very file that is on record.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { PortError, type Sha256 } from "../../lib/ports.ts";
import { type FormPart, formParts, partText } from "../multipart.ts";
import { RequestFault } from "../read_form.ts";

/** Longest value of a field beside the file, in bytes. */
const MAX_VALUE_BYTES = 8 * 1024;

/** An uploaded file. */
export type UploadedPdf = {
  readonly filename: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hexadecimal SHA-256, made while the file came: no single step then takes long. */
  readonly sha256: Sha256;
};

/** Memory that all uploads share. */
export class UploadRoom {
  #free: number;
  /** Room for so many bytes. */
  constructor(bytes: number) {
    this.#free = bytes;
  }
  /** Takes room for bytes that have come. Throws `PortError`, retryable, when there is none left. */
  take(bytes: number): void {
    if (bytes > this.#free) {
      throw new PortError("unavailable", "Cannot take the file: too many are being looked at", {
        retryable: true,
      });
    }
    this.#free -= bytes;
  }
  /** Gives room back. */
  give(bytes: number): void {
    this.#free += bytes;
  }
}

/** The content of a part, in one piece. Throws `RequestFault` above `most` bytes. */
async function contentOf(
  part: FormPart,
  most: number,
  take: (bytes: number) => void,
): Promise<Omit<UploadedPdf, "filename">> {
  const hash = createHash("sha256");
  const buffer = new ArrayBuffer(0, { maxByteLength: most });
  for await (const piece of part.content) {
    const size = buffer.byteLength;
    if (size + piece.length > most) throw new RequestFault(413, "Cannot take the file: it is too large");
    take(piece.length);
    buffer.resize(size + piece.length);
    new Uint8Array(buffer, size).set(piece);
    hash.update(piece);
  }
  return { bytes: new Uint8Array(buffer.transferToFixedLength()), sha256: hash.digest("hex") };
}

/** How an upload is taken in. */
export type UploadRules = {
  /** Largest file, in bytes. */
  readonly most: number;
  readonly room: UploadRoom;
  /** Looks at the fields before the file; an answer ends it. */
  readonly check: (fields: ReadonlyMap<string, string>) => Response | null;
};

async function readParts(
  request: Request,
  { most, check }: UploadRules,
  take: (bytes: number) => void,
): Promise<UploadedPdf | Response> {
  const fields = new Map<string, string>();
  let file: UploadedPdf | null = null;
  for await (const part of formParts(request)) {
    const { filename } = part;
    if (filename === null) {
      const text = await partText(part, MAX_VALUE_BYTES);
      take(text.length);
      fields.set(part.name, text);
      continue;
    }
    const refused = check(fields);
    if (refused) return refused;
    if (part.name !== "pdf" || file) throw new RequestFault(400, "Cannot read the form: it has another file");
    file = { filename, ...await contentOf(part, most, take) };
  }
  const refused = check(fields);
  if (refused) return refused;
  if (!file) throw new RequestFault(400, "Cannot read the form: it has no file");
  return file;
}

/** Hands the file of a request over for as long as `use` takes. Throws `RequestFault`, `PortError`. */
export async function withUpload(
  request: Request,
  rules: UploadRules,
  use: (upload: UploadedPdf) => Promise<Response>,
): Promise<Response> {
  let taken = 0;
  const take = (bytes: number) => {
    rules.room.take(bytes);
    taken += bytes;
  };
  try {
    const upload = await readParts(request, rules, take);
    return upload instanceof Response ? upload : await use(upload);
  } finally {
    rules.room.give(taken);
  }
}
