/**
 * How soon the first page of a large contract is seen on a slow phone, and what scrolling through all of it costs
 * the phone: our page images beside pdf.js, in the same run.
 *
 * @module
 */
import type { Browser, Page } from "playwright-core";
import { diskShelf } from "../lib/adapters/disk_shelf.ts";
import { openFileBlobs } from "../lib/adapters/file_blobs.ts";
import { keptRenderer } from "../lib/adapters/kept_renderer.ts";
import { pdfiumRenderer } from "../lib/adapters/pdfium_renderer.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { viewCase } from "../lib/flows/party_acts.ts";
import { launchBrowser } from "../tests/support/browser.ts";
import { fakeClock } from "../tests/support/fake_clock.ts";
import { openedLink } from "../tests/support/put_case.ts";
import { CONTRACT } from "../tests/support/sample_case.ts";
import { SILENT } from "../tests/support/silent_log.ts";
import { testSite } from "../tests/support/test_site.ts";
import { largeContract } from "./large_contract.ts";
import { type Figure, median } from "./measure.ts";
import { type Pdfjs, pdfjsViewer } from "./pdfjs_viewer.ts";
import { LITTLE_MEMORY, rendererMemory, withPhone } from "./slow_phone.ts";

const PAGES = 100;
const CONTRACT_BYTES = 20_000_000;
const RUNS = 5;
/** Each takes half a minute. */
const PDFJS_RUNS = 2;
const FROM_CACHE_MS = 1_500;
const COLD_MS = 2_500;
const MEMORY_BYTES = 120_000_000;
const PATIENCE_MS = 120_000;

/** A served contract: ours at `document`, pdf.js with the same PDF at `pdfjs`. */
type Served = { readonly document: string; readonly pdfjs: string };

/** A service with the contract, opened by its reader, whose page images are all still to be drawn. */
async function withFreshSite<T>(
  pdf: Uint8Array<ArrayBuffer>,
  pdfjs: Pdfjs,
  use: (served: Served) => Promise<T>,
): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const renderer = keptRenderer(pdfiumRenderer(), diskShelf(`${folder}/pages`, 512 * 1024 * 1024, SILENT));
  const blobs = await openFileBlobs(`${folder}/blobs`, fakeClock());
  const file = { ...CONTRACT, ...await blobs.put(pdf), name: "工事請負契約書.pdf", pages: PAGES };
  const site = await testSite("asked", { documents: [file] }, { renderer, blobs, chance: systemChance });
  const party = "Confirmer2";
  const request = `/c/${await site.link("request", { party })}`;
  const facts = { purpose: "request", address: "", party } as const;
  await viewCase(site.world, await openedLink(site.world.store, site.number, facts));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (asked, info) =>
      await pdfjs(asked, `${request}/documents/1.pdf`) ?? await site.app.fetch(asked, info),
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  try {
    return await use({ document: `${url}${request}/document`, pdfjs: `${url}/pdfjs/index.html` });
  } finally {
    await server.shutdown();
    await renderer.close();
    await Deno.remove(folder, { recursive: true });
  }
}

/** How long until the first page image is whole and decoded, in ms from the beginning of the navigation. */
async function untilOurs(page: Page): Promise<number> {
  const image = page.locator(".page img").first();
  return await image.evaluate(async (element) => {
    await (element as HTMLImageElement).decode();
    await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
    return performance.now();
  });
}

/** The same for pdf.js: until it says that the first page is drawn. */
async function untilPdfjs(page: Page): Promise<number> {
  const drawn = await page.waitForFunction(() => (globalThis as { firstAt?: number }).firstAt, null, {
    timeout: PATIENCE_MS,
  });
  return await drawn.jsonValue() as number;
}

type Way = { readonly name: keyof Served; readonly until: (page: Page) => Promise<number> };
const OURS: Way = { name: "document", until: untilOurs };
const PDFJS: Way = { name: "pdfjs", until: untilPdfjs };

