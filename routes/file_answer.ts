/**
 * Answers with a file, whole or in part (RFC 9110 §14), read piece by piece from where it lies.
 *
 * @module
 */
import { currentParts, currentSha256, currentSize, type SealedDocument } from "../lib/domain/case.ts";
import { openParts } from "../lib/flows/open_file.ts";
import { chunksOf } from "../lib/pdf/byte_source.ts";
import type { Blobs, ByteSource, Sha256 } from "../lib/ports.ts";
import { FILE_POLICY } from "./security_headers.ts";

/** A file to be handed out. */
export type AnsweredFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  /** Names the bytes: the same tag, the same content. */
  readonly tag: string;
  /** The blobs that make it up, in order. */
  readonly parts: readonly Sha256[];
  /** Saved rather than shown. */
  readonly download: boolean;
};

/** A contract as it now stands, with all seals so far; shown unless `download` is set. */
export function documentFile(document: SealedDocument): AnsweredFile {
  return {
    filename: document.name,
    contentType: "application/pdf",
    size: currentSize(document),
    tag: currentSha256(document),
    parts: currentParts(document),
    download: false,
  };
}

type Span = { readonly from: number; readonly to: number };

/** The span asked for; null for the whole file, `false` when it lies outside. One range only: more get it all. */
function spanOf(range: string | null, size: number): Span | null | false {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length > 0 && { from: size - length, to: size };
  }
  const from = Number(first);
  const to = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < from) return null; // RFC 9110 §14.1.1: invalid, so ignored
  return from < size && { from, to };
}

function streamOf(source: ByteSource, span: Span): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = chunksOf(source, span.from, span.to);
  return new ReadableStream({
    pull(controller) {
      const next = chunks.next();
      if (!next.done) return controller.enqueue(next.value);
      source.close();
      controller.close();
    },
    cancel: () => source.close(),
  }, { highWaterMark: 0 });
}

/** RFC 6266 §4.1: a plain name for old browsers, the real one encoded beside it. */
function disposition(kind: "attachment" | "inline", filename: string, plainName: string): string {
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `${kind}; filename="${plainName}"; filename*=UTF-8''${encoded}`;
}

/** `Content-Disposition` of what is saved: its name, and one of ASCII letters for old browsers. */
export const attachment = (filename: string, plainName: string): string =>
  disposition("attachment", filename, plainName);

/** The answer to a GET or HEAD for a file. */
export async function fileAnswer(blobs: Blobs, request: Request, file: AnsweredFile): Promise<Response> {
  const etag = `"${file.tag}"`;
  const headers = new Headers({
    "accept-ranges": "bytes",
    "cache-control": "private, no-cache",
    "content-disposition": disposition(
      file.download ? "attachment" : "inline",
      file.filename,
      "document.pdf",
    ),
    "content-security-policy": FILE_POLICY,
    "content-type": file.contentType,
    etag,
  });
  const known = request.headers.get("if-none-match");
  if (known === "*" || known?.split(/\s*,\s*/).includes(etag)) {
    return new Response(null, { status: 304, headers });
  }
  const ifRange = request.headers.get("if-range");
  const range = ifRange === null || ifRange === etag ? request.headers.get("range") : null;
  const span = spanOf(range, file.size);
  if (span === false) {
    headers.set("content-range", `bytes */${file.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { from, to } = span ?? { from: 0, to: file.size };
  headers.set("content-length", String(to - from));
  if (span) headers.set("content-range", `bytes ${from}-${to - 1}/${file.size}`);
  const status = span ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  return new Response(streamOf(await openParts(blobs, file.parts), { from, to }), { status, headers });
}
