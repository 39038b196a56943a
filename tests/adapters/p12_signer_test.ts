import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { validSigner } from "../../lib/adapters/valid_signer.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { signerConformance } from "../conformance/signer.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const open = (name: string, passphrase = "test") => p12Signer(vector(`${name}.p12`), passphrase);

for (const name of ["rsa3072", "rsa3072-legacy", "ec256", "ec256-legacy", "ec384"]) {
  signerConformance(`P12 ${name}`, async (test) => await test(await open(name)));
}

Deno.test("a P12 gives the certificate as it was issued, and its chain to the root", async () => {
  for (const name of ["rsa3072", "rsa3072-legacy", "ec256", "ec384"]) {
    const signer = await open(name);
    deepEqual(signer.certificate, certificate(name.replace("-legacy", "")).der, name);
    deepEqual(signer.chain, [certificate("int").der, certificate("root").der], name);
  }
});

Deno.test("a passphrase may be any text", async () => {
  deepEqual((await open("ec256-ja", "割符")).certificate, certificate("ec256").der);
});

Deno.test("a wrong passphrase or a file of another kind is told without showing either", async () => {
  for (
    const [name, passphrase] of [["ec256", "秘密の合言葉"], ["rsa3072", "secret-word"], ["ec256-ja", "符割"]]
  ) {
    const error = await open(name!, passphrase).then(() => null, (error: Error) => error);
    ok(error);
    equal((error as { code?: string }).code, "misconfigured");
    ok(!error.message.includes(passphrase!));
  }
  await rejects(p12Signer(vector("content.bin"), "test"), { code: "misconfigured", retryable: false });
  await rejects(p12Signer(new Uint8Array(), "test"), { code: "misconfigured" });
});

Deno.test("an expired certificate signs nothing, and the seal waits for a new one", async () => {
  const signer = validSigner(await open("expired"), fakeClock("2026-11-24T00:00:00.000Z"));
  await rejects(signer.sign(Uint8Array.of(1)), { name: "PortError", code: "refused", retryable: true });
  const early = validSigner(await open("ec256"), fakeClock("2024-11-24T00:00:00.000Z"));
  await rejects(early.sign(Uint8Array.of(1)), { code: "refused" });
});

Deno.test("a certificate for another use is refused at once", async () => {
  const signer = await open("ec256");
  const clock = fakeClock();
  for (const name of ["int", "root"]) {
    const other = { ...signer, certificate: certificate(name).der };
    await rejects(async () => await Promise.resolve(validSigner(other, clock)), { code: "misconfigured" });
  }
  equal(readCertificate(validSigner(signer, clock).certificate).subject.commonName, "EC Signer");
});
