import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { DEV_TSA_POLICY, devTsaHandler } from "../../lib/adapters/dev_tsa.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import { integer, octets, oid, sequence } from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { buildTimestampRequest } from "../../lib/pades/timestamp_request.ts";
import { FAILURE, readTimestampResponse } from "../../lib/pades/timestamp_response.ts";
import { readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { isCrlOf, readCrl } from "../../lib/pades/revocation_crl.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { timestampConformance } from "../conformance/timestamp_authority.ts";
import { withDevSealing } from "../support/dev_sealing.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

timestampConformance(
  "development TSA",
  (test) => withDevSealing("ES256", ({ authority }) => test(authority)),
);

/** Asks the handler as a client would. */
async function ask(query: Bytes, type = "application/timestamp-query", method = "POST"): Promise<Response> {
  let response: Response | undefined;
  await withDevSealing("ES256", async ({ tsa, clock }) => {
    const handler = devTsaHandler({ authority: tsa, clock, chance: systemChance });
    const body = method === "POST" ? { body: query } : {};
    response = await handler(
      new Request("http://tsa.test/", { method, headers: { "content-type": type }, ...body }),
    );
  });
  return response!;
}

const answered = async (response: Response) =>
  readTimestampResponse(new Uint8Array(await response.arrayBuffer()));

Deno.test("over HTTP it answers OpenSSL's question with a token that repeats its nonce", async () => {
  const response = await ask(vector("content.tsq"));
  equal(response.headers.get("content-type"), "application/timestamp-reply");
  const { status, token } = await answered(response);
  equal(status, 0);
  const { info, certificate: found } = readTimestampToken(token!);
  ok(info.nonce);
  equal(info.at, "2026-11-24T01:00:00.000Z");
  equal(info.policy, DEV_TSA_POLICY);
  ok(found);
});

Deno.test("it refuses what it does not do, with the reason", async () => {
  const sha256 = new Uint8Array(32);
  const nonce = Uint8Array.of(1);
  const failure = async (query: Bytes) => (await answered(await ask(query))).failure;
  equal(
    await failure(buildTimestampRequest({ digest: sha256, nonce, policy: "1.2.3" })),
    FAILURE.unacceptedPolicy,
  );
  const short = sequence(integer(1), sequence(sequence(oid(OID.sha256)), octets(sha256.slice(1))));
  equal(await failure(short), FAILURE.badFormat);
  equal(await failure(Uint8Array.of(1, 2, 3)), FAILURE.badFormat);
  const sha1 = sequence(integer(1), sequence(sequence(oid(OID.sha1)), octets(new Uint8Array(20))));
  equal(await failure(sha1), FAILURE.badAlgorithm);
});

Deno.test("what is no question at all gets a status of HTTP", async () => {
  equal((await ask(Uint8Array.of(1), "text/plain")).status, 415);
  equal((await ask(Uint8Array.of(1), "text/plain", "GET")).status, 405);
  equal((await ask(new Uint8Array(5000))).status, 413);
});

Deno.test("the development authority's list is made at the clock's time, once a second", () =>
  withDevSealing("ES256", async ({ root, signer, tsa, clock, revocation }) => {
    const listFor = async (der: Bytes) => (await revocation.revocationFor([der, root.certificate])).crls[0]!;
    const list = await listFor(signer.certificate);
    deepEqual(await listFor(tsa.certificate), list);
    const crl = readCrl(list);
    ok(isCrlOf(crl, readCertificate(root.certificate)));
    equal(crl.thisUpdate, "2026-11-24T01:00:00.000Z");
    clock.set("2036-05-06T07:08:09.999Z");
    equal(readCrl(await listFor(tsa.certificate)).thisUpdate, "2036-05-06T07:08:09.000Z");
    deepEqual(await revocation.revocationFor([certificate("ec256").der]), { ocsps: [], crls: [] });
  }));
