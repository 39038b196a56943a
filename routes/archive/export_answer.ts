/**
 * Answers with a table or an archive that is made while it is sent.
 *
 * @module
 */
import { attachment } from "../file_answer.ts";
import { FILE_POLICY } from "../security_headers.ts";

/** What is sent. */
export type ExportedFile = {
  readonly filename: string;
  /** Of a few letters, for browsers that know no other (RFC 6266 §4.3). */
  readonly plainName: string;
  readonly contentType: string;
};

/**
 * The answer, without its content for a HEAD; `ended` is called once, when all is sent, nobody wants it any more, or
 * it failed. The next piece is made when the one before has gone.
 */
export function exportAnswer(
  pieces: AsyncGenerator<Uint8Array>,
  file: ExportedFile,
  ended: (fault?: unknown) => void,
  headOnly: boolean,
): Response {
  const headers = {
    "content-disposition": attachment(file.filename, file.plainName),
    "content-security-policy": FILE_POLICY,
    "content-type": file.contentType,
  };
  if (headOnly) {
    ended();
    return new Response(null, { headers });
  }
  let open = true;
  const end = (fault?: unknown) => {
    if (open) ended(fault);
    open = false;
  };
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await pieces.next();
        if (!next.done) return controller.enqueue(next.value);
        end();
        controller.close();
      } catch (error) {
        end(error);
        throw error;
      }
    },
    async cancel() {
      try {
        await pieces.return(undefined);
        end();
      } catch (error) {
        end(error);
      }
    },
  }, { highWaterMark: 0 });
  return new Response(body, { headers });
}

/** Texts as bytes. */
export async function* encoded(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for await (const text of texts) yield encoder.encode(text);
}

/** Lets everyone have one export at a time. */
export class ExportTurns {
  readonly #busy = new Set<string>();
  /** Takes the turn of someone; false while an earlier export of theirs is on its way. */
  take(who: string): boolean {
    if (this.#busy.has(who)) return false;
    this.#busy.add(who);
    return true;
  }
  /** Gives it back. */
  end(who: string): void {
    this.#busy.delete(who);
  }
}
