/**
 * Files that another program signed, in every form at hand (`tests/fixtures/foreign/make.py`; what pyHanko says of
 * the same files is held against this in `tests/judges`).
 *
 * @module
 */
import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { faultWords, integrityWords, reportWords } from "../../lib/pades/report_words.ts";
import type { RevisionFault, Verdict, VerificationReport } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";

const folder = new URL("../fixtures/foreign/", import.meta.url);
const read = (name: string) => Deno.readFileSync(new URL(name, folder));
const root = (name: string) => fromPem("CERTIFICATE", new TextDecoder().decode(read(`${name}.pem`)));
const AT = "2026-12-01T00:00:00.000Z";
const verify = (name: string, trusted = "root"): Promise<VerificationReport> =>
  verifyPdf(memorySource(read(`${name}.pdf`)), { trustRoots: root(trusted), at: AT });

type Expected = readonly [verdict: Verdict, ...faults: RevisionFault[]];

/** The verdict on each file, and the faults of its first signature. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  "adbe-detached": ["valid"],
  "ber": ["valid"],
  "ber-changed": ["tampered", "wrong_digest"],
  "pss": ["valid"],
  "ec384": ["valid"],
  "ec384-sha256": ["valid"],
  "ec521": ["valid"],
  "timestamp": ["valid"],
  "two-signers": ["valid"],
  "weak-sha1": ["not-ours", "weak_algorithm"],
  "weak-sha1-changed": ["tampered", "weak_algorithm", "wrong_digest"],
  "weak-rsa1024": ["not-ours", "weak_algorithm"],
  "adbe-sha1": ["not-ours", "weak_algorithm"],
  "adbe-sha1-changed": ["tampered", "weak_algorithm", "wrong_digest"],
  "x509-rsa-sha1": ["not-ours", "unknown_format", "untrusted"],
  "no-attributes": ["not-ours", "unknown_format"],
  "several-signers": ["not-ours", "several_signers", "untrusted"],
  "cross-certified": ["valid"],
  "no-intermediate": ["not-ours", "untrusted"],
  "intermediate-in-dss": ["valid"],
  "certified-1": ["valid"],
  "certified-1-filled": ["changed-after", "forbidden_change"],
  "certified-1-note": ["changed-after", "forbidden_change"],
  "certified-2": ["valid"],
  "certified-2-filled": ["valid"],
  "certified-2-approved": ["valid"],
  "certified-2-note": ["changed-after"],
  "certified-3": ["valid"],
  "certified-3-filled": ["valid"],
  "certified-3-approved": ["valid"],
  "certified-3-note": ["changed-after"],
  "locked-amount-name-filled": ["valid"],
  "locked-amount-amount-filled": ["changed-after", "forbidden_change"],
};

for (const [name, [verdict, ...faults]] of Object.entries(EXPECTED)) {
  Deno.test(`R39 signed elsewhere: ${name} is ${verdict}`, async () => {
    const report = await verify(name);
    equal(report.verdict, verdict);
    deepEqual(report.revisions[0]?.faults, faults);
    for (const fault of faults) ok(reportWords(report, name).includes(faultWords(fault)));
  });
}

Deno.test("R39 a curve and a hash function that go together badly are unknown, not tampering", async () => {
  const report = await verify("ec521-sha256");
  ok(report.verdict === "valid" || report.revisions[0]?.faults.includes("unknown_algorithm"));
});

Deno.test("R39 a chain through a cross certificate leads to either root", async () => {
  equal((await verify("cross-certified", "other-root")).verdict, "valid");
  equal((await verify("adbe-detached", "other-root")).verdict, "not-ours");
});

Deno.test("R39 none of these claims a PAdES level that has another form", async () => {
  for (const name of ["adbe-detached", "ber", "adbe-sha1", "weak-sha1", "weak-rsa1024"]) {
    equal((await verify(name)).revisions[0]?.level, null, name);
  }
  equal((await verify("pss")).revisions[0]?.level, "B");
  equal((await verify("timestamp")).revisions[0]?.level, "T");
});

Deno.test("R39 a signature without /M shows the signing time of its CMS", async () => {
  const text = new TextDecoder("latin1").decode(read("adbe-detached.pdf"));
  const bytes = Uint8Array.from(text.replace("/M (", "/m ("), (letter) => letter.charCodeAt(0));
  const [first] = (await verifyPdf(memorySource(bytes), { trustRoots: root("root"), at: AT })).revisions;
  match(first?.at ?? "", /^2026-11-24T/);
});

Deno.test("R39 what can't be judged is called neither whole nor tampered with", async () => {
  const [first] = (await verify("x509-rsa-sha1")).revisions;
  equal(first && integrityWords(first), "確かめられません");
  equal(first?.intact, false);
});
