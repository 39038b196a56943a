/**
 * No page has a fault that a person would stumble over: judged by axe in light and dark, on phone and desk, with
 * scripts and without, at 320 px and with letters twice as large; under the real policy the console stays silent.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { devMailbox } from "../../routes/dev_mailbox.tsx";
import { mailboxMailer } from "../../lib/adapters/mailbox.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { DESK, PHONE, picture, type Served, served } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";
import { type NamedPage, PAGE_STATES } from "../support/every_page.ts";
import { axeFaults, outlineFaults, useAxe, wideFaults } from "../support/page_faults.ts";

const MAX_HTML_BYTES = 30_000;
const LOOKS = [["light", 390], ["dark", 390], ["light", 1280], ["dark", 1280]] as const;
const assets = await buildPages();

/** The page as a person gets it: nothing on the console, small, well outlined. */
async function visit(page: Page, url: string, [name, path]: NamedPage): Promise<string[]> {
  const heard: string[] = [];
  const hear = (message: { text(): string }) => heard.push(message.text());
  page.on("console", hear);
  const answer = await page.goto(url + path);
  const size = (await answer!.body()).length;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  page.off("console", hear);
  const told = heard.filter((each) => !(answer!.status() >= 400 && /status of 4\d\d/.test(each)));
  const small = path.endsWith("/text") || size <= MAX_HTML_BYTES;
  return [...told, ...small ? [] : [`${size} bytes`], ...await outlineFaults(page)]
    .map((each) => `${name}: ${each}`);
}

/** The same page under axe in every look, then narrow, then with large letters. */
async function judge(page: Page, url: string, [name, path]: NamedPage): Promise<string[]> {
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(url + path);
  await useAxe(page);
  const faults: string[] = [];
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    await picture(page, `every-${name.replaceAll("/", "_")}-${colorScheme}-${width}`);
    faults.push(
      ...(await axeFaults(page, colorScheme === "dark")).map((each) => `${colorScheme} ${width}: ${each}`),
    );
  }
  await page.setViewportSize({ width: 320, height: 640 });
  faults.push(...(await wideFaults(page)).map((each) => `320 px: ${each}`));
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate(() => document.documentElement.style.fontSize = "200%");
    faults.push(...(await wideFaults(page)).map((each) => `200 % at ${width}: ${each}`));
  }
  return faults.map((each) => `${name}: ${each}`);
}

async function inContexts(
  browser: Browser,
  { site, url }: Served,
  pages: readonly NamedPage[],
): Promise<string[]> {
  const real = await browser.newContext({ locale: "ja-JP", ...DESK });
  const judged = await browser.newContext({ locale: "ja-JP", ...PHONE, isMobile: false, bypassCSP: true });
  const bare = await browser.newContext({ locale: "ja-JP", ...PHONE, bypassCSP: true });
  // Scripts are kept out, not switched off: axe itself could not wait for anything then.
  await bare.route("**/*.js", (route) => route.abort());
  const faults: string[] = [];
  try {
    const [visiting, judging, without] = await Promise.all(
      [real, judged, bare].map((each) => each.newPage()),
    );
    for (const named of pages) {
      faults.push(...await visit(visiting!, url, named));
      faults.push(...await judge(judging!, url, named));
      // A page without scripts was judged as it is.
      if (await visiting!.locator("script").count() === 0) continue;
      await without!.goto(url + named[1]);
      await useAxe(without!);
      faults.push(...(await axeFaults(without!)).map((each) => `${named[0]} without scripts: ${each}`));
    }
  } finally {
    await Promise.all([real, judged, bare].map((each) => each.close()));
  }
  ok(site.number !== "");
  return faults;
}

Deno.test({
  name: "every page, in every look",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    try {
      for (const { name, chapter, facts, pages } of PAGE_STATES) {
        await t.step(name, async () => {
          await served(chapter, async (all) => {
            const { world } = all.site;
            all.site.app.route(
              "/",
              devMailbox(world, { assets }, mailboxMailer(world.store, world.blobs, world.clock)),
            );
            deepEqual(await inContexts(browser, all, await pages(all.site)), []);
          }, await facts?.());
        });
      }
    } finally {
      await browser.close();
    }
  },
});
