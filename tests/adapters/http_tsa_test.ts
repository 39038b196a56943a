import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { devTsaHandler } from "../../lib/adapters/dev_tsa.ts";
import { type HttpTsa, httpTsa, type HttpTsaOptions } from "../../lib/adapters/http_tsa.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { tsaTrust } from "../../lib/adapters/tsa_trust.ts";
import { buildTimestampRequest } from "../../lib/pades/timestamp_request.ts";
import { readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { PortError } from "../../lib/ports.ts";
import { timestampConformance } from "../conformance/timestamp_authority.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import { certificate, vector } from "../support/pki_vectors.ts";

const digest = new Uint8Array(32).fill(7);
type Handler = (request: Request) => Promise<Response>;

/** An HTTP server with a good authority, a foreign one, and every fault that was thought of. */
async function faultyTsa(clock: FakeClock, release: Promise<void>): Promise<Handler> {
  const authority = await p12Signer(vector("tsa.p12"), "test");
  const good = devTsaHandler({ authority, clock, chance: systemChance });
  const foreign = devTsaHandler({
    authority: await p12Signer(vector("tsa2.p12"), "test"),
    clock,
    chance: systemChance,
  });
  const noAuthority = devTsaHandler({
    authority: await p12Signer(vector("ec256.p12"), "test"),
    clock,
    chance: systemChance,
  });
  const slow = devTsaHandler({
    authority,
    clock: { now: () => "2026-11-20T00:00:00.000Z" },
    chance: systemChance,
  });
  const bytes = async (response: Response) => new Uint8Array(await response.arrayBuffer());
  const question = (order: Partial<Parameters<typeof buildTimestampRequest>[0]>) =>
    new Request("http://tsa.test/", {
      method: "POST",
      headers: { "content-type": "application/timestamp-query" },
      body: buildTimestampRequest({ digest, nonce: Uint8Array.of(1), policy: null, ...order }),
    });
  const faults: Record<string, Handler> = {
    good,
    foreign,
    "no-authority": noAuthority,
    "clock-behind": slow,
    "wrong-type": async (request) =>
      new Response(await bytes(await good(request)), { headers: { "content-type": "text/html" } }),
    replay: () => good(question({})),
    "other-digest": () => good(question({ digest: new Uint8Array(32) })),
    rejected: () => Promise.resolve(new Response(Uint8Array.fromHex("30053003020102"))),
    "no-token": () => Promise.resolve(new Response(Uint8Array.fromHex("30053003020100"))),
    garbage: () => Promise.resolve(new Response("<html>this is no token</html>")),
    empty: () => Promise.resolve(new Response("")),
    huge: () => Promise.resolve(new Response(new Uint8Array(300 * 1024))),
    truncated: async (request) => new Response((await bytes(await good(request))).slice(0, -50)),
    flipped: async (request) => {
      const answer = await bytes(await good(request));
      answer[answer.length - 1]! ^= 1;
      return new Response(answer);
    },
    error: () => Promise.resolve(new Response("boom", { status: 500 })),
    elsewhere: () => Promise.resolve(new Response(null, { status: 307, headers: { location: "/good" } })),
    hang: async () => {
      await release;
      return new Response("");
    },
    password: (request) =>
      request.headers.get("authorization") === `Basic ${new TextEncoder().encode("tsa:秘密").toBase64()}`
        ? good(request)
        : Promise.resolve(new Response(null, { status: 401 })),
  };
  return async (request) => {
    const answer = await faults[new URL(request.url).pathname.slice(1)]!(request);
    if (request.body && !request.bodyUsed) await request.body.cancel();
    return answer;
  };
}

type Use = (
  tsa: (paths: readonly string[], more?: Partial<HttpTsaOptions>) => HttpTsa,
  tools: { readonly clock: FakeClock; readonly asked: string[]; readonly origin: string },
) => Promise<void>;

/** Runs a test against the server, with clients that trust the vectors' root. */
async function withServer(use: Use): Promise<void> {
  const clock = fakeClock("2026-12-01T00:00:00.500Z");
  const { promise, resolve } = Promise.withResolvers<void>();
  const handler = await faultyTsa(clock, promise);
  const asked: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    asked.push(new URL(request.url).pathname.slice(1));
    return handler(request);
  });
  const origin = `127.0.0.1:${server.addr.port}`;
  const trust = tsaTrust([certificate("root").der], () => {});
  const tsa = (paths: readonly string[], more: Partial<HttpTsaOptions> = {}) =>
    httpTsa({
      urls: paths.map((path) => path.includes("@") ? `http://${path}` : `http://${origin}/${path}`),
      policy: null,
      trust,
      clock,
      chance: systemChance,
      fetch,
      ...more,
    });
  try {
    await use(tsa, { clock, asked, origin });
  } finally {
    resolve();
    await server.shutdown();
  }
}

timestampConformance("HTTP TSA", (test) => withServer((tsa) => test(tsa(["good"]))));

