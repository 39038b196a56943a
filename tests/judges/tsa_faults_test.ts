/**
 * The timestamp client against `validators/pki/tsa_server.py`: openssl's own answers, and every way in which that
 * server misbehaves.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { httpTsa, type HttpTsaOptions } from "../../lib/adapters/http_tsa.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { tsaTrust } from "../../lib/adapters/tsa_trust.ts";
import { readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { type TestPki, withTestPki } from "./test_pki.ts";

const digest = new Uint8Array(32).fill(7);

/** Paths that lead to no token, with the fault that each is. */
const FAULTS: readonly (readonly [string, string, RegExp])[] = [
  ["rogue-tsa", "refused", /not trusted/],
  ["tsa-int", "refused", /not trusted/], // A good authority, but not below the root that is given.
  ["old/1", "refused", /far from ours/],
  ["old/365", "refused", /far from ours/],
  ["auth", "unavailable", /status 401/],
  ["reject", "refused", /cannot be read|status 2/],
  ["http500", "unavailable", /status 500/],
  ["garbage", "refused", /cannot be read/],
  ["empty", "refused", /cannot be read/],
  ["replay", "refused", /another nonce/],
  ["nononce", "refused", /another nonce/],
  ["truncated", "refused", /cannot be read/],
  ["nowhere", "unavailable", /status 404/],
];

function client({ tsa, certificate }: TestPki, paths: readonly string[], more: Partial<HttpTsaOptions> = {}) {
  return httpTsa({
    urls: paths.map((path) => path.includes("@") ? path : `${tsa}${path}`),
    policy: null,
    trust: tsaTrust([certificate("tsaroot")], () => {}),
    clock: systemClock(),
    chance: systemChance,
    fetch,
    ...more,
  });
}

/** The fault beneath: the client's own words say only that nobody gave one. */
async function faultOf(
  tsa: ReturnType<typeof httpTsa>,
): Promise<{ code: string; retryable: boolean; why: string }> {
  const error = await tsa.timestamp(digest).then(() => null, (cause: unknown) => cause);
  ok(error instanceof Error);
  const { code, retryable, cause } = error as Error & { code: string; retryable: boolean };
  return { code, retryable, why: cause instanceof Error ? cause.message : "" };
}

Deno.test("an authority that misbehaves in any way gives an error and never a token", async (step) => {
  await withTestPki(async (pki) => {
    for (const [path, code, why] of FAULTS) {
      await step.step(path, async () => {
        const fault = await faultOf(client(pki, [path]));
        deepEqual([fault.code, fault.retryable], [code, true]);
        ok(why.test(fault.why), fault.why);
      });
    }
    for (const path of ["slow", "hang"]) {
      await step.step(path, async () => {
        equal((await faultOf(client(pki, [path], { timeoutMs: 500 }))).code, "timeout");
      });
    }
    await step.step("each is passed over for the next that is good", async () => {
      const tsa = client(pki, [...FAULTS.map(([path]) => path), "tsa"]);
      ok(readTimestampToken(await tsa.timestamp(digest)));
      equal(tsa.certificates().at(0)?.toHex(), pki.certificate("tsa").toHex());
    });
    await step.step("openssl's tokens are taken, over every kind of digest", async () => {
      for (const [length, hash] of [[32, "sha256"], [48, "sha384"], [64, "sha512"]] as const) {
        const tsa = client(pki, ["tsa"], { policy: "1.3.6.1.4.1.99999.2" });
        const { info } = readTimestampToken(await tsa.timestamp(new Uint8Array(length).fill(7)));
        deepEqual([info.hash, info.policy, info.accuracyMs], [hash, "1.3.6.1.4.1.99999.2", 1000]);
      }
      ok(await client(pki, ["wrongtype"]).timestamp(digest));
      const below = tsaTrust([pki.certificate("root")], () => {});
      ok(await client(pki, ["tsa-int"], { trust: below }).timestamp(digest));
    });
    await step.step("a policy that it does not have is refused", async () => {
      await rejects(client(pki, ["tsa"], { policy: "1.2.3" }).timestamp(digest), { code: "refused" });
    });
    await step.step("a name and password open the door, a wrong one is not told", async () => {
      const door = (pair: string) => `${pki.tsa.replace("//", `//${pair}@`)}auth`;
      ok(await client(pki, [door("tsa:secret")]).timestamp(digest));
      const error = await client(pki, [door("tsa:wrong-word")]).timestamp(digest).catch((cause) => cause);
      equal(error.code, "unavailable");
      ok(!Deno.inspect(error).includes("wrong-word"));
    });
    await step.step("one that is slow but sure is waited for", async () => {
      ok(await client(pki, ["slow"], { timeoutMs: 15_000 }).timestamp(digest));
    });
  });
});
