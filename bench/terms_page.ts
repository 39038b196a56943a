/**
 * The terms page beside a route that only looks up the same link and case in the same store and returns ready
 * HTML of the same size: over real sockets, from a process of its own, one after the other in every round.
 *
 * @module
 */
import { Hono } from "hono";
import { openKvStore } from "../lib/adapters/kv_store.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { readCase } from "../lib/flows/case_records.ts";
import { linkKey, type LinkRecord } from "../lib/link/link_token.ts";
import type { Store } from "../lib/ports.ts";
import { demoSettings } from "../lib/settings/demo_settings.ts";
import { minute } from "../tests/support/sample_case.ts";
import { testSite } from "../tests/support/test_site.ts";
import type { Load, LoadResult } from "./http_load.ts";
import { type Figure, median } from "./measure.ts";

const ROUNDS = 15;
const CONNECTIONS = 32;
const WARM_UP_MS = 200;
const COUNT_MS = 700;
const LEAST_RATIO = 0.75;

/** What Chrome sends with a page that is opened by a link. */
const BROWSER = {
  "user-agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
  "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "accept-language": "ja,en;q=0.9",
  "accept-encoding": "gzip, deflate, br, zstd",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "none",
  "upgrade-insecure-requests": "1",
};
const RETURNING = { ...BROWSER, cookie: "warifu=AbCdEfGhIjKlMnOpQrStUv" };

/** The route to compare with. */
function lookupRoute(store: Store, html: string): Hono {
  const app = new Hono();
  app.get("/lookup/:token", async (c) => {
    const link = (await store.get<LinkRecord>(linkKey(c.req.param("token"))))?.value;
    const state = link?.caseNumber ? await readCase(store, link.caseNumber) : null;
    return state ? c.html(html) : c.notFound();
  });
  return app;
}

/** Runs the load once, in a fresh process. */
async function load(port: number, path: string, headers: Load["headers"]): Promise<LoadResult> {
  const wanted: Load = {
    port,
    path,
    headers,
    connections: CONNECTIONS,
    warmUpMs: WARM_UP_MS,
    countMs: COUNT_MS,
  };
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("./http_load.ts", import.meta.url).href, JSON.stringify(wanted)],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure the terms page: the load failed");
  return JSON.parse(new TextDecoder().decode(stdout)) as LoadResult;
}

type Round = { readonly lookup: LoadResult; readonly returning: LoadResult; readonly first: LoadResult };

async function playRounds(port: number, token: string): Promise<Round[]> {
  const ways: Readonly<Record<keyof Round, () => Promise<LoadResult>>> = {
    lookup: () => load(port, `/lookup/${token}`, RETURNING),
    returning: () => load(port, `/c/${token}`, RETURNING),
    first: () => load(port, `/c/${token}`, BROWSER),
  };
  const rounds: Round[] = [];
  for (let number = 0; number <= ROUNDS; number++) {
    // Each round begins with another of the three, so that none always comes after the same.
    const order = Object.keys(ways) as (keyof Round)[];
    const turned = [...order.slice(number % 3), ...order.slice(0, number % 3)];
    const round: Partial<Record<keyof Round, LoadResult>> = {};
    for (const way of turned) round[way] = await ways[way]();
    rounds.push(round as Round);
  }
  return rounds.slice(1); // The first one warms the server up.
}

function figureOf(rounds: readonly Round[], way: "returning" | "first", words: string): Figure {
  const ratio = median(rounds.map((round) => round[way].perSecond / round.lookup.perSecond));
  const sides = ([way, "lookup"] as const).map((side) => {
    const perSecond = median(rounds.map((round) => round[side].perSecond)).toFixed(0);
    return `${perSecond}/s p99 ${median(rounds.map((round) => round[side].p99Ms)).toFixed(1)} ms`;
  });
  return {
    what: `terms page, ${words} ÷ bare look-up with ready HTML`,
    figure: `${(ratio * 100).toFixed(0)} % (${sides.join(" ÷ ")})`,
    limit: `≥ ${LEAST_RATIO * 100} %`,
    holds: ratio >= LEAST_RATIO,
  };
}

/** Who comes back with the cookie, and who comes first. */
export async function termsPage(): Promise<readonly Figure[]> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const store = await openKvStore(`${folder}/store.kv`);
  const clock = systemClock(Math.round((Date.parse(minute(120)) - Date.now()) / 1000));
  const site = await testSite("asked", {}, { store, clock, chance: systemChance, settings: demoSettings });
  const token = await site.link("request", { party: "Confirmer2" });
  const page = await (await site.app.request(`/c/${token}`)).text();
  const lookup = lookupRoute(store, page);
  const serve = (request: Request, info: Deno.ServeHandlerInfo) =>
    request.url.includes("/lookup/") ? lookup.fetch(request, info) : site.app.fetch(request, info);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, serve);
  try {
    const rounds = await playRounds(server.addr.port, token);
    if (rounds.some((round) => round.first.bytes !== round.lookup.bytes)) {
      throw new Error("Cannot compare: the pages differ in size");
    }
    return [
      figureOf(rounds, "returning", "browser that was here before"),
      figureOf(rounds, "first", "first visit"),
    ];
  } finally {
    await server.shutdown();
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}
