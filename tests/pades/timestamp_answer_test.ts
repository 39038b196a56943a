/**
 * What a timestamp authority may answer: each field wrong by itself, signed rightly by a good authority.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import { createHash } from "node:crypto";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { buildSignedData } from "../../lib/pades/cms_builder.ts";
import { type Bytes, contextTag, TAG } from "../../lib/pades/der.ts";
import {
  boolean,
  context,
  element,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
  setOf,
  text,
} from "../../lib/pades/der_write.ts";
import { type HashName, OID } from "../../lib/pades/oids.ts";
import { takeTimestamp, type TimestampQuestion } from "../../lib/pades/timestamp_answer.ts";
import { messageImprint } from "../../lib/pades/timestamp_request.ts";
import { grantedResponse, readTimestampResponse } from "../../lib/pades/timestamp_response.ts";
import { checkTimestampToken, readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { PortError } from "../../lib/ports.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const NOW = Date.parse("2026-12-01T00:00:00.000Z");
const digest = new Uint8Array(32).fill(7);
const nonce = Uint8Array.of(0x40, 1, 2);
const question: TimestampQuestion = {
  digest,
  nonce,
  policy: "1.2.3",
  between: { from: NOW - 1000, to: NOW + 1000 },
};
const { subject } = certificate("tsa");

/** The fields of a TSTInfo in order; a test changes one of them. */
const RIGHT = {
  version: integer(1),
  policy: oid("1.2.3"),
  imprint: messageImprint(digest),
  serial: integer(9),
  at: generalizedTime("2026-12-01T00:00:00.000Z"),
  accuracy: sequence(integer(1)),
  ordering: boolean(true),
  nonce: integer(nonce),
  tsa: context(0, context(4, subject.der)),
  extensions: context(1, sequence(oid("1.2.9"), octets(Uint8Array.of(5, 0)))),
};
type Fields = { readonly [K in keyof typeof RIGHT]: Bytes };

async function answerOf(changes: Partial<Fields>, signer = "tsa"): Promise<Bytes> {
  const info = sequence(...Object.values({ ...RIGHT, ...changes }));
  const token = await buildSignedData({
    signer: await p12Signer(vector(`${signer}.p12`), "test"),
    contentType: OID.timestampInfo,
    digest: Uint8Array.from(createHash("sha256").update(info).digest()),
    content: info,
  });
  return grantedResponse(token);
}

const critical = context(1, sequence(oid("1.2.9"), boolean(true), octets(Uint8Array.of(5, 0))));
const none = new Uint8Array();
const other = sequence(setOf(sequence(oid(OID.commonName), text("Another TSA"))));

/** What is changed, to what, and what is said of it. */
const WRONG: readonly (readonly [string, Partial<Fields>, RegExp])[] = [
  ["another version", { version: integer(2) }, /cannot be read/],
  ["another policy", { policy: oid("1.2.4") }, /another policy/],
  ["a stronger hash function than asked", { imprint: messageImprint(new Uint8Array(64)) }, /hash function/],
  ["another digest", { imprint: messageImprint(new Uint8Array(32)) }, /another digest/],
  ["another nonce", { nonce: integer(1) }, /another nonce/],
  ["no nonce", { nonce: none }, /another nonce/],
  ["a time before the question", { at: generalizedTime("2026-11-30T23:59:58.000Z") }, /far from ours/],
  ["a time to come", { at: generalizedTime("2026-12-01T00:00:02.000Z") }, /far from ours/],
  ["a time in no zone", { at: text("20261201000000", TAG.generalizedTime) }, /cannot be read/],
  ["a time that is hardly known", { accuracy: sequence(integer(61)) }, /vague/],
  [
    "an accuracy of thousands of milliseconds",
    { accuracy: sequence(element(contextTag(0, false), Uint8Array.of(3, 0xe8))) },
    /cannot be read/,
  ],
  ["a field in accuracy that is none", { accuracy: sequence(integer(1), boolean(true)) }, /cannot be read/],
  ["an ordering that is no truth value", { ordering: Uint8Array.of(1, 1, 7) }, /cannot be read/],
  ["the name of another authority", { tsa: context(0, context(4, other)) }, /another authority/],
  ["an extension that must be understood", { extensions: critical }, /extensions/],
];

Deno.test("an answer that is right in every field is taken, with or without what may be left out", async () => {
  const { info } = takeTimestamp(await answerOf({}), question);
  equal(info.at, "2026-12-01T00:00:00.000Z");
  const bare = { accuracy: none, ordering: none, tsa: none, extensions: none };
  ok(takeTimestamp(await answerOf(bare), { ...question, policy: null }));
  // The same name in another string type, and a name that is no distinguished name.
  const written = [[OID.country, "jp"], [OID.organization, "TEST"], [
    OID.commonName,
    " vector  tsa",
  ]] as const;
  const again = sequence(...written.map(([id, value]) => setOf(sequence(oid(id), text(value)))));
  ok(takeTimestamp(await answerOf({ tsa: context(0, context(4, again)) }), question));
  const uri = context(0, element(contextTag(6, false), new TextEncoder().encode("https://tsa.test/")));
  ok(takeTimestamp(await answerOf({ tsa: uri }), question));
});

for (const [name, changes, said] of WRONG) {
  Deno.test(`an answer with ${name} is none`, async () => {
    const answer = await answerOf(changes);
    throws(() => takeTimestamp(answer, question), (error: unknown) => {
      ok(error instanceof PortError && error.code === "refused" && error.retryable);
      ok(said.test(error.message), error.message);
      return true;
    });
  });
}

Deno.test("an answer signed by who is no authority, or that says no, is none", async () => {
  const byOther = await answerOf({ tsa: none }, "ec256");
  throws(() => takeTimestamp(byOther, question), /not_a_timestamp_authority/);
  throws(() => takeTimestamp(Uint8Array.fromHex("30053003020102"), question), /status 2/);
  throws(() => takeTimestamp(Uint8Array.fromHex("30053003020100"), question), /there is none/);
  throws(() => takeTimestamp(none, question), { code: "refused", message: /cannot be read/ });
});

Deno.test("tokens of OpenSSL hold whatever SHA-2 they are made with", () => {
  const content = vector("content.bin");
  const digestOf = (hash: HashName): Bytes => Uint8Array.from(createHash(hash).update(content).digest());
  for (const hash of ["sha256", "sha384", "sha512"] as const) {
    const token = readTimestampToken(readTimestampResponse(vector(`${hash}.tsr`)).token!);
    deepEqual([token.info.hash, token.signer.hash], [hash, hash]);
    deepEqual(checkTimestampToken(token, digestOf), [], hash);
    const at = Date.parse(token.info.at);
    const asked = { digest: digestOf(hash), policy: null, between: { from: at, to: at } };
    const said = token.info.nonce === null ? nonce : Uint8Array.fromHex(token.info.nonce);
    if (token.info.nonce !== null) ok(takeTimestamp(vector(`${hash}.tsr`), { ...asked, nonce: said }), hash);
    else throws(() => takeTimestamp(vector(`${hash}.tsr`), { ...asked, nonce: said }), /another nonce/);
  }
});

Deno.test("a damaged answer is none, and never a crash", () => {
  assertSafe(vector("sha384.tsr"), (bytes) => {
    try {
      takeTimestamp(bytes, question);
    } catch (error) {
      if (!(error instanceof PortError && error.code === "refused")) throw error;
    }
  });
});

Deno.test("no digest but of SHA-2 is asked for", () => {
  for (const length of [0, 20, 33]) throws(() => messageImprint(new Uint8Array(length)), RangeError);
});
