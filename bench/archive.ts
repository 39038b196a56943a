/**
 * The archive at 1,000,000 cases (or as many as `ARCHIVE_CASES` says): searches of a department and lists of a person
 * through the pages, how soon the service is ready, the memory it takes, and how late what is due is done beside a
 * million entries that are not.
 *
 * @module
 */
import { openKvStore } from "../lib/adapters/kv_store.ts";
import { masterKey } from "../lib/adapters/master_key.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { headKey } from "../lib/flows/case_records.ts";
import { linkSets, newLinkId, tokenFor } from "../lib/link/link_token.ts";
import { type Keyring, keyringOf } from "../lib/link/keyring.ts";
import type { Store } from "../lib/ports.ts";
import { ServiceProcess } from "../lib/tasks/server_process.ts";
import { lateness } from "./due_lateness.ts";
import { contactOf, drawn, madeCase, putManyCases } from "./many_cases.ts";
import type { Figure } from "./measure.ts";

/** Where the cases are kept for further runs; without it they are made each time and go afterwards. */
const KEPT = Deno.env.get("ARCHIVE_DIR");
const CASES = Number(Deno.env.get("ARCHIVE_CASES") ?? 1_000_000);
const MIB = 1024 * 1024;
const SEARCHES = 300;
const LISTS = 100;
const LIMITS = {
  searchMs: [10, 150],
  listMs: 20,
  latenessMs: 1_000,
  startMs: 3_000,
  memoryMib: 500,
} as const;
/** Longest that the catalog may take to be made, in ms: a bound of this measurement, not a claim. */
const CATALOG_PATIENCE_MS = 30 * 60_000;

/** What officers look for: one character, common and rare words, days, amounts, the other side, and all together. */
const QUERIES: readonly ((n: number) => string)[] = [
  () => "",
  () => "q=務",
  () => "q=業務委託",
  () => "q=図書館 清掃",
  (n) => `q=その${drawn(n, 21, 2_000)}`,
  (n) => `q=R5-${String(drawn(n, 22, CASES)).padStart(7, "0")}`,
  () => "q=どこにもない語",
  (n) => `from=202${1 + drawn(n, 23, 4)}-04-01&to=202${1 + drawn(n, 24, 5)}-09-30`,
  (n) => `q=令和${3 + drawn(n, 25, 4)}年度`,
  (n) => `min=${10 ** (4 + drawn(n, 26, 4))}&max=${12 * 10 ** (3 + drawn(n, 27, 5))}`,
  (n) => `party=宇都宮建設${drawn(n, 28, 400)}`,
  (n) => `q=清掃&party=足利&from=令和3年4月1日&min=1000000&max=${2 + drawn(n, 29, 8)}000000`,
  () => "state=circulating",
  (n) => `q=業務&after=202${1 + drawn(n, 31, 5)}-06-30T00:00:00.000Z~R5-0000001`,
];

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

async function timed(url: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok || !text.includes("</html>")) {
    throw new Error(`Cannot list: the page says ${response.status}`);
  }
  return performance.now() - begun;
}

/** Links that open a list without an end. */
async function link(store: Store, keys: Keyring, purpose: "officer" | "documents", address: string) {
  const id = newLinkId(systemChance);
  const facts = { caseNumber: null, party: null, issue: null, expiresAt: null };
  await store.commit({
    sets: linkSets(keys, { id, purpose, address, ...facts, issuedAt: "2026-11-25T00:00:00.000Z" }),
  });
  return tokenFor(keys, id);
}

const row = (what: string, value: number, limit: number, unit: string): Figure => ({
  what: `${CASES} cases: ${what}`,
  figure: `${value.toFixed(value < 100 ? 1 : 0)} ${unit}`,
  limit: `≤ ${limit} ${unit}`,
  holds: value <= limit,
});
const told = (what: string, value: number, unit: string): Figure => ({
  what: `${CASES} cases: ${what}`,
  figure: `${value.toFixed(0)} ${unit}`,
  limit: "—",
  holds: true,
});

