/**
 * Serves the built files. Their names hold their hash, so they may be kept for ever.
 *
 * @module
 */
import type { Context } from "hono";
import type { Asset, Assets } from "./site.ts";

function encoded(asset: Asset, accepted: string): { body: Uint8Array<ArrayBuffer>; encoding: string | null } {
  if (asset.brotli && /\bbr\b/.test(accepted)) return { body: asset.brotli, encoding: "br" };
  if (asset.gzip && /\bgzip\b/.test(accepted)) return { body: asset.gzip, encoding: "gzip" };
  return { body: asset.body, encoding: null };
}

/** Answers for a path below `/static/`; null when nothing was built under that name. */
export function staticFile(c: Context, assets: Assets): Response | null {
  const asset = assets.files.get(c.req.path);
  if (!asset) return null;
  const { body, encoding } = encoded(asset, c.req.header("accept-encoding") ?? "");
  const headers = new Headers({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": asset.contentType,
    "content-length": String(body.length),
    vary: "accept-encoding",
  });
  if (encoding) headers.set("content-encoding", encoding);
  return new Response(c.req.method === "HEAD" ? null : body, { headers });
}
