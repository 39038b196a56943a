/**
 * What every `Signer` keeps to.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { algorithmIdentifier, algorithmOfKey, isSignedBy } from "../../lib/pades/cms_algorithm.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { isIssuedBy } from "../../lib/pades/x509_chain.ts";
import type { Signer } from "../../lib/signing_ports.ts";

/** Registers the suite for one kind of signer; `use` opens one and gives it back afterwards. */
export function signerConformance(
  kind: string,
  use: (test: (signer: Signer) => Promise<void>) => Promise<void>,
): void {
  const test = (name: string, body: (signer: Signer) => Promise<void>) =>
    Deno.test(`${kind}: ${name}`, () => use(body));
  const data = new TextEncoder().encode("to be signed");

  test("what it signs is signed by its certificate", async (signer) => {
    const { publicKey } = readCertificate(signer.certificate);
    const algorithm = algorithmIdentifier(signer.algorithm);
    const signature = await signer.sign(data);
    ok(isSignedBy(publicKey, algorithm, data, signature));
    equal(isSignedBy(publicKey, algorithm, data.slice(1), signature), false);
  });

  test("its algorithm goes with its key", (signer) => {
    equal(algorithmOfKey(readCertificate(signer.certificate).publicKey), signer.algorithm);
    return Promise.resolve();
  });

  test("its chain leads upwards, each issuing the one before", (signer) => {
    const chain = [signer.certificate, ...signer.chain].map(readCertificate);
    deepEqual(
      chain.slice(1).map((issuer, i) => isIssuedBy(chain[i]!, issuer)),
      chain.slice(1).map(() => true),
    );
    return Promise.resolve();
  });

  test("many at once are signed alike well", async (signer) => {
    const { publicKey } = readCertificate(signer.certificate);
    const all = Array.from({ length: 20 }, (_, i) => Uint8Array.of(i));
    const signatures = await Promise.all(all.map((each) => signer.sign(each)));
    const algorithm = algorithmIdentifier(signer.algorithm);
    ok(signatures.every((signature, i) => isSignedBy(publicKey, algorithm, all[i]!, signature)));
  });

  test("an end that is called for comes before the signature", async (signer) => {
    await rejects(signer.sign(data, AbortSignal.abort()), { name: "AbortError" });
  });
}