/** One look on a slow phone that knows nothing of the site. */
async function look(browser: Browser, served: Served, { name, until }: Way): Promise<number> {
  return await withPhone(browser, async ({ page, slow }) => {
    await slow(true);
    await page.goto(served[name], { waitUntil: "commit", timeout: PATIENCE_MS });
    return await until(page);
  });
}

/** Memory of the page's process once one has scrolled through all of it, screen by screen, in bytes. */
async function scrolled(browser: Browser, served: Served, { name, until }: Way): Promise<number> {
  return await withPhone(browser, async ({ page, slow }) => {
    await slow(false);
    await page.goto(served[name], { timeout: PATIENCE_MS });
    await until(page);
    await page.evaluate(async () => {
      const box = document.querySelector("#container") ?? document.documentElement;
      const pause = (ms: number) => new Promise((over) => setTimeout(over, ms));
      for (let top = 0; top < box.scrollHeight; top += innerHeight * 0.8) {
        box.scrollTo({ top, behavior: "instant" });
        const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
        const image = middle instanceof HTMLImageElement ? middle : null;
        for (let tries = 0; image && !image.complete && tries < 100; tries++) await pause(50);
        await pause(60);
      }
    });
    return await rendererMemory(browser);
  });
}

type Looks = { readonly cold: number; readonly fromCache: number; readonly pdfjs: number | null };

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

function seen(looks: readonly Looks[], of: keyof Looks, words: string, mostMs: number | null): Figure {
  const times = looks.map((each) => each[of]).filter((time) => time !== null);
  const middle = median(times);
  return {
    what: `first page of ${PAGES} pages, ${CONTRACT_BYTES / 1e6} MB, on a slow phone: ${words}`,
    figure: `${seconds(middle)} (${seconds(Math.min(...times))}–${seconds(Math.max(...times))})`,
    limit: mostMs === null ? "-" : `≤ ${seconds(mostMs)}`,
    holds: mostMs === null || middle <= mostMs,
  };
}

async function measureAll(browser: Browser, pdf: Uint8Array<ArrayBuffer>, pdfjs: Pdfjs): Promise<Figure[]> {
  const looks: Looks[] = [];
  let memory = { ours: 0, pdfjs: 0 };
  for (let run = 0; run < RUNS; run++) {
    looks.push(
      await withFreshSite(pdf, pdfjs, async (served) => {
        const cold = await look(browser, served, OURS);
        const fromCache = await look(browser, served, OURS);
        const beside = run < PDFJS_RUNS ? await look(browser, served, PDFJS) : null;
        if (run === RUNS - 1) {
          memory = {
            ours: await scrolled(browser, served, OURS),
            pdfjs: await scrolled(browser, served, PDFJS),
          };
        }
        return { cold, fromCache, pdfjs: beside };
      }),
    );
  }
  return [
    seen(looks, "fromCache", "image kept", FROM_CACHE_MS),
    seen(looks, "cold", "nothing drawn yet", COLD_MS),
    seen(looks, "pdfjs", "pdf.js", null),
    {
      what: `memory of the browser's page after scrolling through ${PAGES} pages`,
      figure: megabytes(memory.ours),
      limit: `≤ ${megabytes(MEMORY_BYTES)}`,
      holds: memory.ours <= MEMORY_BYTES,
    },
    { what: "the same with pdf.js", figure: megabytes(memory.pdfjs), limit: "-", holds: true },
  ];
}

/** Ours beside pdf.js. */
export async function pages(): Promise<readonly Figure[]> {
  const pdf = await largeContract(PAGES, CONTRACT_BYTES);
  const folder = await Deno.makeTempDir({ prefix: "warifu-pdfjs-" });
  const browser = await launchBrowser(LITTLE_MEMORY);
  try {
    return await measureAll(browser, pdf, await pdfjsViewer(folder));
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
}
