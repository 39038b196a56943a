import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { algorithmOfKey } from "../../lib/pades/cms_algorithm.ts";
import { OID } from "../../lib/pades/oids.ts";
import { isSelfIssued, isValidAt, readCertificate } from "../../lib/pades/x509.ts";
import { fromPem, toPem } from "../../lib/pades/x509_pem.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate } from "../support/pki_vectors.ts";

Deno.test("a signer's certificate says who it is and what it may do", () => {
  const signer = certificate("rsa3072");
  equal(signer.subject.commonName, "署名 花子");
  equal(signer.issuer.commonName, "Vector Issuing CA");
  equal(signer.notBefore, "2025-01-01T00:00:00.000Z");
  equal(signer.notAfter, "2049-12-31T23:59:59.000Z");
  equal(signer.isAuthority, false);
  deepEqual(signer.keyUse, new Set(["digitalSignature", "nonRepudiation"]));
  deepEqual(signer.purposes, [OID.emailProtection]);
  equal(signer.authorityKeyId, certificate("int").subjectKeyId);
  deepEqual(signer.ocspUrls, ["http://pki.test/ocsp"]);
  deepEqual(signer.issuerUrls, ["http://pki.test/int.cer"]);
  deepEqual(signer.crlUrls, ["ldap://pki.test/x", "http://pki.test/int.crl"]);
  equal(algorithmOfKey(signer.publicKey), "RS256");
});

Deno.test("an authority's certificate says how many may follow", () => {
  const int = certificate("int");
  ok(int.isAuthority);
  equal(int.pathLength, 0);
  ok(int.keyUse?.has("keyCertSign"));
  equal(isSelfIssued(int), false);
  const root = certificate("root");
  equal(root.pathLength, null);
  ok(isSelfIssued(root));
});

Deno.test("special certificates are known by their extensions", () => {
  deepEqual(certificate("tsa").purposes, [OID.timeStamping]);
  ok(certificate("tsa").purposesCritical);
  ok(certificate("ocsp").ocspNoCheck);
  deepEqual(certificate("strange").unknownCritical, ["1.2.3.4"]);
  equal(certificate("strange").keyUse, null);
});

Deno.test("keys are told apart by their kind", () => {
  equal(algorithmOfKey(certificate("ec256").publicKey), "ES256");
  equal(algorithmOfKey(certificate("ec384").publicKey), "ES384");
});

Deno.test("a certificate is valid from its first second to the end of its last", () => {
  const signer = certificate("ec256");
  equal(isValidAt(signer, "2024-12-31T23:59:59.999Z"), false);
  equal(isValidAt(signer, "2025-01-01T00:00:00.000Z"), true);
  equal(isValidAt(signer, "2049-12-31T23:59:59.999Z"), true);
  equal(isValidAt(signer, "2050-01-01T00:00:00.000Z"), false);
});

Deno.test("PEM gives back what it was made of, and damage is told", () => {
  const { der } = certificate("root");
  const pem = toPem("CERTIFICATE", der);
  deepEqual(fromPem("CERTIFICATE", `text\n${pem}\n${pem}`), [der, der]);
  deepEqual(fromPem("PRIVATE KEY", pem), []);
  throws(() => fromPem("CERTIFICATE", pem.replace("MII", "M*I").replace("MIIB", "M*IB")), UnreadableError);
});

Deno.test("damaged certificates are unreadable, never a crash", () => {
  for (const name of ["rsa3072", "int", "tsa"]) assertSafe(certificate(name).der, readCertificate);
});
