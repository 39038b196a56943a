import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { addValidationData } from "../../lib/pades/dss.ts";
import { sealSignature, type SealTail } from "../../lib/pades/seal.ts";
import { cadesReserve, signCades, tokenReserve } from "../../lib/pades/sign_cades.ts";
import { collectValidationData } from "../../lib/pades/validation_data.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { isCrlOf, readCrl } from "../../lib/pades/revocation_crl.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { concatenated, memorySource } from "../../lib/pdf/byte_source.ts";
import { type ByteSource, PortError } from "../../lib/ports.ts";
import type { RevocationSource, Signer, TimestampAuthority } from "../../lib/signing_ports.ts";
import { withDevSealing } from "../support/dev_sealing.ts";
import { vector } from "../support/pki_vectors.ts";

const contract = () =>
  memorySource(Deno.readFileSync(new URL("../fixtures/contracts/keiyakusho_kouji.pdf", import.meta.url)));

const joined = (source: ByteSource, tail: SealTail) => concatenated([source, memorySource(tail.bytes)]);

async function signed(source: ByteSource, field: string, signer: Signer, timestamp?: TimestampAuthority) {
  const reserveBytes = cadesReserve(signer, timestamp !== undefined);
  const request = { field, reason: "同意", at: "2026-11-24T01:00:00.000Z", signerName: "割符", reserveBytes };
  return joined(
    source,
    await sealSignature(source, request, (d) => signCades(d, signer, timestamp && { timestamp })),
  );
}

async function stamped(source: ByteSource, signer: Signer, authority: TimestampAuthority) {
  const order = { field: "DocTimeStamp", reserveBytes: tokenReserve(signer) };
  return joined(source, await sealDocTimestamp(source, order, (digest) => authority.timestamp(digest)));
}

/** A source that notes the first certificate of each chain that it is asked for. */
function noting(): RevocationSource & { asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  return {
    asked,
    revocationFor: (chain) => {
      asked.push(readCertificate(chain[0]!).subject.commonName);
      return Promise.resolve({ ocsps: [], crls: [Uint8Array.of(1)] });
    },
  };
}

const SIGNER = "開発用電子署名 Warifu Development Signer";
const TSA = "開発用タイムスタンプ Warifu Development TSA";

Deno.test("signer's and timestamps' chains are collected once, with the lists of their authority", () =>
  withDevSealing("ES256", async ({ root, signer, authority, revocation }) => {
    let source = contract();
    for (const field of ["Sender", "Confirmer1", "Conclusion"]) {
      source = await signed(source, field, signer, authority);
    }
    const data = await collectValidationData({ source, signer, revocation });
    const names = data.certificates.map((der) => readCertificate(der).subject.commonName);
    deepEqual(names, [SIGNER, "開発用ルート認証局 Warifu Development Root", TSA]);
    equal(data.crls.length, 1);
    equal(data.ocsps.length, 0);
    ok(isCrlOf(readCrl(data.crls[0]!), readCertificate(root.certificate)));
    const closed = await stamped(joined(source, await addValidationData(source, data)), signer, authority);
    ok(closed.size > source.size);
  }));

Deno.test("document timestamps after our seals count, for their renewal", () =>
  withDevSealing("ES256", async ({ signer, authority }) => {
    const source = await stamped(await signed(contract(), "Conclusion", signer), signer, authority);
    const revocation = noting();
    await collectValidationData({ source, signer, revocation });
    deepEqual(revocation.asked, [SIGNER, TSA]);
  }));

Deno.test("what others signed and stamped before us sends us nowhere", () =>
  withDevSealing("ES256", async ({ signer, authority }) => {
    const other = await p12Signer(vector("ec256.p12"), "test");
    const before = await stamped(await signed(contract(), "Theirs", other, authority), other, authority);
    const source = await signed(before, "Sender", signer);
    const revocation = noting();
    const { certificates } = await collectValidationData({ source, signer, revocation });
    deepEqual(revocation.asked, [SIGNER]);
    equal(certificates.length, 2);
  }));

Deno.test("an unsigned file has the signer's own chain to show", () =>
  withDevSealing("ES256", async ({ signer, revocation }) => {
    const data = await collectValidationData({ source: contract(), signer, revocation });
    equal(data.certificates.length, 2);
  }));

Deno.test("when a place cannot be asked, nothing is collected", () =>
  withDevSealing("ES256", async ({ signer }) => {
    const down = new PortError("unavailable", "Cannot ask: down", { retryable: true });
    const revocation = { revocationFor: () => Promise.reject(down) };
    await rejects(collectValidationData({ source: contract(), signer, revocation }), down);
  }));
