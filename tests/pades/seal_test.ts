import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import { sealSignature } from "../../lib/pades/seal.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1 } from "../../lib/pdf/characters.ts";
import { formFields, signedFields } from "../../lib/pdf/form_fields.ts";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { textOf } from "../../lib/pdf/text_string.ts";
import { isRef, type PdfString, type PdfValue, refTo } from "../../lib/pdf/values.ts";
import { writeValue } from "../../lib/pdf/write_value.ts";
import { handmadePdf } from "../support/handmade_pdf.ts";
import { pdfFixture, sealablePdfs } from "../support/pdf_fixtures.ts";
import { echo, GrowingPdf, REQUEST, signaturesIn } from "../support/growing_pdf.ts";

const text = (value: PdfValue | undefined) => textOf(value as PdfString);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

for (const file of sealablePdfs()) {
  Deno.test(`R25: three seals on ${file} leave every earlier byte and signature as it was`, async () => {
    const before = pdfFixture(file);
    const earlier = signaturesIn(before);
    const growing = new GrowingPdf(before);
    for (const field of ["Sender", "Confirmer1", "Approver1"]) {
      const prefix = growing.whole();
      await growing.sign(field);
      const whole = growing.whole();
      deepEqual(whole.subarray(0, prefix.length), prefix);
      equal(growing.tails.at(-1)?.sha256, sha256(whole));
      const last = signaturesIn(whole).at(-1);
      deepEqual([last?.name, last?.covers, last?.echoes], [field, whole.length, true]);
    }
    const all = signaturesIn(growing.whole());
    deepEqual(all.slice(0, earlier.length), earlier);
    ok(all.slice(earlier.length).every(({ echoes }) => echoes));
    const [old, now] = [openPdf(memorySource(before)), openPdf(growing.source())];
    deepEqual(now.sections.slice(3), old.sections);
    ok(now.sections.slice(0, 3).every(({ kind }) => kind === old.sections[0]?.kind));
    const firstPart = old.array(old.trailer.get("ID"))?.[0];
    if (firstPart) deepEqual(now.array(now.trailer.get("ID"))?.[0], firstPart);
  });
}

Deno.test("the signature dictionary says who, when in UTC and why", async () => {
  const growing = await new GrowingPdf(pdfFixture("libreoffice.pdf")).sign("Sender");
  const [field] = signedFields(openPdf(growing.source()));
  const { signature, dict } = field!;
  equal(text(signature.get("Reason")), REQUEST.reason);
  equal(text(signature.get("Name")), REQUEST.signerName);
  equal(text(signature.get("M")), "D:20261201050322Z");
  match(writeValue(signature), /\/Filter\/Adobe.PPKLite\n\/SubFilter\/ETSI.CAdES.detached/);
  ok(!signature.has("Reference"));
  ok(!dict.has("Lock") && !dict.has("AP"));
  deepEqual([dict.get("F"), dict.get("Rect")], [132, [0, 0, 0, 0]]);
});

Deno.test("the widget stands on the first page and in the form", async () => {
  const growing = await new GrowingPdf(pdfFixture("pdf-lib.pdf")).sign("Sender");
  const pdf = openPdf(growing.source());
  const page = firstPage(pdf);
  const [field] = signedFields(pdf);
  deepEqual(field?.dict.get("P"), page.ref);
  deepEqual(pdf.array(page.dict.get("Annots"))?.at(-1), field?.ref);
  const form = pdf.dict(pdf.catalog.get("AcroForm"));
  equal(form?.get("SigFlags"), 3);
  deepEqual(pdf.array(form?.get("Fields")), [field?.ref]);
});

Deno.test("the first update frees lists of dictionaries and takes NeedAppearances off; later ones do not", async () => {
  const base = handmadePdf({
    page: "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.jp/)>>>> 4 0 R]",
    catalog: "/AcroForm<</NeedAppearances true/DA(/F 0 Tf)/Fields[4 0 R<</FT/Tx/T(b)>>]>>",
    objects: { 4: "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/Rect[0 0 9 9]/Parent null>>" },
  });
  const growing = await new GrowingPdf(base).sign("Sender");
  const pdf = openPdf(growing.source());
  const annotations = pdf.array(firstPage(pdf).dict.get("Annots"))!;
  equal(annotations.length, 3);
  ok(annotations.every(isRef));
  deepEqual(annotations[1], refTo(4));
  const form = pdf.dict(pdf.catalog.get("AcroForm"))!;
  ok(!form.has("NeedAppearances") && form.has("DA"));
  ok(pdf.array(form.get("Fields"))?.every(isRef));
  deepEqual(Array.from(formFields(pdf), ({ name }) => name), ["a", "b", "Sender"]);
  const writtenIn = async (step: GrowingPdf) => {
    const after = openPdf((await step.sign("Confirmer1")).source());
    const numbers = after.sections[0]!.runs.flatMap(([first, count]) =>
      Array.from({ length: count }, (_, i) => first + i)
    );
    return numbers.filter((number) => number < pdf.nextNumber);
  };
  const lists = [firstPage(pdf).dict.get("Annots"), form.get("Fields")].map((list) =>
    isRef(list) && list.number
  );
  deepEqual(await writtenIn(growing), lists.toSorted((a, b) => Number(a) - Number(b)));
});

