/**
 * What an attacker may do to a sealed file: change what is signed, or leave every signed byte and append.
 *
 * @module
 */
import { notStrictEqual as notEqual, ok, strictEqual as equal } from "node:assert/strict";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import type { RevisionChange, Verdict } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import type { PdfFile } from "../../lib/pdf/pdf_file.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { dictOf, isRef, nameOf, type PdfRef, refTo } from "../../lib/pdf/values.ts";
import { textString } from "../../lib/pdf/text_string.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, executedFile, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const fixture = (name: string) => Deno.readFile(new URL(`../fixtures/pdf/${name}.pdf`, import.meta.url));
const verify = async (bytes: Bytes) =>
  await verifyPdf(memorySource(bytes), { trustRoots: await devRoots(), at: AFTER });
const appended = (bytes: Bytes, change: (pdf: PdfFile, update: Increment) => void): Bytes =>
  joinBytes([bytes, appendUpdate(memorySource(bytes), change).bytes]);

const files = await Promise.all(
  ["chromium", "object-streams", "form-needappearances"].map(async (name) => ({
    name,
    bytes: (await executedFile(await fixture(name))).bytes,
  })),
);

const stream = (update: Increment, text: string): PdfRef => update.addStream(latin1Bytes(text));
const ref = (value: unknown): PdfRef => {
  ok(isRef(value as PdfRef));
  return value as PdfRef;
};

/** Each attack leaves all signed bytes as they are. */
const ATTACKS: Readonly<Record<string, (pdf: PdfFile, update: Increment) => void>> = {
  "another content of the first page": (pdf, update) => {
    update.edit(firstPage(pdf).ref).set("Contents", stream(update, "BT ET"));
  },
  "another content in place of the old": (pdf, update) => {
    const { ref: page, dict } = firstPage(pdf);
    const contents = dict.get("Contents");
    const [first = contents] = pdf.array(contents) ?? [];
    if (!first) return void update.edit(page).set("Rotate", 90);
    update.setWritten(refTo(ref(first).number), "<</Length 0>>\nstream\n\nendstream");
  },
  "a page more": (pdf, update) => {
    const pages = ref(pdf.catalog.get("Pages"));
    const page = update.add(dictOf({ Type: nameOf("Page"), Parent: pages, MediaBox: [0, 0, 9, 9] }));
    const kids = pdf.array(pdf.dict(pages)?.get("Kids")) ?? [];
    update.edit(pages).set("Kids", [...kids, page]);
  },
  "the pages in another order": (pdf, update) => {
    update.edit(pdf.catalogRef).set(
      "Pages",
      update.add(dictOf({ Type: nameOf("Pages"), Kids: [], Count: 0 })),
    );
  },
  "a note on a page": (pdf, update) => {
    const { ref: page, dict } = firstPage(pdf);
    const note = update.add(
      dictOf({ Type: nameOf("Annot"), Subtype: nameOf("FreeText"), Rect: [0, 0, 99, 99] }),
    );
    update.edit(page).set("Annots", [...pdf.array(dict.get("Annots")) ?? [], note]);
  },
  "a field that is filled in": (pdf, update) => {
    const form = pdf.dict(pdf.catalog.get("AcroForm"))!;
    const field = update.add(dictOf({ FT: nameOf("Tx"), T: textString("amount"), V: textString("1") }));
    const fields = ref(form.get("Fields"));
    update.set(fields, [...pdf.array(fields) ?? [], field]);
  },
  "an empty signature field that shows something": (pdf, update) => {
    const fields = ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields"));
    const looks = dictOf({ N: stream(update, "BT ET") });
    const field = dictOf({ FT: nameOf("Sig"), T: textString("x"), Rect: [0, 0, 99, 99], AP: looks });
    update.set(fields, [...pdf.array(fields) ?? [], update.add(field)]);
  },
  "an action when it is opened": (pdf, update) => {
    update.edit(pdf.catalogRef).set("OpenAction", dictOf({ S: nameOf("Named"), N: nameOf("Print") }));
  },
  "layers": (pdf, update) => {
    update.edit(pdf.catalogRef).set("OCProperties", dictOf({ OCGs: [], D: new Map() }));
  },
  "another 理由 of a signature": (pdf, update) => {
    const [{ value }] = signedFields(pdf) as [ReturnType<typeof signedFields>[number]];
    update.edit(ref(value)).set("Reason", textString("nobody agreed"));
  },
  "a field without its signature": (pdf, update) => {
    const [field] = signedFields(pdf);
    update.edit(field!.ref!).delete("V");
  },
  "an object that nothing needs": (_, update) => {
    update.add(dictOf({ Hidden: true }));
  },
  "something else in the store of validation data": (pdf, update) => {
    update.edit(ref(pdf.catalog.get("DSS"))).set("Other", 1);
  },
  "another catalog": (pdf, update) => {
    const catalog = update.add(new Map(pdf.catalog));
    pdf.trailer.set("Root", catalog);
  },
  "other properties": (pdf, update) => {
    const info = pdf.trailer.get("Info");
    if (isRef(info)) update.edit(info).set("Title", textString("other"));
    else update.edit(pdf.catalogRef).set("Metadata", stream(update, "<dc:title>other</dc:title>"));
  },
};

