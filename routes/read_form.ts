/**
 * Reads posted forms within bounds.
 *
 * @module
 */
import type { Context } from "hono";

/** Largest form without files, in bytes: room for a 共同企業体 of many members. */
const MAX_FORM_BYTES = 256 * 1024;

/** A request that can't be understood as it came; ends as a page with this status. */
export class RequestFault extends Error {
  /** The status of the answer. */
  readonly status: 400 | 413 | 415;
  /** Says in short what is wrong. */
  constructor(status: 400 | 413 | 415, message: string) {
    super(message);
    this.name = "RequestFault";
    this.status = status;
  }
}

/** The values of a form, by name. */
export class FormValues {
  readonly #values: ReadonlyMap<string, string>;
  /** Takes the values as they came; of doubles the last one counts. */
  constructor(entries: Iterable<readonly [string, string]>) {
    this.#values = new Map(entries);
  }
  /** A value without blanks around it, line ends as `\n`; empty when it is not there. */
  get(...names: readonly string[]): string {
    const found = names.map((name) => this.#values.get(name)).find((value) => value !== undefined);
    return (found ?? "").replace(/\r\n?/g, "\n").trim();
  }
  /** All values with their names. */
  entries(): Iterable<readonly [string, string]> {
    return this.#values;
  }
}

async function boundedText(request: Request): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_FORM_BYTES) {
    throw new RequestFault(413, "Cannot read the form: it is too large");
  }
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of request.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_FORM_BYTES) throw new RequestFault(413, "Cannot read the form: it is too large");
  }
  return text + decoder.decode();
}

/** The form of a post. Throws `RequestFault` for what is no form (415) or too large (413). */
export async function readForm(c: Context): Promise<FormValues> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new RequestFault(415, "Cannot read the form: it has another content type");
  }
  return new FormValues(new URLSearchParams(await boundedText(c.req.raw)));
}
