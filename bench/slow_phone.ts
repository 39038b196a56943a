/**
 * A cheap phone on a slow line, as Chromium plays it.
 *
 * @module
 */
import type { Browser, BrowserContext, Page } from "playwright-core";

/** The screen of a common phone. */
const PHONE = {
  viewport: { width: 412, height: 839 },
  deviceScaleFactor: 2.625,
  isMobile: true,
  hasTouch: true,
  locale: "ja-JP",
} as const;
const CPU_SLOWDOWN = 4;
/** 1.6 Mbit/s down, 750 kbit/s up, in bytes a second, and 150 ms for each way there and back. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const FREE_LINE = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** Switches that make Chromium keep as little in memory as it does on a phone with little of it. */
export const LITTLE_MEMORY: readonly string[] = ["--enable-low-end-device-mode"];

/** A page in a browser that knows nothing yet, and the switch of its slowness. */
export type Phone = {
  readonly page: Page;
  /** Makes processor and line as slow as a cheap phone's, or lets both run free. */
  slow(on: boolean): Promise<void>;
};

/** Gives a fresh phone to `use`. */
export async function withPhone<T>(browser: Browser, use: (phone: Phone) => Promise<T>): Promise<T> {
  const context: BrowserContext = await browser.newContext(PHONE);
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    return await use({
      page,
      async slow(on) {
        await session.send("Emulation.setCPUThrottlingRate", { rate: on ? CPU_SLOWDOWN : 1 });
        await session.send("Network.emulateNetworkConditions", on ? LINE : FREE_LINE);
      },
    });
  } finally {
    await context.close();
  }
}

/**
 * What the largest process that shows a page has written to memory of its own, in bytes (Linux, `Private_Dirty`):
 * the program's code, which all pages share, does not count; unpacked images do, also those that could be dropped.
 */
export async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => {
    const rolled = Deno.readTextFileSync(`/proc/${id}/smaps_rollup`);
    return Number(/^Private_Dirty:\s+(\d+) kB/m.exec(rolled)?.[1] ?? 0) * 1024;
  });
  return Math.max(...sizes);
}