for (const [attack, change] of Object.entries(ATTACKS)) {
  Deno.test(`R39 appended to an executed contract is seen: ${attack}`, async () => {
    for (const { name, bytes } of files) {
      const report = await verify(appended(bytes, change));
      equal(report.verdict, "changed-after", name);
      ok(report.uncoveredBytes > 0);
      ok(report.revisions.every((each) => each.intact), name);
      const last = report.revisions.at(-1)?.changedAfter;
      equal(last, attack === "other properties" ? "metadata" : "other" satisfies RevisionChange);
    }
  });
}

Deno.test("R39 what a signature said when it was made is shown, not what was appended", async () => {
  const [{ bytes }] = files as [typeof files[number]];
  const change = ATTACKS["another 理由 of a signature"]!;
  const report = await verify(appended(bytes, change));
  equal(report.revisions[0]?.reason, "見本 一郎（ichiro@vendor.example.jp）がSender");
});

Deno.test("R39 signatures taken out of the form make no valid file", async () => {
  for (const { bytes } of files) {
    const stripped = appended(bytes, (pdf, update) => {
      update.set(ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields")), []);
    });
    const report = await verify(stripped);
    equal(report.verdict, "changed-after");
    equal(report.revisions.length, 6);
    const first = appended(bytes, (pdf, update) => {
      const fields = ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields"));
      update.set(fields, (pdf.array(fields) ?? []).slice(0, 1));
    });
    equal((await verify(first)).verdict, "changed-after");
  }
});

Deno.test("R39 an update that leads past the seals to the first revision is a change", async () => {
  const { bytes, ends } = await executedFile(plainPdf({}));
  const base = openPdf(memorySource(bytes.slice(0, ends[0])));
  const tail = appendUpdate(memorySource(bytes), (pdf, update) => {
    for (const number of pdf.numbers()) update.set(refTo(number), pdf.object(number)!.value);
  }).bytes;
  const led = latin1(tail).replace(/\/Prev \d+/, (found) => `/Prev ${base.startxref}`.padEnd(found.length));
  const report = await verify(joinBytes([bytes, latin1Bytes(led)]));
  equal(report.verdict, "changed-after");
});

Deno.test("R39 an object that comes to life where the signed file pointed beyond its end is a change", async () => {
  const base = plainPdf({});
  const beyond = 60_000;
  const prev = openPdf(memorySource(base)).startxref;
  const entry = `${String(beyond).padStart(10, "0")} 00000 n \n`;
  const update =
    `xref\n6 1\n${entry}trailer\n<</Size 7/Root 1 0 R/Prev ${prev}>>\nstartxref\n${base.length}\n%%EOF\n`;
  const file = await sealedFile(joinBytes([base, latin1Bytes(update)]));
  await file.sign("Sender");
  equal((await verify(file.bytes)).verdict, "valid");
  await file.addData();
  equal((await verify(file.bytes)).verdict, "valid");
  const size = file.bytes.length;
  ok(size < beyond);
  const data = appendUpdate(memorySource(file.bytes), (pdf, increment) => {
    increment.edit(ref(pdf.catalog.get("DSS"))).set("Certs", [stream(increment, " ".repeat(beyond))]);
  }).bytes;
  const text = latin1(data);
  const placed = "6 0 obj\n(alive)\nendobj\n";
  const at = beyond - size;
  const alive = joinBytes([
    file.bytes,
    latin1Bytes(text.slice(0, at) + placed + text.slice(at + placed.length)),
  ]);
  equal(openPdf(memorySource(alive)).object(6) !== null, true);
  equal((await verify(alive)).verdict, "changed-after");
});

/** Where a text stands in a file. */
function placeOf(bytes: Bytes, text: string, nth = 0): number {
  let at = -1;
  const whole = latin1(bytes);
  for (let count = 0; count <= nth; count++) at = whole.indexOf(text, at + 1);
  ok(at >= 0, text);
  return at;
}

function patched(bytes: Bytes, at: number, text: string): Bytes {
  const copy = bytes.slice();
  copy.set(latin1Bytes(text), at);
  return copy;
}

Deno.test("R39 a changed byte breaks the signatures that cover it, and the file is named as tampered with", async () => {
  const { bytes, ends } = await executedFile(plainPdf({ content: "BT /F1 12 Tf (1,200,000) Tj ET" }));
  const cases: [at: number, firstBroken: number][] = [[20, 0], [ends[0]! + 60, 0], [ends[2]! + 60, 2]];
  for (const [at, firstBroken] of cases) {
    const copy = bytes.slice();
    copy[at]! ^= 1;
    const report = await verify(copy);
    notEqual(report.verdict, "valid");
    if (report.verdict === "unreadable") continue;
    equal(report.verdict, "tampered" satisfies Verdict);
    for (const [index, each] of report.revisions.entries()) {
      equal(each.intact, index < firstBroken, `${at} ${index}`);
    }
  }
});

Deno.test("R39 a changed container breaks its own signature and all that follow", async () => {
  const { bytes } = await executedFile(plainPdf({}), { eachParty: false });
  const start = placeOf(bytes, "/Contents<", 1);
  const [slot = ""] = /<[0-9A-F]+?(?=0*>)/.exec(latin1(bytes.slice(start))) ?? [];
  const at = start + "/Contents".length + slot.length - 8; // in the signature's value, which is the end of the CMS
  const report = await verify(patched(bytes, at, latin1(bytes.slice(at, at + 1)) === "0" ? "1" : "0"));
  equal(report.verdict, "tampered");
  equal(report.revisions.map((each) => each.intact).join(), "true,false,false,false,false,false");
});

Deno.test("bytes behind the signature in its slot are not overlooked", async () => {
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  const contents = placeOf(file.bytes, "/Contents<");
  const end = placeOf(file.bytes.slice(contents), ">") + contents;
  const report = await verify(patched(file.bytes, end - 2, "41"));
  equal(report.verdict, "tampered");
  equal(report.revisions[0]?.faults.join(), "hidden_bytes");
});

Deno.test("a byte range that leaves out more than its signature protects nothing", async () => {
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  const at = placeOf(file.bytes, "/ByteRange[0 ") + "/ByteRange[".length;
  const shifted = await verify(patched(file.bytes, at, "9"));
  equal(shifted.verdict, "tampered");
  ok(shifted.revisions[0]?.faults.includes("bad_byte_range"));
  equal(shifted.revisions[0]?.covers, "part");
  const [, start = "", end = "", rest = ""] = /\[0 (\d+) (\d+) (\d+)/.exec(
    latin1(file.bytes.slice(at - 1, at + 60)),
  )!;
  const wider = `0 ${start} ${Number(end) + 1} ${Number(rest) - 1}`;
  const widened = await verify(patched(file.bytes, at, wider));
  equal(widened.verdict, "tampered");
  ok(widened.revisions[0]?.faults.includes("bad_byte_range"));
});

Deno.test("a signature whose form is copied into a later update is no second one", async () => {
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  const copied = appended(file.bytes, (pdf, update) => {
    const [field] = signedFields(pdf);
    const fields = ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields"));
    const signature = update.add(new Map(field!.signature));
    const copy = update.add(new Map(field!.dict).set("T", textString("Copy")).set("V", signature));
    update.set(fields, [...pdf.array(fields) ?? [], copy]);
  });
  const report = await verify(copied);
  notEqual(report.verdict, "valid");
  equal(report.revisions.length, 2);
});
