/**
 * A remote signing service that does not keep to the rules gets nothing past the signer, and no secret out of it.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { readCredential, readJson, readSignature, readToken } from "../../lib/adapters/csc_answers.ts";
import { cscSigner, type CscSignerOptions } from "../../lib/adapters/csc_signer.ts";
import { openP12 } from "../../lib/adapters/p12_file.ts";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { PortError } from "../../lib/ports.ts";
import { answering, CSC_CLIENT, type CscTrick, type FakeCsc, fakeCsc } from "../support/fake_csc.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { certificate, GOOD_TIME, vector } from "../support/pki_vectors.ts";
import { signDigest } from "../support/sign_digest.ts";

const data = new TextEncoder().encode("to be signed");
const PIN = "4321";

async function withService(
  test: (
    csc: FakeCsc,
    open: (options?: Partial<CscSignerOptions>) => ReturnType<typeof cscSigner>,
  ) => Promise<void>,
): Promise<void> {
  const csc = fakeCsc();
  const { base } = csc;
  const tokenUrl = `${base}/oauth2/token`;
  const known = {
    base,
    tokenUrl,
    credential: "seal",
    client: CSC_CLIENT,
    pin: PIN,
    algorithm: null,
    issuers: [],
  };
  try {
    await test(csc, (options) => cscSigner({ ...known, clock: fakeClock(GOOD_TIME), fetch, ...options }));
  } finally {
    await csc.close();
  }
}

/** One answer in the place of all of a method. */
const instead = (method: string, response: () => Promise<Response>): CscTrick => (question) =>
  question.method === method ? response() : null;

/** What a failed signature says; it must hold no secret, nor what the service wrote of itself. */
async function faultOf(work: Promise<unknown>): Promise<{ code: string; retryable: boolean }> {
  const error = await work.then(() => null, (error: unknown) => error);
  ok(error instanceof PortError, String(error));
  const all = Deno.inspect(error, { depth: 10 });
  for (const secret of [CSC_CLIENT.secret, PIN, "token-1", "<script>"]) ok(!all.includes(secret), all);
  return { code: error.code, retryable: error.retryable };
}

const CORRUPT = { code: "corrupt", retryable: true };
const PASSES = { code: "unavailable", retryable: true };

const signature = (text: string, name = "ec256") =>
  signDigest(
    openP12(vector(`${name}.p12`), "test").pkcs8,
    createHash("sha256").update(text).digest(),
    "ecdsa-raw",
  )
    .toBase64();

Deno.test("a signature that is not of this key over this data is never handed on", () =>
  withService(async (csc, open) => {
    const signer = await open();
    const right = signature("to be signed");
    const answers = [
      { signatures: [signature("something else")] },
      { signatures: [signature("to be signed", "ec384")] },
      { signatures: [right, right] },
      { signatures: [] },
      { signatures: right },
      { signatures: [right.slice(0, -8)] },
      { signatures: ["<script>"] },
      { signatures: [""] },
      { signatures: [7] },
      { signatures: [new Uint8Array(4096).toBase64()] },
      { responseID: "158112" },
      [],
      null,
      "text",
    ];
    for (const answer of answers) {
      csc.trick = instead("signatures/signHash", () => answering(200, answer));
      deepEqual(await faultOf(signer.sign(data)), CORRUPT, JSON.stringify(answer));
    }
    csc.trick = instead("signatures/signHash", () => answering(200, { signatures: [right] }));
    ok(await signer.sign(data));
  }));

Deno.test("another certificate than the key's is found out by the first signature", () =>
  withService(async (csc, open) => {
    csc.trick = ({ method }, right) =>
      method !== "credentials/info" ? null : right().then(async (response) => {
        const other = certificate("ec384").der.toBase64();
        return Response.json({ ...await response.json(), cert: { certificates: [other] } });
      });
    deepEqual(await faultOf((await open()).sign(data)), CORRUPT);
  }));

Deno.test("garbage, faults, redirects and floods are errors that may pass", () =>
  withService(async (csc, open) => {
    const signer = await open();
    const answers: readonly (readonly [() => Response, unknown])[] = [
      [() => new Response("<script>"), CORRUPT],
      [() => new Response(Uint8Array.of(0xff, 0xfe)), CORRUPT],
      [() => new Response("x".repeat(1024 * 1024 + 1)), PASSES],
      [() => new Response("<script>", { status: 500 }), PASSES],
      [() => new Response(null, { status: 503 }), PASSES],
      [() => new Response(null, { status: 429 }), PASSES],
      [() => new Response(null, { status: 302, headers: { location: `${csc.base}/elsewhere` } }), PASSES],
      [() => Response.json({ handle: "878287" }, { status: 202 }), PASSES],
      [() => new Response(null, { status: 403 }), { code: "misconfigured", retryable: false }],
      [() => new Response("<script>", { status: 400 }), CORRUPT],
    ];
    for (const method of ["credentials/authorize", "signatures/signHash"]) {
      for (const [answer, fault] of answers) {
        csc.trick = instead(method, () => Promise.resolve(answer()));
        deepEqual(await faultOf(signer.sign(data)), fault, `${method}: ${await answer().text()}`);
      }
    }
    equal(csc.count("elsewhere"), 0);
    csc.trick = null;
    ok(await signer.sign(data));
  }));

