import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { addValidationData, type ValidationData } from "../../lib/pades/dss.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1 } from "../../lib/pdf/characters.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import type { PdfValue } from "../../lib/pdf/values.ts";
import { pdfFixture, sealablePdfs } from "../support/pdf_fixtures.ts";
import { echo, GrowingPdf, signaturesIn } from "../support/growing_pdf.ts";

const der = (...bytes: number[]) => Uint8Array.of(0x30, bytes.length, ...bytes);
const DATA: ValidationData = { certificates: [der(1), der(2)], ocsps: [der(3)], crls: [der(4)] };
const REQUEST = { field: "DocTimeStamp", reserveBytes: 64 };

/** What the security store of a file holds. */
function storeOf(growing: GrowingPdf): Record<string, (Uint8Array | null)[]> {
  const pdf = openPdf(growing.source());
  const store = pdf.dict(pdf.catalog.get("DSS"))!;
  const list = (value: PdfValue | undefined) => (pdf.array(value) ?? []).map((item) => pdf.streamBytes(item));
  return Object.fromEntries(["Certs", "OCSPs", "CRLs"].map((key) => [key, list(store.get(key))]));
}

Deno.test("R26: conclusion, validation data and document timestamp go on every kind of file", async () => {
  for (const file of sealablePdfs()) {
    const growing = new GrowingPdf(pdfFixture(file));
    await growing.sign("Sender");
    await growing.sign("Conclusion", ["Sender"]);
    await growing.add((source) => addValidationData(source, DATA));
    await growing.add((source) => sealDocTimestamp(source, REQUEST, echo));
    const whole = growing.whole();
    const ours = signaturesIn(whole).slice(-3);
    ok(ours.every(({ echoes }) => echoes), file);
    equal(ours.at(-1)?.covers, whole.length);
    match(
      latin1(growing.tails[3]!.bytes),
      /\/Type\/DocTimeStamp\n\/Filter\/Adobe.PPKLite\n\/SubFilter\/ETSI.RFC3161/,
    );
    ok(!/\/VRI|\/Reason/.test(latin1(growing.tails[2]!.bytes) + latin1(growing.tails[3]!.bytes)));
  }
});

Deno.test("a chain of tails reads like the whole file", async () => {
  const growing = new GrowingPdf(pdfFixture("pdf-lib-objstm.pdf"));
  const onWhole: Uint8Array[] = [];
  const steps: ((source: Parameters<typeof addValidationData>[0]) => ReturnType<typeof addValidationData>)[] =
    [
      (source) => addValidationData(source, DATA),
      (source) => sealDocTimestamp(source, REQUEST, echo),
      (source) => addValidationData(source, { ...DATA, crls: [der(5)] }),
      (source) => sealDocTimestamp(source, { ...REQUEST, validationData: { ...DATA, crls: [der(6)] } }, echo),
      (source) => sealDocTimestamp(source, REQUEST, echo),
    ];
  for (const step of steps) {
    onWhole.push((await step(memorySource(growing.whole()))).bytes);
    await growing.add(step);
  }
  deepEqual(growing.tails.map(({ bytes }) => bytes), onWhole);
  equal(openPdf(growing.source()).sections.length, 6);
});

Deno.test("R28: a renewal adds what is new, in one update with its timestamp", async () => {
  const growing = new GrowingPdf(pdfFixture("libreoffice.pdf"));
  await growing.add((source) => addValidationData(source, DATA));
  await growing.add((source) => sealDocTimestamp(source, REQUEST, echo));
  const fresh = { certificates: [der(2), der(7), der(7)], ocsps: [], crls: [der(4), der(8)] };
  const renewal = { ...REQUEST, validationData: fresh };
  await growing.add((source) => sealDocTimestamp(source, renewal, echo));
  deepEqual(storeOf(growing), {
    Certs: [der(1), der(2), der(7)],
    OCSPs: [der(3)],
    CRLs: [der(4), der(8)],
  });
  deepEqual(signaturesIn(growing.whole()).map(({ name }) => name), ["DocTimeStamp", "DocTimeStamp_2"]);
  ok(signaturesIn(growing.whole()).every(({ echoes }) => echoes));
  equal(openPdf(growing.source()).sections.length, 4);
});

Deno.test("another's security store is kept and added to", async () => {
  for (const file of ["signed-pyhanko.pdf", "signed-lta-renewed.pdf"]) {
    const growing = new GrowingPdf(pdfFixture(file));
    const before = openPdf(growing.source());
    const had = before.catalog.has("DSS") ? storeOf(growing) : { Certs: [], OCSPs: [], CRLs: [] };
    const own = had["Certs"]?.[0] as Uint8Array<ArrayBuffer> | undefined;
    const certificates = own ? [own, ...DATA.certificates] : DATA.certificates;
    await growing.add((source) => addValidationData(source, { ...DATA, certificates }));
    deepEqual(storeOf(growing), {
      Certs: [...had["Certs"] ?? [], ...DATA.certificates],
      OCSPs: [...had["OCSPs"] ?? [], ...DATA.ocsps],
      CRLs: [...had["CRLs"] ?? [], ...DATA.crls],
    });
    const old = before.dict(before.catalog.get("DSS"));
    if (old?.has("VRI")) {
      ok(openPdf(growing.source()).dict(openPdf(growing.source()).catalog.get("DSS"))?.has("VRI"));
    }
  }
});

Deno.test("the document says once that it uses ETSI's extension", async () => {
  const growing = new GrowingPdf(pdfFixture("libreoffice.pdf"));
  await growing.add((source) => addValidationData(source, DATA));
  await growing.add((source) => sealDocTimestamp(source, REQUEST, echo));
  await growing.add((source) => sealDocTimestamp(source, REQUEST, echo));
  match(latin1(growing.tails[0]!.bytes), /\/Extensions<<\/ESIC<<\/BaseVersion\/1.7\n\/ExtensionLevel 5>>>>/);
  // The second timestamp finds form, store and extension in place: the catalog is not written again.
  ok(!latin1(growing.tails[2]!.bytes).includes("/Catalog"));
  const stamped = await new GrowingPdf(pdfFixture("libreoffice.pdf")).add((source) =>
    sealDocTimestamp(source, REQUEST, echo)
  );
  ok(latin1(stamped.tails[0]!.bytes).includes("/ESIC"));
});
