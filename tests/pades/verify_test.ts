import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  ok,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import type { VerificationReport } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, executedFile, FIELDS, SEALED_AT, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const fixture = (name: string) => Deno.readFile(new URL(`../fixtures/pdf/${name}.pdf`, import.meta.url));
const verify = async (bytes: Bytes, at = AFTER, roots?: readonly Bytes[]) =>
  await verifyPdf(memorySource(bytes), { trustRoots: roots ?? await devRoots(), at });
const levels = (report: VerificationReport) => report.revisions.map((each) => each.level);
const faults = (report: VerificationReport) => report.revisions.map((each) => each.faults);

/** Another authority, which nobody trusts. */
async function strangers() {
  const directory = await Deno.makeTempDir();
  try {
    return await openDevPki(`${directory}/pki`, systemChance);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

const SOURCES = [
  "chromium",
  "libreoffice-pdfa2",
  "object-streams",
  "hybrid",
  "linearized",
  "form-needappearances",
];

for (const name of SOURCES) {
  Deno.test(`R26 an executed contract is valid and LTA for every signature: ${name}`, async () => {
    const report = await verify((await executedFile(await fixture(name))).bytes);
    equal(report.verdict, "valid");
    equal(report.uncoveredBytes, 0);
    deepEqual(report.revisions.map((each) => each.field), [...FIELDS, "Conclusion", "DocTimeStamp"]);
    deepEqual(levels(report), ["LTA", "LTA", "LTA", "LTA", "LTA", null]);
    deepEqual(faults(report), [[], [], [], [], [], []]);
    ok(report.revisions.every((each) => each.intact && each.trusted));
  });
}

Deno.test("R27 a contract on its way is valid after every seal, and levels rise with the proof", async () => {
  const { bytes, ends } = await executedFile(plainPdf({}), { eachParty: false });
  const found: (readonly (string | null)[])[] = [];
  for (const end of ends.slice(1)) {
    const report = await verify(bytes.slice(0, end));
    equal(report.verdict, "valid");
    found.push(levels(report));
  }
  deepEqual(found, [
    ["B"],
    ["B", "B"],
    ["B", "B", "B"],
    ["B", "B", "B", "B"],
    ["B", "B", "B", "B", "T"],
    ["B", "B", "B", "B", "LT"],
    ["LTA", "LTA", "LTA", "LTA", "LTA", null],
  ]);
});

Deno.test("R39 the report tells who, when, proven how, and what each signature covers", async () => {
  const { bytes } = await executedFile(plainPdf({}));
  const { revisions } = await verify(bytes);
  const [sender] = revisions;
  deepEqual(sender, {
    field: "Sender",
    kind: "signature",
    reason: "見本 一郎（ichiro@vendor.example.jp）がSender",
    who: "開発用電子署名 Warifu Development Signer",
    at: SEALED_AT,
    timestamp: SEALED_AT,
    existedAt: plusMs(SEALED_AT, 6 * 60_000),
    level: "LTA",
    intact: true,
    trusted: true,
    covers: "whole-revision",
    changedAfter: "signatures",
    changeAllowed: true,
    faults: [],
  });
  const last = revisions.at(-1);
  equal(last?.kind, "doc-timestamp");
  equal(last?.covers, "whole-file");
  equal(last?.changedAfter, "none");
  equal(last?.who, "開発用タイムスタンプ Warifu Development TSA");
});

Deno.test("a signature without a timestamp shows the time that the signer claims, and proves none", async () => {
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  const [sender] = (await verify(file.bytes)).revisions;
  equal(sender?.at, SEALED_AT);
  equal(sender?.timestamp, null);
});

Deno.test("R28 a renewed contract is valid while its newest timestamp is", async () => {
  const file = await executedFile(plainPdf({}));
  await file.addData();
  await file.stamp("DocTimeStamp2");
  const report = await verify(file.bytes);
  equal(report.verdict, "valid");
  deepEqual(levels(report), ["LTA", "LTA", "LTA", "LTA", "LTA", null, null]);
  equal(report.uncoveredBytes, 0);
});

Deno.test("R28 when the newest timestamp's certificate has ended, nothing is proven any more", async () => {
  const { bytes } = await executedFile(plainPdf({}));
  const report = await verify(bytes, "2050-01-01T00:00:00.000Z");
  equal(report.verdict, "not-ours");
  ok(report.revisions.every((each) => each.intact && !each.trusted && each.faults.includes("expired")));
});

Deno.test("R39 whoever's root is not trusted is not ours", async () => {
  const { root } = await strangers();
  const { bytes } = await executedFile(plainPdf({}));
  const report = await verify(bytes, AFTER, [root.certificate]);
  equal(report.verdict, "not-ours");
  ok(report.revisions.every((each) => each.intact && each.faults.includes("untrusted")));
  equal((await verify(bytes, AFTER, [])).verdict, "not-ours");
});

Deno.test("a root that is no certificate is the operator's fault, not the file's", async () => {
  const source = memorySource(plainPdf({}));
  const options = { trustRoots: [new Uint8Array(3)], at: AFTER };
  await rejects(() => verifyPdf(source, options), UnreadableError);
});

Deno.test("R13 what others signed before is part of the contract, trusted or not", async () => {
  const { bytes } = await executedFile(await fixture("signed-pyhanko"));
  const report = await verify(bytes);
  equal(report.verdict, "valid");
  deepEqual(report.revisions.map((each) => each.trusted), [
    ...Array.from({ length: 5 }, () => false),
    ...Array.from({ length: 6 }, () => true),
  ]);
});

Deno.test("R39 what someone else signed after ours is a change", async () => {
  const { signer } = await strangers();
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  await file.sign("Stranger", { signer });
  const report = await verify(file.bytes);
  equal(report.verdict, "changed-after");
  equal(report.revisions[0]?.changedAfter, "signatures");
});

Deno.test("a strange signature alone is not ours, and its faults say why", async () => {
  const { signer } = await strangers();
  const file = await sealedFile(plainPdf({}));
  await file.sign("Stranger", { signer });
  const report = await verify(file.bytes);
  equal(report.verdict, "not-ours");
  deepEqual(faults(report), [["untrusted"]]);
});

Deno.test("files of other programs are read as they are", async () => {
  const cases = {
    "signed-pyhanko": "not-ours",
    "signed-lta-renewed": "not-ours",
    "signed-crlf": "not-ours",
    "certified-p1": "not-ours",
    "certified-p2": "not-ours",
    "three-revisions": "unsigned",
    "placeholder": "unsigned",
    "chromium": "unsigned",
    "tail-html": "unsigned",
    "truncated-body": "unreadable",
    "encrypted-rc4": "unreadable",
    "encrypted-user-aes256": "unreadable",
    "not-a-pdf": "unreadable",
    "empty": "unreadable",
    "xref-loop": "unreadable",
  };
  for (const [name, verdict] of Object.entries(cases)) {
    const report = await verify(await fixture(name));
    equal(report.verdict, verdict, name);
    ok(report.revisions.every((each) => each.intact), name);
  }
});

Deno.test("every fixture gets a verdict, whatever is wrong with it", async () => {
  for await (const { name } of Deno.readDir(new URL("../fixtures/pdf", import.meta.url))) {
    if (!name.endsWith(".pdf")) continue;
    const { verdict } = await verify(await fixture(name.slice(0, -".pdf".length)));
    notEqual(verdict, "valid", name);
  }
});

Deno.test("a renewed file of another program is wholly understood once its roots are trusted", async () => {
  const bytes = await fixture("signed-lta-renewed");
  const { readSignedData } = await import("../../lib/pades/cms_reader.ts");
  const { sealsIn } = await import("../../lib/pades/seals_in.ts");
  const { openPdf } = await import("../../lib/pdf/pdf_file.ts");
  const signed = sealsIn(openPdf(memorySource(bytes))).map(({ contents }) => readSignedData(contents));
  const tops = signed.map(({ certificates }) => certificates.at(-1)!.der);
  const report = await verify(bytes, "2026-11-23T00:00:00.000Z", tops);
  ok(report.revisions.every((each) => each.trusted && each.intact));
  equal(report.revisions[0]?.changedAfter, "signatures");
});

Deno.test("a large file is read in pieces, and about once", async () => {
  const file = await executedFile(plainPdf({ ballast: 20_000_000 }));
  const source = memorySource(file.bytes);
  let largest = 0, all = 0;
  const counted = {
    ...source,
    read(offset: number, length: number) {
      const piece = source.read(offset, length);
      largest = Math.max(largest, piece.length);
      all += piece.length;
      return piece;
    },
  };
  const report = await verifyPdf(counted, { trustRoots: await devRoots(), at: AFTER });
  equal(report.verdict, "valid");
  ok(largest <= 1 << 20, `${largest} bytes at once`);
  ok(all < file.bytes.length * 1.25, `${all} bytes of ${file.bytes.length}`);
});

Deno.test("bytes after the end are a change, few or many, blank or not", async () => {
  const { bytes } = await executedFile(plainPdf({}));
  for (const tail of ["\n", "garbage", " ".repeat(5_000), "x".repeat(200_000)]) {
    const report = await verify(joinBytes([bytes, new TextEncoder().encode(tail)]));
    equal(report.verdict, "changed-after", `${tail.length} bytes`);
    equal(report.uncoveredBytes, tail.length);
    equal(report.revisions.at(-1)?.changedAfter, "other");
  }
});

Deno.test("a file cut off is never valid, but where a revision ended", async () => {
  const { bytes, ends } = await executedFile(plainPdf({}));
  for (let size = 1; size < bytes.length; size += 379) {
    const { verdict } = await verify(bytes.slice(0, size));
    equal(verdict === "valid", ends.slice(1).includes(size), `${size} bytes`);
  }
});
