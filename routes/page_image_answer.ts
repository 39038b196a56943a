/**
 * Answers with one page of a document as an image.
 *
 * @module
 */
import type { Context } from "hono";
import type { ContractFile } from "../lib/domain/case.ts";
import { ANSWERS } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { drawnWidth } from "./page_images.ts";
import { answerPage } from "./refusal_page.tsx";

/** Digits of a document's hash that stand in the addresses of its images. */
const VERSION_DIGITS = 8;
const DEFAULT_WIDTH = 1240;

/**
 * What follows the path of a page image. It names the document's version: an image that a browser kept of a
 * document is never shown as a page of the one that came in its place.
 */
export function imageQuery(file: ContractFile, width: number): string {
  return `?w=${width}&v=${file.sha256.slice(0, VERSION_DIGITS)}`;
}

/** Whether whoever asks shows JPEG: browsers say so of all images at once, programs that say nothing get PNG. */
const showsJpeg = (accept: string): boolean => /image\/(\*|jpeg)/.test(accept);

/** The image, or the page for addresses that lead nowhere. Throws `PortError`. */
export async function pageImageAnswer(
  desk: Desk,
  c: Context,
  file: ContractFile | null,
  page: number,
): Promise<Response> {
  const width = drawnWidth(Number(c.req.query("w") ?? DEFAULT_WIDTH));
  const version = c.req.query("v") ?? "";
  if (
    !file || !(page >= 1 && page <= file.pages) || width === null || !file.sha256.startsWith(version)
  ) {
    return answerPage(desk.pages, ANSWERS.unknown);
  }
  const pngOnly = !showsJpeg(c.req.header("accept") ?? "");
  const etag = `"${file.sha256}-${page}-${width}${pngOnly ? "-png" : ""}"`;
  const headers = { "cache-control": "private, max-age=3600", "vary": "accept", etag };
  if (c.req.header("if-none-match") === etag) return new Response(null, { status: 304, headers });
  const { type, bytes } = await desk.images.image(file, page, width, pngOnly);
  return new Response(bytes, { headers: { ...headers, "content-type": type } });
}
