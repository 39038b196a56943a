/**
 * How long revocation data counts and is kept, and what a responder is worth that needs vouching for.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { httpRevocation } from "../../lib/adapters/http_revocation.ts";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import type { Bytes } from "../../lib/pades/der.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { devTrust } from "../support/dev_trust.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import {
  certificateBy,
  crlAt,
  crlBy,
  issuingPoint,
  ocspAt,
  ocspBy,
  RESPONDER,
} from "../support/revocation_maker.ts";

const NOW = "2026-12-01T00:00:00.000Z";
const [OCSP, CRL] = ["http://pki.test/ocsp", "http://pki.test/crl"];
const HOUR = 3_600_000;

/** A certificate with its key, which names these places. */
async function issued(root: Signer, ...extensions: readonly Bytes[]): Promise<Signer> {
  const { pkcs8, publicKey } = await newKeyPair("ES256");
  const certificate = await certificateBy(root, publicKey, ...extensions);
  return { certificate, chain: [root.certificate], ...(await subtleKey(pkcs8, "ES256")) };
}

/** Asks places that answer with what the map holds at the time. */
function sourceOver(places: Map<string, Bytes>, clock: FakeClock) {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    const body = places.get(url);
    return Promise.resolve(body ? new Response(body) : new Response(null, { status: 503 }));
  };
  return { asked, source: httpRevocation({ issuers: [], clock, fetch }) };
}

Deno.test("data that does not say until when it holds counts for a day", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, ocspAt(OCSP), crlAt(CRL));
  const chain = [certificate, root.certificate];
  const places = new Map([[
    OCSP,
    await ocspBy(root, { thisUpdate: NOW, of: certificate, issuer: root.certificate }),
  ]]);
  for (const [after, taken] of [[0, true], [23 * HOUR, true], [25 * HOUR, false]] as const) {
    const clock = fakeClock(NOW);
    clock.advance(after);
    const { source } = sourceOver(places, clock);
    if (taken) equal((await source.revocationFor(chain)).ocsps.length, 1);
    else await rejects(source.revocationFor(chain), { code: "unavailable", retryable: true });
  }
  places.set(CRL, await crlBy(root, { thisUpdate: NOW }));
  places.delete(OCSP);
  const late = fakeClock(NOW);
  late.advance(25 * HOUR);
  await rejects(sourceOver(places, late).source.revocationFor(chain), { code: "unavailable" });
});

Deno.test("a list is kept for an hour, however long it holds", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, crlAt(CRL));
  const clock = fakeClock(NOW);
  const places = new Map([[
    CRL,
    await crlBy(root, { thisUpdate: NOW, nextUpdate: "2027-12-01T00:00:00.000Z" }),
  ]]);
  const { source, asked } = sourceOver(places, clock);
  const ask = () => source.revocationFor([certificate, root.certificate]);
  await ask();
  clock.advance(HOUR - 1);
  await ask();
  equal(asked.length, 1);
  clock.advance(1);
  places.set(CRL, await crlBy(root, { thisUpdate: NOW }, { revoked: ["1267"] })); // 4711
  await rejects(ask(), { code: "refused", retryable: false });
});

Deno.test("a long list stays out of files that have a response, but counts where there is none", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, ocspAt(OCSP), crlAt(CRL));
  const chain = [certificate, root.certificate];
  const many = Array.from({ length: 8_000 }, (_, index) => `01${index.toString(16).padStart(30, "0")}`);
  const list = await crlBy(root, { thisUpdate: NOW }, { revoked: many });
  equal(list.length > 256 * 1024, true);
  const ocsp = await ocspBy(root, { thisUpdate: NOW, of: certificate, issuer: root.certificate });
  const both = sourceOver(new Map([[OCSP, ocsp], [CRL, list]]), fakeClock(NOW)).source;
  deepEqual(await both.revocationFor(chain), { ocsps: [ocsp], crls: [] });
  const alone = sourceOver(new Map([[CRL, list]]), fakeClock(NOW)).source;
  deepEqual(await alone.revocationFor(chain), { ocsps: [], crls: [list] });
});

Deno.test("what one kind of place says of a revocation counts, whatever the other says", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, ocspAt(OCSP), crlAt(CRL));
  const chain = [certificate, root.certificate];
  const ocsp = await ocspBy(root, { thisUpdate: NOW, of: certificate, issuer: root.certificate });
  const list = await crlBy(root, { thisUpdate: NOW }, { revoked: ["1267"] });
  const { source } = sourceOver(new Map([[OCSP, ocsp], [CRL, list]]), fakeClock(NOW));
  await rejects(source.revocationFor(chain), { code: "refused", retryable: false });
});

Deno.test("a list of a part of the certificates is refused and says why", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, crlAt(CRL));
  const places = new Map([[
    CRL,
    await crlBy(root, { thisUpdate: NOW }, { extensions: [issuingPoint(null, 4)] }),
  ]]);
  const { source } = sourceOver(places, fakeClock(NOW));
  const error = await source.revocationFor([certificate, root.certificate]).catch((cause) => cause);
  deepEqual([error.code, error.retryable], ["unavailable", true]);
  equal(/indirect/.test(Deno.inspect(error)), true);
});

Deno.test("a responder that needs vouching for is looked up in a list, and is of no use when it is on it", async () => {
  const { root } = await devTrust();
  const { certificate } = await issued(root, ocspAt(OCSP));
  const responder = await issued(root, RESPONDER, crlAt(CRL));
  const chain = [certificate, root.certificate];
  const about = { thisUpdate: NOW, of: certificate, issuer: root.certificate };
  const ocsp = await ocspBy(responder, { ...about, certificates: [responder.certificate] });
  const places = new Map([[OCSP, ocsp], [CRL, await crlBy(root, { thisUpdate: NOW })]]);
  const { source } = sourceOver(places, fakeClock(NOW));
  deepEqual(await source.revocationFor(chain), { ocsps: [ocsp], crls: [places.get(CRL)!] });
  places.set(CRL, await crlBy(root, { thisUpdate: NOW }, { revoked: ["1267"] }));
  const fault = { code: "unavailable", retryable: true };
  await rejects(sourceOver(places, fakeClock(NOW)).source.revocationFor(chain), fault);
});
