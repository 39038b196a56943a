import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { checkSigner } from "../../lib/pades/cms_check.ts";
import { certificateOf, readSignedData } from "../../lib/pades/cms_reader.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import { OID } from "../../lib/pades/oids.ts";
import { cadesReserve, signCades, tokenReserve } from "../../lib/pades/sign_cades.ts";
import { checkTimestampToken, readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { PortError } from "../../lib/ports.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { withDevSealing } from "../support/dev_sealing.ts";
import { vector } from "../support/pki_vectors.ts";

const content = new TextEncoder().encode("what the ByteRange covers");
const sha256 = (bytes: Bytes): Bytes => Uint8Array.from(createHash("sha256").update(bytes).digest());

/** The faults of what was signed. */
function faultsOf(cms: Bytes) {
  const signed = readSignedData(cms);
  const [signer] = signed.signers;
  const certificate = certificateOf(signer!, signed.certificates);
  return checkSigner(signer!, { contentType: OID.data, digestOf: () => sha256(content), certificate });
}

/** The signer after `cadesReserve` never saw it: a token's size is remembered by signer. */
const fresh = (signer: Signer): Signer => ({ ...signer });

for (const algorithm of ["ES256", "RS256"] as const) {
  Deno.test(`${algorithm}: a signature holds, and fits in what was kept free for it`, () =>
    withDevSealing(algorithm, async ({ signer, authority }) => {
      const plain = await signCades(sha256(content), signer);
      deepEqual(faultsOf(plain), []);
      const reserve = cadesReserve(signer, false);
      ok(plain.length <= reserve && reserve - plain.length < 600, `${plain.length} of ${reserve}`);
      const stamped = await signCades(sha256(content), fresh(signer), { timestamp: authority });
      deepEqual(faultsOf(stamped), []);
      ok(stamped.length <= cadesReserve(signer, true));
    }));
}

Deno.test("what PAdES wants signed is signed, and nothing else: no time", () =>
  withDevSealing("ES256", async ({ signer }) => {
    const signed = readSignedData(await signCades(sha256(content), signer));
    deepEqual(
      [...signed.signers[0]!.signedAttributes.keys()].toSorted(),
      [OID.contentType, OID.messageDigest, OID.signingCertificateV2].toSorted(),
    );
    equal(signed.content, null);
  }));

Deno.test("the root stays out, all else of the chain goes along", async () => {
  const signer = await p12Signer(vector("ec256.p12"), "test");
  const { certificates } = readSignedData(await signCades(sha256(content), signer));
  deepEqual(certificates.map((each) => each.subject.commonName).toSorted(), [
    "EC Signer",
    "Vector Issuing CA",
  ]);
});

Deno.test("the timestamp is over the value of the signature", () =>
  withDevSealing("ES256", async ({ signer, authority }) => {
    const cms = await signCades(sha256(content), signer, { timestamp: authority });
    const [found] = readSignedData(cms).signers;
    const [value] = found!.unsignedAttributes.get(OID.signatureTimestamp)!;
    const token = readTimestampToken(value!.whole);
    deepEqual(checkTimestampToken(token, () => sha256(found!.signature)), []);
  }));

Deno.test("the slot is fitted to the last token", () =>
  withDevSealing("ES256", async ({ signer, authority }) => {
    const own = fresh(signer);
    const before = tokenReserve(own);
    const cms = await signCades(sha256(content), own, { timestamp: authority });
    ok(tokenReserve(own) < before);
    ok(cms.length <= cadesReserve(own, true));
    ok(cadesReserve(own, true) - cms.length < 900);
    const large = { timestamp: () => Promise.resolve(new Uint8Array(20_000).fill(5).with(1, 0)) };
    await signCades(sha256(content), own, { timestamp: large });
    ok(tokenReserve(own) > 20_000);
  }));

Deno.test("every kind of key signs", async () => {
  for (const name of ["rsa3072", "ec256", "ec384"]) {
    const signer = await p12Signer(vector(`${name}.p12`), "test");
    deepEqual(faultsOf(await signCades(sha256(content), signer)), [], name);
  }
  const rsa = await p12Signer(vector("rsa3072.p12"), "test");
  ok((await signCades(sha256(content), rsa)).length <= cadesReserve(rsa, false));
});

Deno.test("without a timestamp, or with a digest that is none, nothing is signed", () =>
  withDevSealing("ES256", async ({ signer }) => {
    const broken = new PortError("timeout", "Cannot get a timestamp: late", { retryable: true });
    const timestamp = { timestamp: () => Promise.reject(broken) };
    await rejects(signCades(sha256(content), signer, { timestamp }), broken);
    await rejects(signCades(new Uint8Array(20), signer), RangeError);
    await rejects(signCades(sha256(content), signer, { signal: AbortSignal.abort() }), {
      name: "AbortError",
    });
  }));
