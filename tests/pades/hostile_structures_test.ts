/**
 * Structures that no program writes: each was found by damaging sealed files at random (`tests/fuzz`), and once cost
 * the verifier minutes or its life.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import { addValidationData } from "../../lib/pades/dss.ts";
import { sealSignature } from "../../lib/pades/seal.ts";
import { sealsIn } from "../../lib/pades/seals_in.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import { pagesOf } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { refTo } from "../../lib/pdf/values.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const MANY = 130_000;

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

Deno.test("R39 a signed revision that can't be read any more spoils its own signature, not the report", async () => {
  const base = await signed();
  const { bytes } = appendUpdate(memorySource(base), (pdf, update) => {
    const [field] = signedFields(pdf);
    update.edit(field!.ref!).set("Note", 1);
  });
  const file = latin1(joinBytes([base, bytes]));
  // A key that stands twice; the update has the field without it.
  const report = await verify(latin1Bytes(file.replace("/P 3 0 R", "/F 3 0 R")));
  equal(report.verdict, "tampered");
  ok(report.revisions[0]?.faults.includes("no_revision"));
});

Deno.test("validation data goes beside data that can't be read", async () => {
  const strange = handmadePdf({
    catalog: "/DSS<</Certs[4 0 R]>>",
    objects: { 4: streamBody("x", "/Filter/LZWDecode") },
  });
  const data = { certificates: [Uint8Array.of(4, 1, 0)], ocsps: [], crls: [] };
  const grown = joinBytes([strange, (await addValidationData(memorySource(strange), data)).bytes]);
  const pdf = openPdf(memorySource(grown));
  const certificates = pdf.array(pdf.dict(pdf.catalog.get("DSS"))?.get("Certs"));
  equal(certificates?.length, 2);
  deepEqual(pdf.streamBytes(certificates[1]), Uint8Array.of(4, 1, 0));
});

/** Says so of itself: a signature that proves nothing, but after which no list is moved any more. */
const SIGNED = {
  catalog: "/AcroForm<</Fields[4 0 R]>>",
  objects: { 4: "<</FT/Sig/T(a)/V 5 0 R>>", 5: "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>" },
};

Deno.test("what is no list of annotations is not written over by one", async () => {
  const kids = { 2: "<</Type/Pages/Kids 6 0 R/Count 1>>", 6: "[3 0 R]" };
  for (const annotations of [1, 2, 3, 5, 6]) {
    const objects = { ...SIGNED.objects, ...kids };
    const base = handmadePdf({ ...SIGNED, objects, page: `/Annots ${annotations} 0 R` });
    const request = { field: "b", reason: "", at: AFTER, signerName: "", reserveBytes: 64 };
    const { bytes } = await sealSignature(
      memorySource(base),
      request,
      () => Promise.resolve(Uint8Array.of(4, 0)),
    );
    const pdf = openPdf(memorySource(joinBytes([base, bytes])));
    deepEqual(Array.from(pagesOf(pdf), ({ ref }) => ref.number), [3]);
    equal(signedFields(pdf).length, 2);
  }
});

Deno.test("a stream that is said to be the store of validation data stays what it is", async () => {
  const base = handmadePdf({
    catalog: "/DSS 4 0 R",
    page: "/Contents 4 0 R",
    objects: { 4: streamBody("BT ET") },
  });
  const data = { certificates: [Uint8Array.of(4, 1, 0)], ocsps: [], crls: [] };
  const grown = joinBytes([base, (await addValidationData(memorySource(base), data)).bytes]);
  const pdf = openPdf(memorySource(grown));
  deepEqual(pdf.streamBytes(refTo(4)), latin1Bytes("BT ET"));
});

Deno.test("a form that is a stream as well is not written over", async () => {
  const form = streamBody("BT ET", "/Fields[]");
  const base = handmadePdf({ catalog: "/AcroForm 4 0 R", page: "/Contents 4 0 R", objects: { 4: form } });
  const request = { field: "b", reason: "", at: AFTER, signerName: "", reserveBytes: 64 };
  const { bytes } = await sealSignature(
    memorySource(base),
    request,
    () => Promise.resolve(Uint8Array.of(4, 0)),
  );
  const pdf = openPdf(memorySource(joinBytes([base, bytes])));
  deepEqual(pdf.streamBytes(refTo(4)), latin1Bytes("BT ET"));
  equal(signedFields(pdf).length, 1);
});
