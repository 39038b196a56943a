import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { algorithmIdentifier, isSignedBy } from "../../lib/pades/cms_algorithm.ts";
import { checkSigner, namesCertificate } from "../../lib/pades/cms_check.ts";
import { certificateOf, readSignedData, type SignedData } from "../../lib/pades/cms_reader.ts";
import { type Bytes, type DerNode, readDer, TAG } from "../../lib/pades/der.ts";
import { context, element, octets, sequence } from "../../lib/pades/der_write.ts";
import { type HashName, OID } from "../../lib/pades/oids.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const digestOf = (content: Bytes) => (hash: HashName): Bytes =>
  Uint8Array.from(createHash(hash).update(content).digest());
const content = vector("content.bin");

function faults(signed: SignedData, more: Partial<Parameters<typeof checkSigner>[1]> = {}) {
  const [signer] = signed.signers;
  const found = certificateOf(signer!, signed.certificates);
  return checkSigner(signer!, {
    contentType: OID.data,
    digestOf: digestOf(content),
    certificate: found,
    ...more,
  });
}

Deno.test("signatures that OpenSSL made are read and hold", () => {
  for (const name of ["rsa3072", "ec256", "pss", "keyid"]) {
    const signed = readSignedData(vector(`${name}.cms`));
    equal(signed.contentType, OID.data);
    equal(signed.content, null);
    equal(signed.signers.length, 1);
    deepEqual(faults(signed), [], name);
  }
});

Deno.test("the certificate is found by its number or by its key", () => {
  const byNumber = readSignedData(vector("ec256.cms"));
  equal(certificateOf(byNumber.signers[0]!, byNumber.certificates)?.subject.commonName, "EC Signer");
  equal(byNumber.certificates.length, 2);
  const byKey = readSignedData(vector("keyid.cms")).signers[0]!;
  deepEqual(byKey.certificateId, { subjectKeyId: certificate("ec256").subjectKeyId });
  equal(certificateOf(byKey, [certificate("ec384"), certificate("ec256")])?.subject.commonName, "EC Signer");
  equal(certificateOf(byKey, [certificate("ec384")]), null);
});

Deno.test("padding behind a signature is left alone", () => {
  const bytes = vector("ec256.cms");
  const padded = new Uint8Array(bytes.length + 100);
  padded.set(bytes);
  deepEqual(readSignedData(padded).der, bytes);
  deepEqual(faults(readSignedData(padded)), []);
});

Deno.test("each thing that is wrong is told", () => {
  const signed = readSignedData(vector("ec256.cms"));
  deepEqual(faults(signed, { digestOf: digestOf(Uint8Array.of(1)) }), ["wrong_digest"]);
  deepEqual(faults(signed, { contentType: OID.timestampInfo }), ["wrong_content_type"]);
  deepEqual(faults(signed, { certificate: null }), ["no_certificate"]);
  deepEqual(faults(signed, { certificate: certificate("ec384") }), ["wrong_certificate", "wrong_signature"]);
  const [signer] = signed.signers;
  const expected = {
    contentType: OID.data,
    digestOf: digestOf(content),
    certificate: certificate("ec256"),
  };
  deepEqual(checkSigner({ ...signer!, signedBytes: null }, expected), ["no_signed_attributes"]);
  deepEqual(checkSigner({ ...signer!, hash: "sha1" }, expected), ["unknown_algorithm"]);
  const signature = signer!.signature.slice();
  signature[signature.length - 1]! ^= 1;
  deepEqual(checkSigner({ ...signer!, signature }, expected), ["wrong_signature"]);
});

Deno.test("a signature names its certificate by hash, or does not", () => {
  const named = readSignedData(vector("rsa3072.cms")).signers[0]!;
  equal(namesCertificate(named, certificate("rsa3072")), true);
  equal(namesCertificate(named, certificate("ec256")), false);
  equal(namesCertificate(readSignedData(vector("keyid.cms")).signers[0]!, certificate("ec256")), null);
});

Deno.test("a signature that names its certificate by issuer and number too must name both rightly", () => {
  const { issuer, serial, der } = certificate("rsa3072");
  const named = (name: Bytes, number: string, alsoV1 = false) => {
    const issuerSerial = sequence(
      sequence(context(4, name)),
      element(TAG.integer, Uint8Array.fromHex(number)),
    );
    const hashed = (hash: string) => octets(createHash(hash).update(der).digest());
    const value = (hash: string) => readDer(sequence(sequence(sequence(hashed(hash), issuerSerial))));
    const signer = readSignedData(vector("rsa3072.cms")).signers[0]!;
    const attributes = new Map<string, DerNode[]>([[OID.signingCertificateV2, [value("sha256")]]]);
    if (alsoV1) attributes.set(OID.signingCertificate, [value("sha256")]);
    return namesCertificate({ ...signer, signedAttributes: attributes }, certificate("rsa3072"));
  };
  equal(named(issuer.der, serial), true);
  equal(named(certificate("root2").subject.der, serial), false);
  equal(named(issuer.der, "01"), false);
  equal(named(issuer.der, serial, true), false); // The older attribute has SHA-1 and must hold as well.
});

Deno.test("what is no signed data is unreadable", () => {
  throws(() => readSignedData(vector("content.tsq")), UnreadableError);
  throws(() => readSignedData(new Uint8Array()), UnreadableError);
  throws(() => readSignedData(certificate("root").der), UnreadableError);
});

Deno.test("an algorithm that does not go with the key signs nothing", () => {
  const [signer] = readSignedData(vector("ec256.cms")).signers;
  const { publicKey } = certificate("ec256");
  const { algorithm, signedBytes, signature } = signer!;
  ok(isSignedBy(publicKey, algorithm, signedBytes!, signature));
  equal(isSignedBy(publicKey, algorithmIdentifier("RS256"), signedBytes!, signature), false);
  equal(isSignedBy(publicKey, algorithmIdentifier("PS256"), signedBytes!, signature), false);
  equal(isSignedBy(certificate("rsa3072").publicKey, algorithm, signedBytes!, signature), false);
  equal(isSignedBy(Uint8Array.of(5, 0), algorithm, signedBytes!, signature), false);
});

Deno.test("damaged signatures are unreadable or do not hold, never a crash", () => {
  for (const name of ["rsa3072", "pss", "keyid"]) {
    assertSafe(vector(`${name}.cms`), (bytes) => {
      const signed = readSignedData(bytes);
      if (signed.signers.length > 0) faults(signed);
    });
  }
});
