import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { httpRevocation } from "../../lib/adapters/http_revocation.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import type { RevocationSource } from "../../lib/signing_ports.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import { certificate, GOOD_TIME, vector } from "../support/pki_vectors.ts";

const root = certificate("root").der;
const int = certificate("int").der;
const chainOf = (name: string) => [certificate(name).der, int, root];

/** The places that the vectors name, as they are when all is well. */
const PLACES: Readonly<Record<string, Bytes>> = {
  "http://pki.test/ocsp": vector("ec256.ocsp"),
  "http://pki.test/int.crl": vector("int.crl"),
  "http://pki.test/root.crl": vector("root.crl"),
  "http://pki.test/int.cer": int,
};

/** A source over places that the test makes; what is absent answers 404. */
function sourceOver(
  changes: Readonly<Record<string, Bytes | undefined>> = {},
  options: { clock?: FakeClock; issuers?: readonly Bytes[] } = {},
): { source: RevocationSource; asked: string[] } {
  const asked: string[] = [];
  const places: Readonly<Record<string, Bytes | undefined>> = { ...PLACES, ...changes };
  const fetch = (url: string) => {
    asked.push(url.slice("http://pki.test/".length));
    const body = places[url];
    return Promise.resolve(body ? new Response(body) : new Response(null, { status: 404 }));
  };
  const { clock = fakeClock(GOOD_TIME), issuers = [] } = options;
  return { source: httpRevocation({ issuers, clock, fetch }), asked };
}

Deno.test("a response and a list are had for each certificate that names both; the root is not asked about", async () => {
  const { source, asked } = sourceOver();
  const data = await source.revocationFor(chainOf("ec256"));
  deepEqual(data, { ocsps: [vector("ec256.ocsp")], crls: [vector("int.crl"), vector("root.crl")] });
  deepEqual(asked, ["ocsp", "int.crl", "root.crl"]);
});

Deno.test("where OCSP fails in any way, the list does", async () => {
  for (
    const ocsp of [undefined, Uint8Array.of(1, 2), vector("revoked.ocsp"), Uint8Array.fromHex("30030a0106")]
  ) {
    const { source, asked } = sourceOver({ "http://pki.test/ocsp": ocsp });
    const data = await source.revocationFor(chainOf("ec256"));
    deepEqual(data, { ocsps: [], crls: [vector("int.crl"), vector("root.crl")] });
    deepEqual(asked, ["ocsp", "int.crl", "root.crl"]);
  }
});

Deno.test("where the list fails in any way, OCSP does", async () => {
  for (const crl of [undefined, Uint8Array.of(1, 2), vector("root.crl")]) {
    const { source } = sourceOver({ "http://pki.test/int.crl": crl });
    const data = await source.revocationFor(chainOf("ec256"));
    deepEqual(data, { ocsps: [vector("ec256.ocsp")], crls: [vector("root.crl")] });
  }
});

Deno.test("a kind of place that failed is left alone for a minute, if the other one answered", async () => {
  const clock = fakeClock(GOOD_TIME);
  const { source, asked } = sourceOver({ "http://pki.test/ocsp": undefined }, { clock });
  await source.revocationFor(chainOf("ec256"));
  const data = await source.revocationFor(chainOf("ec256"));
  deepEqual(data, { ocsps: [], crls: [vector("int.crl"), vector("root.crl")] });
  deepEqual(asked, ["ocsp", "int.crl", "root.crl"]);
  clock.advance(60_000);
  await source.revocationFor(chainOf("ec256"));
  deepEqual(asked.slice(3), ["ocsp"]);
});

Deno.test("when both kinds failed, both are asked at once again", async () => {
  const { source, asked } = sourceOver({
    "http://pki.test/ocsp": undefined,
    "http://pki.test/int.crl": undefined,
  });
  for (let tries = 0; tries < 2; tries++) {
    await rejects(source.revocationFor(chainOf("ec256")), { code: "unavailable" });
  }
  deepEqual(asked, ["ocsp", "int.crl", "ocsp", "int.crl"]);
});

