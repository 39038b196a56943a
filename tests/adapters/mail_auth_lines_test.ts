import { strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { LineWatch } from "../../lib/adapters/mail_auth_lines.ts";

/** Whether a text passes, given in pieces of a size. */
function passes(text: string, size = 64 * 1024): boolean {
  const bytes = Buffer.from(text);
  const watch = new LineWatch();
  for (let at = 0; at < bytes.length; at += size) {
    if (!watch.take(bytes.subarray(at, at + size))) return false;
  }
  return true;
}

Deno.test("lines may be long, but not without end", () => {
  equal(passes(`${"x".repeat(100_000)}\r\n`.repeat(3)), false);
  equal(passes(`${"x".repeat(99_999)}\r\n`.repeat(3)), true);
  equal(passes("x".repeat(100_001)), false);
});

Deno.test("a mail that a pipe has rewritten passes, millions of bare line feeds do not", () => {
  equal(passes("QUJD\n".repeat(1_000_000)), true);
  equal(passes("\n".repeat(1_000_001)), false);
  equal(passes("\r\n".repeat(1_100_000)), true);
});

Deno.test("where a message is cut makes no difference", () => {
  const text = fc.array(fc.constantFrom("\r\n", "\n", "\r", "x".repeat(60_000)), { maxLength: 6 });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 70_000 }), (parts, size) => {
    equal(passes(parts.join(""), size), passes(parts.join(""), 1_000_000));
  }));
  equal(passes("\r\n".repeat(600_001), 3), true);
});
