/**
 * Structures that no program writes: each was found by damaging sealed files at random (`tests/fuzz`), and once cost
 * the verifier minutes or its life.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import { sealsIn } from "../../lib/pades/seals_in.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const MANY = 300_000;

const verify = async (bytes: Bytes) =>
  await verifyPdf(memorySource(bytes), { trustRoots: await devRoots(), at: AFTER });

async function signed(): Promise<Bytes> {
  const file = await sealedFile(plainPdf({ content: "BT ET" }));
  await file.sign("Sender");
  return file.bytes;
}

Deno.test("R39 an update whose cross-reference promises all numbers there are is judged at once", async () => {
  const base = await signed();
  const [, previous] = /startxref\n(\d+)\n%%EOF\n$/.exec(latin1(base))!;
  const dict = `/Type/XRef/W[1 2 1]/Index[50 1 60 9007199254740000]/Size 99/Root 1 0 R/Prev ${previous}`;
  const more = `50 0 obj\n${
    streamBody("\x01\x00\x00\x00", dict)
  }\nendobj\nstartxref\n${base.length}\n%%EOF\n`;
  equal((await verify(joinBytes([base, latin1Bytes(more)]))).verdict, "changed-after");
});

Deno.test("R39 an update with an endless list in it gets a verdict", async () => {
  const base = await signed();
  const { bytes } = appendUpdate(memorySource(base), (pdf, update) => {
    pdf.trailer.set("Info", update.add(new Map([["Title", new Array(MANY).fill(1)]])));
  });
  equal((await verify(joinBytes([base, bytes]))).verdict, "changed-after");
});

Deno.test("a field with an endless list of kids has no seals", () => {
  const fields = handmadePdf({
    catalog: "/AcroForm<</Fields[4 0 R]>>",
    objects: { 4: `<</T(a)/Kids[${"4 0 R ".repeat(MANY)}]>>` },
  });
  deepEqual(sealsIn(openPdf(memorySource(fields))), []);
});
