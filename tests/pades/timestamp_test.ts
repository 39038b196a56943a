import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import { type HashName } from "../../lib/pades/oids.ts";
import { buildTimestampRequest, readTimestampRequest } from "../../lib/pades/timestamp_request.ts";
import {
  FAILURE,
  grantedResponse,
  readTimestampResponse,
  rejectedResponse,
} from "../../lib/pades/timestamp_response.ts";
import {
  checkTimestampToken,
  isTimestampAuthority,
  readTimestampToken,
  timeRange,
} from "../../lib/pades/timestamp_token.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const content = vector("content.bin");
const digestOf = (hash: HashName): Bytes => Uint8Array.from(createHash(hash).update(content).digest());
const token = () => readTimestampToken(readTimestampResponse(vector("content.tsr")).token!);

Deno.test("a request of OpenSSL's is read", () => {
  const request = readTimestampRequest(vector("content.tsq"));
  equal(request.hash, "sha256");
  deepEqual(request.digest, digestOf("sha256"));
  equal(request.policy, null);
  equal(request.wantsCertificate, true);
  ok(request.nonce);
});

Deno.test("a request reads as it was written", () => {
  const sha256 = digestOf("sha256");
  const request = readTimestampRequest(
    buildTimestampRequest({ digest: sha256, nonce: Uint8Array.of(0x90, 1), policy: "1.2.3" }),
  );
  deepEqual(request.digest, sha256);
  equal(request.nonce, "009001");
  equal(request.policy, "1.2.3");
});

Deno.test("a token of OpenSSL's is read and holds", () => {
  const { info, certificate: found } = token();
  equal(info.policy, "1.3.6.1.4.1.32473.2");
  equal(info.hash, "sha256");
  deepEqual(info.imprint, digestOf("sha256"));
  ok(info.at.startsWith("2026-11-24T20:"));
  equal(info.accuracyMs, 1500.1);
  equal(info.nonce, readTimestampRequest(vector("content.tsq")).nonce);
  equal(found?.subject.commonName, "Vector TSA");
  deepEqual(checkTimestampToken(token(), digestOf), []);
});

Deno.test("what its accuracy leaves open is a range", () => {
  const info = { ...token().info, at: "2026-12-01T00:00:10.000Z" };
  deepEqual(timeRange(info), { from: "2026-12-01T00:00:08.499Z", to: "2026-12-01T00:00:11.501Z" });
  const exact = { ...info, accuracyMs: null };
  deepEqual(timeRange(exact), { from: exact.at, to: exact.at });
});

Deno.test("each thing that is wrong with a token is told", () => {
  const good = token();
  const other = () => digestOf("sha512").subarray(0, 32);
  deepEqual(checkTimestampToken(good, other), ["wrong_imprint"]);
  deepEqual(checkTimestampToken(good, digestOf, null), ["no_certificate"]);
  deepEqual(checkTimestampToken({ ...good, info: { ...good.info, hash: "sha1" } }, digestOf), [
    "unknown_algorithm",
  ]);
  deepEqual(checkTimestampToken(good, digestOf, certificate("ec256")), [
    "wrong_certificate",
    "wrong_signature",
    "not_a_timestamp_authority",
  ]);
  const unnamed = { ...good.signer, signedAttributes: new Map(good.signer.signedAttributes) };
  unnamed.signedAttributes.delete("1.2.840.113549.1.9.16.2.12");
  deepEqual(checkTimestampToken({ ...good, signer: unnamed }, digestOf), ["no_certificate_named"]);
  const content = good.signed.content!.slice();
  content[content.length - 1]! ^= 1;
  deepEqual(checkTimestampToken({ ...good, signed: { ...good.signed, content } }, digestOf), [
    "wrong_digest",
  ]);
});

Deno.test("only a critical purpose of timestamping alone makes an authority", () => {
  const tsa = certificate("tsa");
  equal(isTimestampAuthority(tsa), true);
  equal(isTimestampAuthority({ ...tsa, purposesCritical: false }), false);
  equal(isTimestampAuthority({ ...tsa, purposes: [...tsa.purposes!, "1.2.3"] }), false);
  equal(isTimestampAuthority({ ...tsa, keyUse: new Set(["keyCertSign"] as const) }), false);
  equal(isTimestampAuthority(certificate("ec256")), false);
});

Deno.test("a refusal has a status and a failure bit", () => {
  for (const failure of Object.values(FAILURE)) {
    deepEqual(readTimestampResponse(rejectedResponse(failure)), { status: 2, failure, token: null });
  }
  const granted = readTimestampResponse(grantedResponse(token().der));
  deepEqual(granted, { status: 0, failure: null, token: token().der });
  deepEqual(readTimestampResponse(Uint8Array.fromHex("30053003020103")), {
    status: 3,
    failure: null,
    token: null,
  });
});

Deno.test("what is no token is unreadable", () => {
  throws(() => readTimestampToken(vector("ec256.cms")), UnreadableError);
  throws(() => readTimestampToken(vector("content.tsr")), UnreadableError);
});

Deno.test("damaged timestamps are unreadable or do not hold, never a crash", () => {
  assertSafe(vector("content.tsq"), readTimestampRequest);
  assertSafe(vector("content.tsr"), (bytes) => {
    const { token } = readTimestampResponse(bytes);
    if (token) checkTimestampToken(readTimestampToken(token), digestOf);
  });
});
