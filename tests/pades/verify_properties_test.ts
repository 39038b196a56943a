/**
 * What no change of bytes can bring about.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { sealsIn } from "../../lib/pades/seals_in.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, executedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const { bytes, ends } = await executedFile(plainPdf({ content: "BT /F1 12 Tf (1,200,000) Tj ET" }));
const trustRoots = await devRoots();
const verify = (changed: Bytes) => verifyPdf(memorySource(changed), { trustRoots, at: AFTER });

/** All that the last timestamp's signature protects. Its certificate, if damaged, is found in the validation data. */
function meaningOfLast(file: Bytes) {
  const token = readTimestampToken(sealsIn(openPdf(memorySource(file))).at(-1)!.contents);
  const { content } = token.signed;
  const { signedBytes, signature } = token.signer;
  return { content, signedBytes, signature };
}

const place = fc.oneof(
  fc.nat({ max: bytes.length - 1 }),
  // The newest update, where nothing later would notice.
  fc.integer({ min: ends.at(-2)!, max: bytes.length - 1 }),
);

Deno.test("R39 no flipped bits leave an executed contract valid, but where nothing has a meaning", async () => {
  const flips = fc.array(fc.record({ at: place, mask: fc.integer({ min: 1, max: 255 }) }), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(flips, async (list) => {
      const changed = bytes.slice();
      for (const { at, mask } of list) changed[at]! ^= mask;
      if (changed.every((byte, at) => byte === bytes[at])) return;
      if ((await verify(changed)).verdict !== "valid") return;
      // Allowed are the other case of a hexadecimal digit, and parts of the last CMS that nobody signs.
      deepEqual(meaningOfLast(changed), meaningOfLast(bytes));
      deepEqual(changed.slice(0, ends.at(-2)), bytes.slice(0, ends.at(-2)));
    }),
    { numRuns: 250 },
  );
});

Deno.test("R39 a longer last CMS that takes in its padding is no longer the same", async () => {
  const text = new TextDecoder("latin1").decode(bytes);
  const at = text.lastIndexOf("/Contents<3082") + "/Contents<3082".length;
  const length = parseInt(text.slice(at, at + 4), 16) + 16;
  const changed = bytes.slice();
  changed.set(new TextEncoder().encode(length.toString(16).toUpperCase().padStart(4, "0")), at);
  const report = await verify(changed);
  equal(report.verdict, "tampered");
  deepEqual(report.revisions.at(-1)?.faults, ["hidden_bytes"]);
});

Deno.test("R39 the padding of the last slot is watched as well", async () => {
  const text = new TextDecoder("latin1").decode(bytes);
  const end = text.lastIndexOf("0>");
  const changed = bytes.slice();
  for (let at = end; at > end - 40; at -= 13) {
    changed.set(bytes);
    changed[at] = 0x41;
    equal((await verify(changed)).verdict, "tampered");
  }
});

Deno.test("whatever is cut out, doubled or put in, a verdict is given and it is not valid", async () => {
  const span = fc.record({
    from: fc.nat({ max: bytes.length - 1 }),
    length: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9_000 })),
    put: fc.uint8Array({ minLength: 1, maxLength: 60 }),
    how: fc.constantFrom("cut", "double", "put"),
  });
  await fc.assert(
    fc.asyncProperty(span, async ({ from, length, put, how }) => {
      const [before, part, after] = [
        bytes.slice(0, from),
        bytes.slice(from, from + length),
        bytes.slice(from + length),
      ];
      const middle = how === "cut" ? [] : how === "double" ? [part, part] : [Uint8Array.from(put), part];
      const changed = joinBytes([before, ...middle, after]);
      const { verdict } = await verify(changed);
      // Cut off at its end, a file may be an earlier revision, which is whole.
      ok(verdict !== "valid" || ends.includes(changed.length), `${verdict} ${how} ${from} ${length}`);
    }),
    { numRuns: 250 },
  );
});

Deno.test("any bytes get a verdict", async () => {
  const head = new TextEncoder().encode("%PDF-1.7\n");
  const tail = new TextEncoder().encode("\nstartxref\n9\n%%EOF\n");
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (middle) => {
    const { verdict } = await verify(joinBytes([head, middle, tail]));
    equal(verdict, "unreadable");
  }));
});