Deno.test("a service that is slow, gone or called off is left waiting for nobody", () =>
  withService(async (csc, open) => {
    const signer = await open({ timeoutMs: 50 });
    const patient = await open();
    const { promise, resolve } = Promise.withResolvers<Response>();
    const reached = Promise.withResolvers<void>();
    csc.trick = instead("signatures/signHash", () => {
      reached.resolve();
      return promise;
    });
    deepEqual(await faultOf(signer.sign(data)), { code: "timeout", retryable: true });
    const end = new AbortController();
    const signing = rejects(patient.sign(data, end.signal), { name: "AbortError" });
    await reached.promise;
    end.abort();
    await signing;
    resolve(new Response());
    const gone = () => Promise.reject(new TypeError("refused"));
    deepEqual(await faultOf(open({ fetch: gone })), PASSES);
  }));

Deno.test("an authorization that ended on its way is asked for again, once", () =>
  withService(async (csc, open) => {
    const signer = await open();
    const expired = { error: "invalid_request", error_description: "SAD expired" };
    let times = 1;
    csc.trick = ({ method }) =>
      method === "signatures/signHash" && times-- > 0 ? answering(400, expired) : null;
    ok(await signer.sign(data));
    equal(csc.count("credentials/authorize"), 2);
    times = 9;
    deepEqual(await faultOf(signer.sign(data)), { code: "refused", retryable: true });
    equal(csc.count("credentials/authorize"), 4);
  }));

Deno.test("a refused PIN is tried once and never again, however many wait", () =>
  withService(async (csc, open) => {
    const signer = await open({ pin: "0000" });
    const faults = await Promise.all(Array.from({ length: 5 }, () => faultOf(signer.sign(data))));
    deepEqual(faults, Array(5).fill({ code: "misconfigured", retryable: false }));
    equal(csc.count("credentials/authorize"), 1);
    const locked = { error: "invalid_request", error_description: "Credential locked" };
    const other = await open();
    csc.trick = instead("credentials/authorize", () => answering(400, locked));
    deepEqual(await faultOf(other.sign(data)), { code: "misconfigured", retryable: false });
    csc.trick = instead("credentials/authorize", () => answering(400, { error: "<script>" }));
    deepEqual(await faultOf((await open()).sign(data)), { code: "refused", retryable: true });
  }));

/** What the service rightly says of its credential. */
async function infoOf(csc: FakeCsc, open: () => Promise<unknown>) {
  const { promise, resolve } = Promise.withResolvers<Response>();
  csc.trick = ({ method }, right) =>
    method === "credentials/info" ? right().then((response) => (resolve(response.clone()), response)) : null;
  await open();
  return await (await promise).json();
}

Deno.test("an unknown client or credential, or one that cannot sign, is told at the start", () =>
  withService(async (csc, open) => {
    const never = { code: "misconfigured", retryable: false };
    const refused = { code: "misconfigured", retryable: false };
    deepEqual(await faultOf(open({ client: { id: "warifu", secret: "wrong" } })), refused);
    deepEqual(await faultOf(open({ credential: "other" })), never);
    const info = await infoOf(csc, open);
    const wrong: readonly (readonly [object, unknown])[] = [
      [{ key: { ...info.key, status: "disabled" } }, never],
      [{ cert: { ...info.cert, status: "revoked" } }, never],
      [{ cert: { certificates: [] } }, never],
      [{ cert: { certificates: ["AAAA"] } }, CORRUPT],
      [{ cert: { certificates: Array(33).fill(info.cert.certificates[0]) } }, CORRUPT],
      [{ key: { status: "enabled", algo: "1.2.840.10045.4.3.2" } }, CORRUPT],
      [{ SCAL: "3" }, CORRUPT],
      [{ auth: undefined }, CORRUPT],
    ];
    for (const [part, fault] of wrong) {
      csc.trick = instead("credentials/info", () => answering(200, { ...info, ...part }));
      deepEqual(await faultOf(open()), fault, JSON.stringify(part).slice(0, 80));
    }
    for (
      const token of [{ access_token: "a\nb" }, { access_token: "a", expires_in: 0 }, { access_token: 1 }]
    ) {
      csc.trick = instead("oauth2/token", () => answering(200, token));
      deepEqual(await faultOf(open()), CORRUPT, JSON.stringify(token));
    }
    csc.trick = instead("oauth2/token", () => answering(200, { access_token: "a", token_type: "mac" }));
    deepEqual(await faultOf(open()), CORRUPT);
  }));

Deno.test("property: any JSON is read or told to be unreadable", () => {
  fc.assert(fc.property(fc.json(), (text) => {
    for (const read of [readCredential, readToken, (json: never) => readSignature(json, 512)]) {
      try {
        read(readJson(new TextEncoder().encode(text)) as never);
      } catch (error) {
        ok(error instanceof UnreadableError, String(error));
      }
    }
  }));
});
