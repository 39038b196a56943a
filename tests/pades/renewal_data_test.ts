import { deepStrictEqual as deepEqual, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { isCrlOf, readCrl } from "../../lib/pades/revocation_crl.ts";
import { collectRenewalData, newestTimestamp } from "../../lib/pades/renewal_data.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { readStore } from "../../lib/pades/verify_store.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { PortError } from "../../lib/ports.ts";
import { devTrust } from "../support/dev_trust.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { executedFile, sealedFile } from "../support/sealed_pdf.ts";
import { keyUnder, tsaUnits } from "../support/tsa_units.ts";

const contract = await Deno.readFile(new URL("../fixtures/contracts/keiyakusho_kouji.pdf", import.meta.url));
const SIGNER_ENDS = "2029-11-24T00:00:00.000Z";
const FIRST_ENDS = "2036-11-24T00:00:00.000Z";
const UNITS = [
  { notBefore: "2025-01-01T00:00:00.000Z", notAfter: FIRST_ENDS },
  { notBefore: "2034-01-01T00:00:00.000Z", notAfter: "2044-12-31T00:00:00.000Z" },
  { notBefore: "2043-01-01T00:00:00.000Z", notAfter: "2054-12-31T00:00:00.000Z" },
];

/** A file executed in 2026, by a signer and authorities whose certificates end as in life. */
async function longLived() {
  const { root } = await devTrust();
  const clock = fakeClock("2026-11-24T01:00:00.000Z");
  const span = { notBefore: UNITS[0]!.notBefore, notAfter: SIGNER_ENDS };
  const signer = await keyUnder(root, "signing", "試験用署名", span);
  const authority = await tsaUnits(root, clock, UNITS);
  const revocation = devRevocation(root, clock);
  const file = await executedFile(contract, { parts: { signer, authority, revocation, clock } });
  const known = [root.certificate];
  return {
    file,
    clock,
    known,
    async renew(field: string) {
      const source = memorySource(file.bytes);
      const validationData = await collectRenewalData({ source, revocation, known });
      const tail = await sealDocTimestamp(
        source,
        { field, reserveBytes: 4096, validationData },
        (digest) => authority.timestamp(digest),
      );
      file.bytes = joinBytes([file.bytes, tail.bytes]);
      return validationData;
    },
    verdict: (at: string) => verifyPdf(memorySource(file.bytes), { trustRoots: known, at }),
  };
}

Deno.test("R28 a renewal holds the chain of the authority before, with a list of that very time", async () => {
  const { root } = await devTrust();
  const { file, clock, known, renew } = await longLived();
  equal(newestTimestamp(memorySource(file.bytes), known).endsAt, "2036-11-24T00:00:01.000Z");
  clock.set("2034-06-01T00:00:00.000Z");
  const data = await renew("DocTimeStamp2");
  const names = data.certificates.map((der) => readCertificate(der).subject.commonName);
  deepEqual(names, ["試験用タイムスタンプ1", readCertificate(root.certificate).subject.commonName]);
  deepEqual(data.ocsps, []);
  const lists = data.crls.map(readCrl);
  deepEqual(lists.map(({ thisUpdate }) => thisUpdate), ["2034-06-01T00:00:00.000Z"]);
  equal(isCrlOf(lists[0]!, readCertificate(root.certificate)), true);
  const newest = newestTimestamp(memorySource(file.bytes), known);
  deepEqual([newest.at, newest.endsAt], ["2034-06-01T00:00:00.000Z", "2044-12-31T00:00:01.000Z"]);
  equal(newest.chain[0]!.subject.commonName, "試験用タイムスタンプ2");
});

Deno.test("R28 certificates go in once: signer's and root's stay as they were collected in 2026", async () => {
  const { file, clock, renew } = await longLived();
  const before = readStore(openPdf(memorySource(file.bytes)));
  clock.set("2034-06-01T00:00:00.000Z");
  await renew("DocTimeStamp2");
  const after = readStore(openPdf(memorySource(file.bytes)));
  deepEqual(
    after.certificates.map(({ der }) => der.toHex()),
    before.certificates.map(({ der }) => der.toHex()),
  );
  equal(after.crls.length, before.crls.length + 1);
});

Deno.test("R28 renewed in 2034 and 2043 a contract of 2026 is valid in 2045, and else it is not", async () => {
  const { clock, renew, verdict } = await longLived();
  const late = "2045-06-02T00:00:00.000Z";
  equal((await verdict("2036-06-01T00:00:00.000Z")).verdict, "valid");
  equal((await verdict(late)).verdict, "not-ours");
  for (const [field, at] of [["DocTimeStamp2", "2034-06-01"], ["DocTimeStamp3", "2043-06-01"]] as const) {
    clock.set(`${at}T00:00:00.000Z`);
    await renew(field);
  }
  const report = await verdict(late);
  equal(report.verdict, "valid");
  deepEqual(report.revisions.map(({ faults }) => faults), report.revisions.map(() => []));
  deepEqual(report.revisions.map(({ field, level }) => [field, level]), [
    ...["Sender", "Confirmer2", "Confirmer1", "Approver1", "Conclusion"].map((field) => [field, "LTA"]),
    ...["DocTimeStamp", "DocTimeStamp2", "DocTimeStamp3"].map((field) => [field, null]),
  ]);
  equal(report.uncoveredBytes, 0);
});

Deno.test("when the authority's lists can't be had, nothing is collected", async () => {
  const { file, known } = await longLived();
  const down = new PortError("unavailable", "Cannot ask: down", { retryable: true });
  const revocation = { revocationFor: () => Promise.reject(down) };
  await rejects(collectRenewalData({ source: memorySource(file.bytes), revocation, known }), down);
});

Deno.test("a file without a document timestamp has nothing to renew", async () => {
  const file = await sealedFile(contract);
  await file.sign("Sender", { timestamp: true });
  throws(() => newestTimestamp(memorySource(file.bytes)), { name: "UnreadableError", code: "no_timestamp" });
});
