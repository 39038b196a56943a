/**
 * Whose word counts about a certificate, and of which certificates a list speaks.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import { integer } from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { readCrl } from "../../lib/pades/revocation_crl.ts";
import { scopeFault } from "../../lib/pades/revocation_scope.ts";
import { statusByCrl, statusByOcsp } from "../../lib/pades/revocation_status.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { extension } from "../../lib/pades/x509_builder.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { devTrust } from "../support/dev_trust.ts";
import { certificateBy, crlAt, crlBy, issuingPoint, ocspBy, RESPONDER } from "../support/revocation_maker.ts";
import { certificate } from "../support/pki_vectors.ts";

const TIMES = { thisUpdate: "2026-12-01T00:00:00.000Z", nextUpdate: "2026-12-08T00:00:00.000Z" };
const HERE = "http://pki.test/7.crl";
const strange = extension("1.2.3", true, integer(1));

/** A root, and a certificate below it that names a place for lists. */
async function pair(): Promise<{ root: Signer; leaf: Bytes }> {
  const { root, signer } = await devTrust();
  return {
    root,
    leaf: await certificateBy(root, readCertificate(signer.certificate).publicKey, crlAt(HERE)),
  };
}

Deno.test("a list speaks of the certificates that it is for, and of no others", async () => {
  const { root, leaf } = await pair();
  const [user, authority] = [readCertificate(leaf), readCertificate(root.certificate)];
  const cases: readonly (readonly [Bytes, string | null, string | null])[] = [
    [issuingPoint(null), null, null],
    [issuingPoint(HERE), null, "other_certificates"],
    [issuingPoint("http://pki.test/8.crl"), "other_certificates", "other_certificates"],
    [issuingPoint(null, 1), null, "other_certificates"],
    [issuingPoint(null, 2), "other_certificates", null],
    [issuingPoint(null, 3), "some_reasons", "some_reasons"],
    [issuingPoint(null, 4), "indirect", "indirect"],
    [issuingPoint(null, 5), "other_certificates", "other_certificates"],
    [extension(OID.deltaCrlIndicator, true, integer(1)), "delta", "delta"],
  ];
  for (const [each, ofUser, ofAuthority] of cases) {
    const list = await crlBy(root, TIMES, { extensions: [each] });
    const crl = readCrl(list);
    deepEqual([scopeFault(crl, user), scopeFault(crl, authority)], [ofUser, ofAuthority], each.toHex());
    equal(statusByCrl(list, user, authority).status, ofUser === null ? "good" : "unknown");
  }
});

Deno.test("a list of the issuer's tells good from revoked; one of another's, or with riddles in it, nothing", async () => {
  const { root, leaf } = await pair();
  const [user, issuer] = [readCertificate(leaf), readCertificate(root.certificate)];
  const status = async (...order: Parameters<typeof crlBy>) =>
    statusByCrl(await crlBy(...order), user, issuer);
  equal((await status(root, TIMES)).status, "good");
  deepEqual(await status(root, TIMES, { revoked: ["05", user.serial] }), {
    status: "revoked",
    at: TIMES.thisUpdate,
  });
  equal((await status(root, TIMES, { revoked: ["05"] })).status, "good");
  equal((await status(root, TIMES, { extensions: [strange] })).status, "unknown");
  const impostor = { ...await subtleKey((await newKeyPair("ES256")).pkcs8, "ES256"), chain: [] };
  equal((await status({ ...impostor, certificate: root.certificate }, TIMES)).status, "unknown");
});

Deno.test("a damaged scope is unreadable or another, never a crash", async () => {
  const { root, leaf } = await pair();
  const list = await crlBy(root, TIMES, { extensions: [issuingPoint(HERE, 1, 3)] });
  assertSafe(list, (bytes) => scopeFault(readCrl(bytes), readCertificate(leaf)));
  const ocsp = await ocspBy(root, { ...TIMES, of: leaf, issuer: root.certificate, extensions: strange });
  assertSafe(ocsp, (bytes) => statusByOcsp(bytes, readCertificate(leaf), readCertificate(root.certificate)));
});

/** A responder of its own key, whose certificate the root issued with these extensions. */
async function responderBy(root: Signer, ...extensions: readonly Bytes[]): Promise<Signer> {
  const { pkcs8, publicKey } = await newKeyPair("ES256");
  const certificate = await certificateBy(root, publicKey, ...extensions);
  return { certificate, chain: [], ...(await subtleKey(pkcs8, "ES256")) };
}

Deno.test("OCSP counts when the issuer or its responder signed it", async () => {
  const { root, leaf } = await pair();
  const [user, issuer] = [readCertificate(leaf), readCertificate(root.certificate)];
  const about = { ...TIMES, of: leaf, issuer: root.certificate };
  const status = async (...order: Parameters<typeof ocspBy>) =>
    statusByOcsp(await ocspBy(...order), user, issuer).status;
  const responder = await responderBy(root, RESPONDER);
  const certificates = [responder.certificate];
  equal(await status(root, about), "good");
  equal(await status(root, { ...about, status: "revoked" }), "revoked");
  equal(await status(root, { ...about, status: "unknown" }), "unknown");
  equal(await status(responder, { ...about, certificates }), "good");
  equal(await status(responder, { ...about, certificates, status: "revoked" }), "revoked");
  equal(await status(responder, about), "unknown"); // It does not show its certificate.
  const [other] = [await responderBy(root)]; // Issued by the root, but not for this purpose.
  equal(await status(other, { ...about, certificates: [other.certificate] }), "unknown");
  const puzzling = await responderBy(root, RESPONDER, strange);
  equal(await status(puzzling, { ...about, certificates: [puzzling.certificate] }), "unknown");
  equal(await status(root, { ...about, of: certificate("ec256").der }), "unknown");
  equal(await status(root, { ...about, issuer: certificate("int").der }), "unknown");
  equal(await status(root, { ...about, extensions: strange }), "unknown");
  equal(await status(root, { ...about, singleExtensions: strange }), "unknown");
  const early = { ...about, thisUpdate: "2019-01-01T00:00:00.000Z", certificates };
  equal(await status(responder, early), "unknown"); // Before the responder's certificate began.
});