Deno.test("R25: the same seal made twice gives the same bytes", async () => {
  for (const file of ["libreoffice.pdf", "pdf-lib-objstm.pdf", "no-id.pdf"]) {
    const one = await new GrowingPdf(pdfFixture(file)).sign("Sender");
    const two = await new GrowingPdf(pdfFixture(file)).sign("Sender");
    deepEqual(one.tails, two.tails);
    const other = await new GrowingPdf(pdfFixture(file)).sign("Sender_");
    notEqual(other.tails[0]?.sha256, one.tails[0]?.sha256);
  }
});

Deno.test("a file without identifier gets one and keeps it", async () => {
  const growing = await new GrowingPdf(pdfFixture("no-id.pdf")).sign("Sender");
  const idOf = () => {
    const pdf = openPdf(growing.source());
    return pdf.array(pdf.trailer.get("ID"))!.map((part) => latin1((part as PdfString).bytes));
  };
  const [first, second] = idOf();
  equal(first?.length, 16);
  await growing.sign("Confirmer1");
  const [kept, next] = idOf();
  equal(kept, first);
  notEqual(next, second);
});

Deno.test("a field's name is never given twice", async () => {
  const growing = new GrowingPdf(pdfFixture("libreoffice.pdf"));
  await growing.sign("Sender");
  await growing.sign("Sender");
  await growing.sign("Sender");
  deepEqual(signaturesIn(growing.whole()).map(({ name }) => name), ["Sender", "Sender_2", "Sender_3"]);
});

Deno.test("R26: a lock names our own fields, the newest of each name, and keeps further signatures out", async () => {
  const growing = new GrowingPdf(pdfFixture("libreoffice.pdf"));
  await growing.sign("Sender");
  await growing.sign("Sender");
  await growing.sign("Conclusion", ["Sender"]);
  const pdf = openPdf(growing.source());
  const { dict, signature } = signedFields(pdf).at(-1)!;
  ok(isRef(dict.get("Lock")));
  const lock = pdf.dict(dict.get("Lock"))!;
  deepEqual(pdf.array(lock.get("Fields"))?.map(text), ["Sender_2", "Conclusion"]);
  equal(writeValue(lock.get("Action")!), "/Include");
  equal(lock.get("P"), 1);
  const reference = pdf.dict(pdf.array(signature.get("Reference"))?.[0])!;
  equal(writeValue(reference.get("TransformMethod")!), "/FieldMDP");
  deepEqual(reference.get("Data"), pdf.catalogRef);
  const parameters = pdf.dict(reference.get("TransformParams"))!;
  for (const key of ["Action", "Fields", "P"]) deepEqual(parameters.get(key), lock.get(key));
  await rejects(growing.sign("Late"), { name: "UnreadableError", code: "docmdp_locked" });
});

Deno.test("contents longer than their room are made once more with more room", async () => {
  const source = memorySource(pdfFixture("libreoffice.pdf"));
  const lengths = [200, 300];
  const digests: string[] = [];
  const tail = await sealSignature(source, REQUEST, (digest) => {
    digests.push(digest.toHex());
    return Promise.resolve(new Uint8Array(lengths[digests.length - 1]!).fill(7));
  });
  equal(digests.length, 2);
  notEqual(digests[0], digests[1]);
  match(latin1(tail.bytes), new RegExp(`/Contents<(07){300}(00)+>`));
  await rejects(
    sealSignature(source, REQUEST, () => Promise.resolve(new Uint8Array(digests.push("") * 1000))),
    { name: "PortError", code: "too_large", retryable: true },
  );
});

Deno.test("what the signer throws goes through", async () => {
  const source = memorySource(pdfFixture("libreoffice.pdf"));
  await rejects(sealSignature(source, REQUEST, () => Promise.reject(new Error("no key"))), /no key/);
  await rejects(sealSignature(memorySource(pdfFixture("no-pages.pdf")), REQUEST, echo), { code: "no_pages" });
  await rejects(sealSignature(memorySource(pdfFixture("encrypted-rc4.pdf")), REQUEST, echo), {
    code: "encrypted",
  });
});
