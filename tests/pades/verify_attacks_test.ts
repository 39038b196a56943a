/**
 * What an attacker may do to a sealed file: change what is signed, or leave every signed byte and append.
 *
 * @module
 */
import { notStrictEqual as notEqual, ok, strictEqual as equal } from "node:assert/strict";
import { openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import type { RevisionChange, Verdict } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import type { PdfFile } from "../../lib/pdf/pdf_file.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { refTo } from "../../lib/pdf/values.ts";
import { textString } from "../../lib/pdf/text_string.ts";
import { ATTACKS, ref, stream } from "../support/attacks.ts";
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

Deno.test("R39 a trusted document timestamp vouches for no stranger, nor for a file that nobody signed", async () => {
  const file = await sealedFile(plainPdf({}));
  await file.stamp();
  const stamped = await verify(file.bytes);
  equal(stamped.verdict, "unsigned");
  equal(stamped.revisions[0]?.trusted, true);
  const directory = await Deno.makeTempDir();
  const { signer } = await openDevPki(`${directory}/pki`, systemChance);
  await Deno.remove(directory, { recursive: true });
  const strange = await sealedFile(plainPdf({}));
  await strange.sign("Sender", { signer });
  await strange.stamp();
  equal((await verify(strange.bytes)).verdict, "not-ours");
  const broken = strange.bytes.slice();
  broken[20]! ^= 1;
  equal((await verify(broken)).verdict, "tampered");
});

/** An update after which the trailer names another object as the catalog. */
function otherCatalog(bytes: Bytes): Bytes {
  let number = 0;
  const tail = appendUpdate(memorySource(bytes), (pdf, update) => {
    number = update.add(new Map(pdf.catalog)).number;
  }).bytes;
  return joinBytes([bytes, latin1Bytes(latin1(tail).replace(/\/Root \d+ 0 R/, `/Root ${number} 0 R`))]);
}

Deno.test("R39 another catalog is a change, even one that says the same", async () => {
  for (const { bytes, name } of files) {
    const { verdict, revisions } = await verify(otherCatalog(bytes));
    equal(verdict, "changed-after", name);
    equal(revisions.at(-1)?.changedAfter, "other", name);
  }
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
