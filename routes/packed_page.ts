/**
 * Large pages go packed to browsers that unpack them: a hundred pages of a contract are the same lines over and over.
 *
 * Packing tells something of a page's secrets to who can put texts of his own in and see the length. Nothing on these
 * pages comes from the request, and the guard of a form is another each time.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import type { Context } from "hono";
import type { Pages } from "./render.tsx";

/** Below this a page takes few packets, and packing costs more than it saves. */
const PACKED_FROM_BYTES = 32_768;
/** Half a millisecond for a hundred pages; more effort saves little. */
const LEVEL = 3;

/** Ready HTML as an answer, packed where that is worth it (RFC 9110 §8.4). */
export function packedPage(pages: Pages, c: Context, html: string): Response {
  if (Buffer.byteLength(html) < PACKED_FROM_BYTES) return pages.ready(html);
  const headers = { vary: "accept-encoding" };
  if (!/\bgzip\b/.test(c.req.header("accept-encoding") ?? "")) return pages.ready(html, { headers });
  const packed = new Uint8Array(gzipSync(html, { level: LEVEL }));
  return pages.ready(packed, { headers: { ...headers, "content-encoding": "gzip" } });
}