async function started(service: ServiceProcess): Promise<number> {
  const begun = performance.now();
  await service.start();
  return performance.now() - begun;
}

async function untilCatalogued(service: ServiceProcess): Promise<number> {
  const begun = performance.now();
  while (!service.output.includes('"catalog_made"')) {
    if (performance.now() - begun > CATALOG_PATIENCE_MS || service.output.includes('"catalog_failed"')) {
      throw new Error(`Cannot search: the catalog is not made\n${service.output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return performance.now() - begun;
}

/** Searches through the officer's list, then lists of persons. */
async function searches(service: ServiceProcess, officer: string, persons: readonly string[]) {
  const { http } = service.address;
  const search: number[] = [];
  for (let n = 0; n < SEARCHES; n++) {
    const query = encodeURI(QUERIES[n % QUERIES.length]!(n));
    search.push(await timed(`${http}/o/${officer}/list?${query}`));
  }
  const lists: number[] = [];
  for (const token of persons) lists.push(await timed(`${http}/documents/${token}`));
  return { search, lists };
}

/** Measures. */
export async function archive(): Promise<readonly Figure[]> {
  const dataDir = KEPT ?? await Deno.makeTempDir({ prefix: "warifu-archive-" });
  await Deno.mkdir(dataDir, { recursive: true });
  await Deno.remove(`${dataDir}/catalog`, { recursive: true }).catch(() => {});
  const service = new ServiceProcess({ dataDir, environment: { TSA_URL: "dev:" }, watchMemory: true });
  try {
    const keys = keyringOf(await masterKey(null, dataDir, systemChance));
    const store = await openKvStore(`${dataDir}/store.kv`);
    const there = (await store.get(headKey(madeCase(CASES - 1, CASES).number))) !== null;
    const filledMs = there ? 0 : await putManyCases(store, keys, CASES);
    const officer = await link(store, keys, "officer", "officer@pref.example.lg.jp");
    const persons = [];
    for (let n = 0; n < LISTS; n++) {
      persons.push(await link(store, keys, "documents", contactOf(drawn(n, 30, CASES), CASES)));
    }
    store.close();
    const firstStartMs = await started(service);
    const madeMs = await untilCatalogued(service);
    const madeMemory = service.peakMemory();
    await service.end("SIGTERM");
    const startMs = await started(service);
    const { search, lists } = await searches(service, officer, persons);
    const memory = service.peakMemory();
    await service.end("SIGTERM");
    const late = await lateness(`${dataDir}/store.kv`);
    return [
      told("put into the store", filledMs / 1_000, "s"),
      row("start until ready, without a catalog", firstStartMs, LIMITS.startMs, "ms"),
      told("catalog made beside the service", madeMs / 1_000, "s"),
      row("peak memory while it is made", madeMemory / MIB, LIMITS.memoryMib, "MiB"),
      row("start until ready", startMs, LIMITS.startMs, "ms"),
      row(
        `${SEARCHES} department searches, whole page, p50`,
        percentile(search, 0.5),
        LIMITS.searchMs[0],
        "ms",
      ),
      row(
        `${SEARCHES} department searches, whole page, p99`,
        percentile(search, 0.99),
        LIMITS.searchMs[1],
        "ms",
      ),
      row("one person's list, whole page, p50", percentile(lists, 0.5), LIMITS.listMs, "ms"),
      row("one person's list, whole page, p95", percentile(lists, 0.95), LIMITS.listMs, "ms"),
      row("peak memory after the searches", memory / MIB, LIMITS.memoryMib, "MiB"),
      row(`due beside ${CASES} later entries: done late by, p99`, late, LIMITS.latenessMs, "ms"),
    ];
  } finally {
    await service.end("SIGKILL");
    if (KEPT === undefined) await Deno.remove(dataDir, { recursive: true });
  }
}
