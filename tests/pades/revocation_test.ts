import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  strictEqual as equal,
} from "node:assert/strict";
import { buildEmptyCrl, isCrlOf, readCrl, revokedAt } from "../../lib/pades/revocation_crl.ts";
import {
  buildOcspRequest,
  readOcspResponse,
  responderOf,
  responseFor,
} from "../../lib/pades/revocation_ocsp.ts";
import { revocationStatus } from "../../lib/pades/revocation_status.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { buildCertificate, distinguishedName } from "../../lib/pades/x509_builder.ts";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const int = certificate("int");
const none = { ocsps: [], crls: [] };

Deno.test("a list of OpenSSL's tells who is revoked", () => {
  const crl = readCrl(vector("int.crl"));
  equal(crl.thisUpdate, "2026-11-01T00:00:00.000Z");
  equal(crl.nextUpdate, "2027-02-01T00:00:00.000Z");
  equal(isCrlOf(crl, int), true);
  equal(isCrlOf(crl, certificate("root")), false);
  equal(revokedAt(crl, certificate("ec256").serial), null);
  notEqual(revokedAt(crl, certificate("revoked").serial), null);
});

Deno.test("a changed list, or one that speaks of a part only, is nobody's", () => {
  const crl = readCrl(vector("int.crl"));
  equal(isCrlOf({ ...crl, critical: ["2.5.29.27"] }, int), false);
  const signature = crl.signature.slice();
  signature[signature.length - 1]! ^= 1;
  equal(isCrlOf({ ...crl, signature }, int), false);
  equal(isCrlOf(crl, { ...int, keyUse: new Set(["keyCertSign"] as const) }), false);
});

Deno.test("a list made here reads as it was written", async () => {
  const { pkcs8, publicKey } = await newKeyPair("ES256");
  const key = await subtleKey(pkcs8, "ES256");
  const issuer = { name: distinguishedName("Test", "Root"), publicKey };
  const times = { thisUpdate: "2026-12-01T00:00:00.000Z", nextUpdate: "2026-12-08T00:00:00.000Z", number: 7 };
  const crl = readCrl(await buildEmptyCrl(issuer, key, times));
  const root = readCertificate(
    await buildCertificate({
      use: "authority",
      subject: issuer.name,
      publicKey,
      issuer,
      serial: Uint8Array.of(1),
      notBefore: "2020-01-01T00:00:00.000Z",
      notAfter: "2049-12-31T23:59:59.000Z",
    }, key),
  );
  equal(crl.thisUpdate, times.thisUpdate);
  equal(crl.nextUpdate, times.nextUpdate);
  equal(isCrlOf(crl, root), true);
  equal(revokedAt(crl, "01"), null);
});

Deno.test("OCSP responses of OpenSSL's are read, and signed by the issuer's responder", () => {
  const good = readOcspResponse(vector("ec256.ocsp"))!;
  equal(responderOf(good, int)?.subject.commonName, "Vector OCSP");
  equal(responseFor(good, certificate("ec256"), int)?.status, "good");
  equal(responseFor(good, certificate("revoked"), int), null);
  equal(responseFor(good, certificate("ec256"), certificate("root")), null);
  const revoked = responseFor(readOcspResponse(vector("revoked.ocsp"))!, certificate("revoked"), int);
  equal(revoked?.status, "revoked");
  notEqual(revoked?.revokedAt, null);
});

Deno.test("a response that another signed is nobody's", () => {
  const good = readOcspResponse(vector("ec256.ocsp"))!;
  equal(responderOf(good, certificate("root2")), null);
  equal(responderOf({ ...good, certificates: [certificate("ec256")] }, int), null);
  equal(responderOf({ ...good, tbs: good.tbs.slice(1) }, int), null);
});

Deno.test("the question is the one that OpenSSL asks", () => {
  deepEqual(buildOcspRequest(certificate("revoked"), int), vector("revoked.ocsp-request"));
});

Deno.test("a responder that refuses says nothing", () => {
  equal(readOcspResponse(Uint8Array.fromHex("30030a0106")), null);
});

Deno.test("the status is what the data proves", () => {
  const [ec, revoked] = [certificate("ec256"), certificate("revoked")];
  equal(revocationStatus(ec, int, none).status, "unknown");
  deepEqual(revocationStatus(ec, int, { ocsps: [], crls: [vector("int.crl")] }), {
    status: "good",
    thisUpdate: "2026-11-01T00:00:00.000Z",
    nextUpdate: "2027-02-01T00:00:00.000Z",
  });
  const both = revocationStatus(ec, int, { ocsps: [vector("ec256.ocsp")], crls: [vector("int.crl")] });
  equal(both.status === "good" && both.thisUpdate > "2026-11-24T00", true); // the newer of the two
  equal(revocationStatus(revoked, int, { ocsps: [], crls: [vector("int.crl")] }).status, "revoked");
  equal(revocationStatus(revoked, int, { ocsps: [vector("revoked.ocsp")], crls: [] }).status, "revoked");
  equal(
    revocationStatus(ec, int, { ocsps: [vector("revoked.ocsp")], crls: [vector("root.crl")] }).status,
    "unknown",
  );
  equal(revocationStatus(int, certificate("root"), { ocsps: [], crls: [vector("root.crl")] }).status, "good");
  equal(
    revocationStatus(ec, int, { ocsps: [new Uint8Array(3)], crls: [new Uint8Array(3)] }).status,
    "unknown",
  );
});

Deno.test("damaged lists and responses prove nothing, and are never a crash", () => {
  assertSafe(vector("int.crl"), (bytes) => revokedAt(readCrl(bytes), "ff"));
  assertSafe(vector("ec256.ocsp"), (bytes) => {
    const response = readOcspResponse(bytes);
    if (response) responderOf(response, int);
  });
});