Deno.test("a revoked certificate is told, and asking again changes nothing", async () => {
  const fault = { name: "PortError", code: "refused", retryable: false };
  for (const [ocsp, crl] of [[true, true], [true, false], [false, true]] as const) {
    const { source } = sourceOver({
      "http://pki.test/ocsp": ocsp ? vector("revoked.ocsp") : undefined,
      ...!crl && { "http://pki.test/int.crl": undefined },
    });
    await rejects(source.revocationFor(chainOf("revoked")), fault);
  }
});

Deno.test("when no place gives an answer for the certificate, it may later", async () => {
  const fault = { name: "PortError", code: "unavailable", retryable: true };
  for (const crl of [undefined, vector("root.crl"), new Uint8Array()]) {
    const { source } = sourceOver({ "http://pki.test/ocsp": undefined, "http://pki.test/int.crl": crl });
    await rejects(source.revocationFor(chainOf("ec256")), fault);
  }
});

Deno.test("an answer out of date is none", async () => {
  for (const at of ["2027-02-02T00:00:00.000Z", "2026-10-01T00:00:00.000Z"]) {
    const { source } = sourceOver({ "http://pki.test/ocsp": undefined }, { clock: fakeClock(at) });
    await rejects(source.revocationFor(chainOf("ec256")), { code: "unavailable" }, at);
  }
});

Deno.test("a list is asked for again after its next update, an OCSP response after a minute", async () => {
  const clock = fakeClock(GOOD_TIME);
  const { source, asked } = sourceOver({}, { clock });
  await source.revocationFor(chainOf("ec256"));
  await source.revocationFor(chainOf("ec256"));
  equal(asked.length, 3);
  clock.advance(60_000);
  await source.revocationFor(chainOf("ec256"));
  deepEqual(asked.slice(3), ["ocsp"]);
});

Deno.test("an issuer that is not in the chain is known besides, or is where the certificate says", async () => {
  const leaf = certificate("ec256").der;
  const known = sourceOver({}, { issuers: [root, int] });
  equal((await known.source.revocationFor([leaf])).ocsps.length, 1);
  deepEqual(known.asked, ["ocsp", "int.crl"]);
  const fetched = sourceOver();
  equal((await fetched.source.revocationFor([leaf])).ocsps.length, 1);
  deepEqual(fetched.asked, ["int.cer", "ocsp", "int.crl"]);
  const several = sourceOver({ "http://pki.test/int.cer": vector("chain.p7c") });
  equal((await several.source.revocationFor([leaf])).ocsps.length, 1);
  const nowhere = sourceOver({ "http://pki.test/int.cer": root });
  await rejects(nowhere.source.revocationFor([leaf]), { code: "unavailable" });
});

Deno.test("certificates that name no place are passed over", async () => {
  const { source, asked } = sourceOver();
  deepEqual(await source.revocationFor([certificate("strange").der]), { ocsps: [], crls: [] });
  deepEqual(await source.revocationFor([root]), { ocsps: [], crls: [] });
  deepEqual(asked, []);
});

Deno.test("a caller that gives up is not kept waiting", async () => {
  const { source } = sourceOver({ "http://pki.test/ocsp": undefined });
  const chain = chainOf("ec256");
  const clock = fakeClock(GOOD_TIME);
  const controller = new AbortController();
  const never = httpRevocation({
    issuers: [],
    clock,
    fetch: (_, { signal }) =>
      new Promise((_, reject) => signal!.addEventListener("abort", () => reject(signal!.reason))),
  });
  const waiting = never.revocationFor(chain, controller.signal);
  controller.abort();
  await rejects(waiting, { name: "AbortError" });
  await rejects(source.revocationFor(chain, AbortSignal.abort()), { name: "AbortError" });
});