Deno.test("a token of a good authority is taken, whatever its answer's type is named", () =>
  withServer(async (tsa) => {
    for (const path of ["good", "wrong-type"]) {
      const { info } = readTimestampToken(await tsa([path]).timestamp(digest));
      deepEqual(info.imprint, digest);
      equal(info.at, "2026-12-01T00:00:00.000Z");
    }
  }));

Deno.test("every other answer is a fault that may pass, never a token", () =>
  withServer(async (tsa) => {
    const wrong = [
      "foreign",
      "no-authority",
      "clock-behind",
      "replay",
      "other-digest",
      "rejected",
      "no-token",
    ];
    const broken = ["garbage", "empty", "truncated", "flipped"];
    for (const path of [...wrong, ...broken]) {
      await rejects(
        tsa([path]).timestamp(digest),
        { name: "PortError", code: "refused", retryable: true },
        path,
      );
    }
    for (const path of ["error", "elsewhere", "huge"]) {
      await rejects(tsa([path]).timestamp(digest), { code: "unavailable", retryable: true }, path);
    }
  }));

Deno.test("an authority that does not answer in time is late", () =>
  withServer(async (tsa) => {
    await rejects(tsa(["hang"], { timeoutMs: 50 }).timestamp(digest), { code: "timeout", retryable: true });
  }));

Deno.test("nobody at the address is a fault that may pass", async () => {
  const clock = fakeClock();
  const refusing = () => Promise.reject(new TypeError("fetch failed"));
  const trust = tsaTrust([], () => {});
  const tsa = httpTsa({
    urls: ["http://tsa.test/"],
    policy: null,
    trust,
    clock,
    chance: systemChance,
    fetch: refusing,
  });
  await rejects(tsa.timestamp(digest), { code: "unavailable", retryable: true });
});

Deno.test("a caller that gives up is not kept waiting", () =>
  withServer(async (tsa, { asked }) => {
    const controller = new AbortController();
    const waiting = tsa(["hang", "good"]).timestamp(digest, controller.signal);
    controller.abort();
    await rejects(waiting, { name: "AbortError" });
    ok(!asked.includes("good"));
  }));

Deno.test("addresses are tried in order, and one that failed is left alone for a while", () =>
  withServer(async (tsa, { asked, clock }) => {
    const both = tsa(["error", "good"]);
    await both.timestamp(digest);
    await both.timestamp(digest);
    deepEqual(asked, ["error", "good", "good"]);
    clock.advance(60_000);
    await both.timestamp(digest);
    deepEqual(asked.slice(3), ["error", "good"]);
  }));

Deno.test("when all fail, the causes are kept and no address is told", () =>
  withServer(async (tsa, { origin }) => {
    const error = await tsa(["error", "garbage"]).timestamp(digest).catch((cause) => cause);
    ok(error instanceof PortError && error.cause instanceof AggregateError);
    equal(error.cause.errors.length, 2);
    ok(!Deno.inspect(error).includes(origin));
  }));

Deno.test("a name and password in the address go along, and are shown nowhere", () =>
  withServer(async (tsa, { origin }) => {
    const password = encodeURIComponent("秘密");
    ok(await tsa([`tsa:${password}@${origin}/password`]).timestamp(digest));
    const error = await tsa([`tsa:wrong-word@${origin}/password`]).timestamp(digest).catch((cause) => cause);
    equal(error.code, "unavailable");
    ok(!Deno.inspect(error).includes("wrong-word"));
  }));

Deno.test("a policy that is required is asked for and checked", () =>
  withServer(async (tsa) => {
    ok(await tsa(["good"], { policy: "1.3.6.1.4.1.32473.1.1" }).timestamp(digest));
    await rejects(tsa(["good"], { policy: "1.2.3" }).timestamp(digest), { code: "refused" });
    const lenient = tsa(["replay"], { policy: "1.2.3" });
    await rejects(lenient.timestamp(digest), { code: "refused" });
  }));

Deno.test("without roots, an address is held to the authority that answered there first", () =>
  withServer(async (tsa, { origin }) => {
    const met: string[] = [];
    const trust = tsaTrust([], (root) => met.push(root.toHex()));
    await tsa(["good"], { trust }).timestamp(digest);
    deepEqual(met, [certificate("int").der.toHex()]); // The root itself does not go along with tokens.
    await tsa(["good"], { trust }).timestamp(digest);
    equal(met.length, 1);
    const token = readTimestampToken(await tsa(["foreign"], { trust }).timestamp(digest));
    equal(met.length, 2); // Another address, another authority.
    equal(trust.accepts(`http://${origin}/good`, token), false);
  }));

Deno.test("it tells how far the authority's clock is from ours", () =>
  withServer(async (tsa) => {
    const client = tsa(["good"]);
    equal(client.skewMs(), null);
    await client.timestamp(digest);
    equal(client.skewMs(), -500);
  }));
