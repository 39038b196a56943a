/**
 * Reads `multipart/form-data` (RFC 7578) as it arrives: a contract of 50 MB goes through in pieces and is never
 * in memory whole.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { RequestFault } from "./read_form.ts";

/** Longest head of a part, in bytes. */
const MAX_HEAD = 8 * 1024;

/** One part: a value (`filename` null) or a file. Its content must be read before the next part is asked for. */
export type FormPart = {
  readonly name: string;
  readonly filename: string | null;
  readonly content: ReadableStream<Uint8Array<ArrayBuffer>>;
};

const malformed = () => new RequestFault(400, "Cannot read the form: it is malformed");

/** The bytes of a body, looked through for marks. */
class Scanner {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #held = Buffer.alloc(0);
  #ended = false;

  constructor(body: ReadableStream<Uint8Array>, start: string) {
    this.#reader = body.getReader();
    this.#held = Buffer.from(start);
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#reader.read();
    if (done) this.#ended = true;
    else this.#held = this.#held.length === 0 ? Buffer.from(value) : Buffer.concat([this.#held, value]);
  }

  /** Whether these characters come next. */
  async startsWith(text: string): Promise<boolean> {
    while (this.#held.length < text.length && !this.#ended) await this.#more();
    return this.#held.subarray(0, text.length).toString("latin1") === text;
  }

  /** Takes bytes up to a mark, mark included; the mark is not part of what it gives. */
  async upTo(mark: Buffer, most: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at >= 0) {
        const taken = this.#held.subarray(0, at);
        this.#held = this.#held.subarray(at + mark.length);
        return taken;
      }
      if (this.#ended || this.#held.length > most) throw malformed();
      await this.#more();
    }
  }

  /** The next bytes before a mark; null when the mark comes next, which is then taken. */
  async piece(mark: Buffer): Promise<Uint8Array<ArrayBuffer> | null> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      if (at === 0) {
        this.#held = this.#held.subarray(mark.length);
        return null;
      }
      // What could be the beginning of the mark stays until more has come.
      const free = at > 0 ? at : this.#held.length - mark.length + 1;
      if (free > 0) {
        const taken = new Uint8Array(this.#held.subarray(0, free));
        this.#held = this.#held.subarray(free);
        return taken;
      }
      if (this.#ended) throw malformed();
      await this.#more();
    }
  }

  cancel(): Promise<void> {
    return this.#reader.cancel();
  }
}

/** RFC 7578 §4.2: names come as UTF-8 in quotes, with `"` and line ends percent-encoded. */
function parameter(head: string, name: string): string | null {
  const found = new RegExp(`;\\s*${name}="([^"\\r\\n]*)"`, "i").exec(head)?.[1];
  return found?.replace(/%22/g, '"').replace(/%0D|%0A/gi, "") ?? null;
}

/** Characters of a name that are kept: its end, which says what the file is. */
const MOST_CHARACTERS = 200;

/** A name without folders, control characters and marks of direction, short enough to be kept. */
function plainName(filename: string): string {
  const last = filename.split(/[\\/]/).at(-1) ?? "";
  return [...last.replace(/[\p{Cc}\p{Cf}]/gu, "")].slice(-MOST_CHARACTERS).join("");
}

function partOf(
  head: string,
  scanner: Scanner,
  delimiter: Buffer,
): FormPart & { readonly read: () => boolean } {
  const name = parameter(head, "name");
  if (name === null) throw malformed();
  const filename = parameter(head, "filename");
  let read = false;
  const content = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const piece = await scanner.piece(delimiter);
      if (piece !== null) return controller.enqueue(piece);
      read = true;
      controller.close();
    },
  }, { highWaterMark: 0 });
  return { name, filename: filename === null ? null : plainName(filename), content, read: () => read };
}

/** The parts of a request's body, in order. Throws `RequestFault` for another content type or a broken body. */
export async function* formParts(request: Request): AsyncGenerator<FormPart> {
  const type = request.headers.get("content-type") ?? "";
  const boundary = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type);
  if (!boundary || !request.body) {
    throw new RequestFault(415, "Cannot read the form: it has another content type");
  }
  const delimiter = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const scanner = new Scanner(request.body, "\r\n");
  try {
    await scanner.upTo(delimiter, MAX_HEAD);
    for (;;) {
      if (await scanner.startsWith("--")) return;
      await scanner.upTo(Buffer.from("\r\n"), MAX_HEAD);
      const headers = (await scanner.upTo(Buffer.from("\r\n\r\n"), MAX_HEAD)).toString();
      const part = partOf(headers, scanner, delimiter);
      yield part;
      if (!part.read()) throw new TypeError("Cannot go on: the part before was not read to its end");
    }
  } finally {
    await scanner.cancel();
  }
}

/** The text of a part. Throws `RequestFault` above `most` bytes. */
export async function partText(part: FormPart, most: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of part.content) {
    size += piece.length;
    if (size > most) throw new RequestFault(413, "Cannot read the form: a value is too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
