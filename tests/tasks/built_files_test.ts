/**
 * What every visitor loads stays small: styles and scripts are measured as they are served.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { buildPages } from "../../lib/tasks/build.ts";

const assets = await buildPages();
const bytesOf = (path: string): number => assets.files.get(path)!.body.length;

Deno.test("the style sheet of every page is at most 12 KB, and that of the 簡易表示版 at most 2 KB", () => {
  ok(bytesOf(assets.style.src) <= 12_288, `${bytesOf(assets.style.src)} bytes`);
  ok(bytesOf(assets.simple.src) <= 2_048, `${bytesOf(assets.simple.src)} bytes`);
});

Deno.test("all scripts together are at most 10 KB as they are sent", () => {
  const scripts = [...assets.files].filter(([path]) => path.endsWith(".js"));
  const sent = scripts.reduce((sum, [, { body }]) => sum + gzipSync(body, { level: 9 }).length, 0);
  ok(scripts.length > 1 && sent <= 10_240, `${sent} bytes`);
});

Deno.test("the 簡易表示版 asks for nothing that a browser of 2010 does not know", () => {
  const css = new TextDecoder().decode(assets.files.get(assets.simple.src)!.body);
  const young = css.match(/var\(|--\w|display:\s*(?:grid|flex|inline-flex)|@supports|@layer|clamp\(|:has\(/g);
  ok(young === null, `${young}`);
});
