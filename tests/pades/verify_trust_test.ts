/**
 * Whom the verifier trusts, and as of when.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { algorithmIdentifier } from "../../lib/pades/cms_algorithm.ts";
import { certificateTime, integer, sequence } from "../../lib/pades/der_write.ts";
import { addValidationData } from "../../lib/pades/dss.ts";
import { sealSignature } from "../../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../../lib/pades/sign_cades.ts";
import { ChainJudge } from "../../lib/pades/verify_store.ts";
import { instantOfDate } from "../../lib/pades/verify_fields.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { signedStructure } from "../../lib/pades/x509_builder.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Signer, TimestampAuthority } from "../../lib/signing_ports.ts";
import { devTrust } from "../support/dev_trust.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, SEALED_AT, sealedFile } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const verify = async (bytes: Bytes, at: Instant = AFTER) =>
  await verifyPdf(memorySource(bytes), { trustRoots: await devRoots(), at });

async function signedWith(signer: Signer, timestamp?: TimestampAuthority): Promise<Bytes> {
  const base = plainPdf({});
  const request = {
    field: "Sender",
    reason: "",
    at: SEALED_AT,
    signerName: "見本県電子契約",
    reserveBytes: cadesReserve(signer, timestamp !== undefined),
  };
  const options = timestamp ? { timestamp } : {};
  const tail = await sealSignature(
    memorySource(base),
    request,
    (digest) => signCades(digest, signer, options),
  );
  return joinBytes([base, tail.bytes]);
}

/** A list on which one certificate stands, revoked at an instant. */
async function listRevoking(root: Signer, certificate: Bytes, at: Instant): Promise<Bytes> {
  const issuer = readCertificate(root.certificate).subject.der;
  const { serial } = readCertificate(certificate);
  const tbs = sequence(
    integer(1),
    algorithmIdentifier(root.algorithm),
    issuer,
    certificateTime(SEALED_AT),
    certificateTime(plusMs(SEALED_AT, 86_400_000)),
    sequence(sequence(integer(Uint8Array.fromHex(serial)), certificateTime(at))),
  );
  return await signedStructure(tbs, root);
}

async function withList(bytes: Bytes, crl: Bytes): Promise<Bytes> {
  const data = { certificates: [], ocsps: [], crls: [crl] };
  return joinBytes([bytes, (await addValidationData(memorySource(bytes), data)).bytes]);
}

Deno.test("R26 a certificate revoked before the proven time proves nothing; revoked later, it stands", async () => {
  const { root, signer } = await devTrust();
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender", { timestamp: true });
  const before = await withList(
    file.bytes,
    await listRevoking(root, signer.certificate, "2026-11-01T00:00:00.000Z"),
  );
  const revoked = await verify(before);
  equal(revoked.verdict, "not-ours");
  deepEqual(revoked.revisions[0]?.faults, ["revoked"]);
  const later = plusMs(SEALED_AT, 60_000);
  const after = await withList(file.bytes, await listRevoking(root, signer.certificate, later));
  equal((await verify(after)).verdict, "valid");
});

Deno.test("without a timestamp a certificate counts as of now", async () => {
  const { root, signer } = await devTrust();
  const file = await sealedFile(plainPdf({}));
  await file.sign("Sender");
  const crl = await listRevoking(root, signer.certificate, plusMs(SEALED_AT, 60_000));
  equal((await verify(await withList(file.bytes, crl))).verdict, "not-ours");
  equal((await verify(file.bytes, "2050-01-01T00:00:00.000Z")).revisions[0]?.faults.join(), "expired");
});

Deno.test("a timestamp of other bytes on a signature is tampering", async () => {
  const { signer, tsa } = await devTrust();
  const honest = devTsa({ authority: tsa, clock: fakeClock(SEALED_AT), chance: systemChance });
  const report = await verify(
    await signedWith(signer, { timestamp: () => honest.timestamp(new Uint8Array(32)) }),
  );
  equal(report.verdict, "tampered");
  deepEqual(report.revisions[0]?.faults, ["bad_timestamp"]);
  const noToken = await verify(
    await signedWith(signer, { timestamp: () => Promise.resolve(Uint8Array.of(5, 0)) }),
  );
  deepEqual(noToken.revisions[0]?.faults, ["bad_timestamp"]);
});

Deno.test("a timestamp of an authority that is not trusted proves no time, and the file is not vouched for", async () => {
  const { signer } = await devTrust();
  const directory = await Deno.makeTempDir();
  const { tsa } = await openDevPki(`${directory}/pki`, systemChance);
  await Deno.remove(directory, { recursive: true });
  const strange = devTsa({ authority: tsa, clock: fakeClock(SEALED_AT), chance: systemChance });
  const report = await verify(await signedWith(signer, strange));
  equal(report.verdict, "not-ours");
  deepEqual(report.revisions[0]?.faults, ["untrusted_timestamp"]);
  equal(report.revisions[0]?.timestamp, null);
  equal(report.revisions[0]?.level, "B");
});

Deno.test("a key for timestamps signs no contracts", async () => {
  const { tsa } = await devTrust();
  const report = await verify(await signedWith(tsa));
  equal(report.verdict, "not-ours");
  deepEqual(report.revisions[0]?.faults, ["wrong_usage"]);
  equal(report.revisions[0]?.intact, true);
});

Deno.test("validation data must reach the proven time, and speak of every certificate below the root", async () => {
  const { root, signer } = await devTrust();
  const chain = [signer.certificate, root.certificate].map(readCertificate);
  equal(new ChainJudge({ ocsps: [], crls: [] }).statusOf(chain, SEALED_AT), "unknown");
  const judge = new ChainJudge({ ocsps: [], crls: [await listRevoking(root, root.certificate, SEALED_AT)] });
  equal(judge.statusOf(chain, SEALED_AT), "good");
  equal(judge.statusOf(chain, plusMs(SEALED_AT, 2 * 86_400_000)), "unknown");
  equal(judge.statusOf(chain.slice(1), SEALED_AT), "good");
});

Deno.test("a claimed time is read in any zone, and nonsense is none", () => {
  equal(instantOfDate("D:20261124100000+09'00'"), "2026-11-24T01:00:00.000Z");
  equal(instantOfDate("D:20261124010000Z"), "2026-11-24T01:00:00.000Z");
  equal(instantOfDate("D:20261123200000-05'00"), "2026-11-24T01:00:00.000Z");
  equal(instantOfDate("2026"), "2026-01-01T00:00:00.000Z");
  equal(instantOfDate("yesterday"), null);
});
