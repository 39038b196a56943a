import { ok, strictEqual as equal } from "node:assert/strict";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { readSignedData } from "../../lib/pades/cms_reader.ts";
import { sealSignature } from "../../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../../lib/pades/sign_cades.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { REQUEST } from "../support/growing_pdf.ts";
import { pdfFixture } from "../support/pdf_fixtures.ts";
import { vector } from "../support/pki_vectors.ts";

const KB = 1000;
const FILES = ["libreoffice.pdf", "pdf-lib-objstm.pdf"];

/** What a party's signature adds to a file, in bytes, and how many times it was made. */
async function added(file: string, signer: Signer, timestamped: boolean) {
  const authority = await p12Signer(vector("rsa3072-tsa.p12"), "test");
  const timestamp = devTsa({ authority, clock: fakeClock(), chance: systemChance });
  const options = timestamped ? { timestamp } : {};
  const request = { ...REQUEST, reserveBytes: cadesReserve(signer, timestamped) };
  let made = 0;
  const tail = await sealSignature(memorySource(pdfFixture(file)), request, async (digest) => {
    made++;
    const cms = await signCades(digest, signer, options);
    equal(readSignedData(cms).certificates.length, 2);
    return cms;
  });
  return { bytes: tail.bytes.length, made };
}

Deno.test("with RSA-3072 and three certificates, a party's signature adds no more than 12 KB", async () => {
  const signer = await p12Signer(vector("rsa3072-chain.p12"), "test");
  equal(signer.chain.length, 2);
  for (const file of FILES) {
    const { bytes, made } = await added(file, signer, false);
    ok(bytes <= 12 * KB, `${bytes} bytes`);
    equal(made, 1);
  }
});

Deno.test("with a timestamp of its own it adds no more than 19 KB, even the first of a process", async () => {
  const signer = await p12Signer(vector("rsa3072-chain.p12"), "test");
  for (const file of FILES) {
    const { bytes, made } = await added(file, signer, true);
    ok(bytes <= 19 * KB, `${bytes} bytes`);
    equal(made, 1);
  }
});
