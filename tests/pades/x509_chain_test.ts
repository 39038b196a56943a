import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { type Bytes, readDer } from "../../lib/pades/der.ts";
import { type Certificate, readCertificate } from "../../lib/pades/x509.ts";
import { buildCertificate, type CertificateUse, distinguishedName } from "../../lib/pades/x509_builder.ts";
import { chainTo, chainWithin, isIssuedBy } from "../../lib/pades/x509_chain.ts";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import { certificate, GOOD_TIME } from "../support/pki_vectors.ts";

const root = certificate("root");
const int = certificate("int");
const names = (chain: readonly Certificate[] | null) => chain?.map((each) => each.subject.commonName) ?? null;

Deno.test("a chain leads from the signer over the authority to the root", () => {
  for (const leaf of ["rsa3072", "ec256", "ec384"].map(certificate)) {
    const chain = chainTo([root], leaf, [root, int], GOOD_TIME);
    deepEqual(names(chain), [leaf.subject.commonName, "Vector Issuing CA", "Vector Root"]);
  }
});

Deno.test("without the authority between, or with another root, there is no chain", () => {
  equal(chainTo([root], certificate("ec256"), [], GOOD_TIME), null);
  equal(chainTo([certificate("root2")], certificate("ec256"), [int, root], GOOD_TIME), null);
  equal(chainTo([], certificate("ec256"), [int, root], GOOD_TIME), null);
});

Deno.test("whatever is named as a root ends the chain", () => {
  deepEqual(names(chainTo([int], certificate("ec256"), [], GOOD_TIME)), ["EC Signer", "Vector Issuing CA"]);
  deepEqual(names(chainTo([certificate("ec256")], certificate("ec256"), [], GOOD_TIME)), ["EC Signer"]);
});

Deno.test("certificates outside their time, or with critical extensions not understood, prove nothing", () => {
  equal(chainTo([root], certificate("ec256"), [int], "2050-01-01T00:00:00.000Z"), null);
  equal(chainTo([root], certificate("strange"), [int], GOOD_TIME), null);
});

Deno.test("a changed certificate was issued by nobody", () => {
  const leaf = certificate("ec256");
  equal(isIssuedBy(leaf, int), true);
  const der = leaf.der.slice();
  der[der.length - 1]! ^= 1;
  equal(isIssuedBy(readCertificate(der), int), false);
  equal(isIssuedBy(leaf, root), false);
});

Deno.test("without roots, a chain goes as far as it is known", () => {
  deepEqual(names(chainWithin([root, int], certificate("ec256"))), [
    "EC Signer",
    "Vector Issuing CA",
    "Vector Root",
  ]);
  deepEqual(names(chainWithin([int], certificate("ec256"))), ["EC Signer", "Vector Issuing CA"]);
  deepEqual(names(chainWithin([], certificate("ec256"))), ["EC Signer"]);
});

/** A small authority made in the test. */
async function issuing() {
  const pair = await newKeyPair("ES256");
  const key = await subtleKey(pair.pkcs8, "ES256");
  const name = distinguishedName("Test", "Made Root");
  let serial = 1;
  const issue = async (
    use: CertificateUse,
    subject: string,
    by: { name: Bytes; publicKey: Bytes; key: typeof key } = { name, publicKey: pair.publicKey, key },
    own = pair,
  ) => {
    const order = {
      use,
      subject: distinguishedName("Test", subject),
      publicKey: own.publicKey,
      issuer: by,
      serial: Uint8Array.of(serial++),
      notBefore: "2025-01-01T00:00:00.000Z",
      notAfter: "2030-01-01T00:00:00.000Z",
    };
    return readCertificate(await buildCertificate(order, by.key));
  };
  return { issue };
}

Deno.test("who is no authority cannot issue, whatever it signs", async () => {
  const { issue } = await issuing();
  const made = await issue("authority", "Made Root");
  const pair = await newKeyPair("ES256");
  const signer = await issue("signing", "Signer", undefined, pair);
  const key = await subtleKey(pair.pkcs8, "ES256");
  const by = { name: readDer(signer.subject.der).whole, publicKey: pair.publicKey, key };
  const below = await issue("signing", "Below", by);
  equal(chainTo([made], signer, [], GOOD_TIME)?.length, 2);
  equal(chainTo([made], below, [signer], GOOD_TIME), null);
});

Deno.test("a bag of look-alikes that issue each other ends soon", async () => {
  const { issue } = await issuing();
  const alike = await Promise.all(Array.from({ length: 40 }, () => issue("authority", "Made Root")));
  equal(chainTo([root], alike[0]!, alike, GOOD_TIME), null);
});

Deno.test("chains that share what may be checked end when it is used up", () => {
  const leaf = certificate("ec256");
  const left = { checks: 5 };
  equal(chainTo([root], leaf, [int], GOOD_TIME, left)?.length, 3);
  equal(left.checks, 3);
  equal(chainWithin([int, root], leaf, left).length, 3);
  equal(left.checks, 1);
  equal(chainTo([root], leaf, [int], GOOD_TIME, left), null);
  equal(left.checks, 0);
  deepEqual(names(chainWithin([int, root], leaf, left)), ["EC Signer"]);
});

Deno.test("a certificate whose algorithm can't be read was issued by nobody, whatever else is asked", () => {
  const leaf = { ...certificate("ec256"), algorithm: Uint8Array.of(0x30, 0x05, 0x06) };
  equal(isIssuedBy(leaf, int), false);
  equal(chainTo([root], leaf, [int], GOOD_TIME), null);
});
