/**
 * Pages under load, beside routes that do less for the same bytes: over real sockets, from a process of its own,
 * one after the other in every round.
 *
 * @module
 */
import type { Load, LoadResult } from "./http_load.ts";
import { type Figure, median } from "./measure.ts";

const CONNECTIONS = 32;
const WARM_UP_MS = 200;
const COUNT_MS = 700;
/** Rounds that are counted; one before them warms the server up. */
const ROUNDS = 15;
const MOST_P99_MS = 50;

/** What Chrome sends with a page that is opened by a link. */
export const BROWSER: Load["headers"] = {
  "user-agent": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0",
  "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  "accept-language": "ja,en;q=0.9",
  "accept-encoding": "gzip, deflate, br, zstd",
  "sec-fetch-dest": "document",
  "sec-fetch-mode": "navigate",
  "sec-fetch-site": "none",
  "upgrade-insecure-requests": "1",
};

/** The same from a browser that was here before. */
export const RETURNING: Load["headers"] = { ...BROWSER, cookie: "warifu=AbCdEfGhIjKlMnOpQrStUv" };

/** One thing to load. */
export type Way = { readonly path: string; readonly headers: Load["headers"] };

/** What came of each way in one round. */
export type Round<Name extends string> = Readonly<Record<Name, LoadResult>>;

async function load(port: number, way: Way): Promise<LoadResult> {
  const wanted: Load = {
    port,
    ...way,
    connections: CONNECTIONS,
    warmUpMs: WARM_UP_MS,
    countMs: COUNT_MS,
  };
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("./http_load.ts", import.meta.url).href, JSON.stringify(wanted)],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure the pages: the load failed");
  return JSON.parse(new TextDecoder().decode(stdout)) as LoadResult;
}

/** Loads every way in every round. Each round begins with another, so that none always comes after the same. */
export async function playRounds<Name extends string>(
  port: number,
  ways: Readonly<Record<Name, Way>>,
): Promise<Round<Name>[]> {
  const names = Object.keys(ways) as Name[];
  const rounds: Round<Name>[] = [];
  for (let number = 0; number <= ROUNDS; number++) {
    const first = number % names.length;
    const round: Partial<Record<Name, LoadResult>> = {};
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      round[name] = await load(port, ways[name]);
    }
    rounds.push(round as Round<Name>);
  }
  return rounds.slice(1);
}

/** What a page is compared with, what it is called, and the least share that it must reach. */
export type Claim<Name extends string> = {
  readonly page: Name;
  readonly beside: Name;
  readonly words: string;
  readonly leastShare: number;
};

/** The share of requests a second, and how long the slowest hundredth of the page's requests took. */
export function shareFigures<Name extends string>(
  rounds: readonly Round<Name>[],
  { page, beside, words, leastShare }: Claim<Name>,
): Figure[] {
  const middle = (of: (round: Round<Name>) => number) => median(rounds.map(of));
  const share = middle((round) => round[page].perSecond / round[beside].perSecond);
  const p99Ms = middle((round) => round[page].p99Ms);
  const perSecond = [page, beside].map((name) => `${middle((round) => round[name].perSecond).toFixed(0)}/s`);
  return [{
    what: `${words} ÷ bare look-up with ready HTML`,
    figure: `${(share * 100).toFixed(0)} % (${perSecond.join(" ÷ ")})`,
    limit: `≥ ${(leastShare * 100).toFixed(0)} %`,
    holds: share >= leastShare,
  }, {
    what: `${words}, p99 at ${CONNECTIONS} connections`,
    figure: `${p99Ms.toFixed(1)} ms`,
    limit: `≤ ${MOST_P99_MS} ms`,
    holds: p99Ms <= MOST_P99_MS,
  }];
}

/** Bare Hono, only stated. */
export function statedFigure<Name extends string>(rounds: readonly Round<Name>[], name: Name): Figure {
  const perSecond = median(rounds.map((round) => round[name].perSecond)).toFixed(0);
  const p99Ms = median(rounds.map((round) => round[name].p99Ms)).toFixed(1);
  return { what: "bare Hono, a text", figure: `${perSecond}/s p99 ${p99Ms} ms`, limit: "-", holds: true };
}
