/**
 * What tests in a real browser do: serve a case, open a page that must not complain, and judge what it shows.
 *
 * @module
 */
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { demoSettings } from "../../lib/settings/demo_settings.ts";
import { TEST_SETTINGS } from "./test_settings.ts";
import { type Chapter, type TestSite, testSite } from "./test_site.ts";

const AXE = await Deno.readTextFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url));
/** Where pictures of the pages go, for whoever wants to look at them; nowhere unless named. */
const PICTURES = Deno.env.get("WARIFU_PICTURES");

/** The people of the tests with the texts and contacts that a new operator begins with. */
const { contacts, help, terms } = demoSettings;
const SETTINGS = { ...TEST_SETTINGS, contacts, help, terms };

/** A phone in the hand. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 800 },
  hasTouch: true,
  isMobile: true,
};
/** A screen on a desk. */
export const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 860 } };

/** A site with the address at which it is served. */
export type Served = { readonly site: TestSite; readonly url: string };

/** Serves a case that has come as far as `chapter`, with its pages drawn. */
export async function served(
  chapter: Chapter,
  use: (served: Served) => Promise<void>,
  facts: Parameters<typeof testSite>[1] = {},
  further: Parameters<typeof testSite>[3] = [],
): Promise<void> {
  const renderer = pdfiumRenderer({ workers: 1 });
  const site = await testSite(chapter, facts, { renderer, settings: SETTINGS }, further);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, site.app.fetch);
  try {
    await use({ site, url: `http://127.0.0.1:${server.addr.port}` });
  } finally {
    await server.shutdown();
    await renderer.close();
  }
}

/** A page that fails the test for whatever it complains of. */
export async function withPage(
  browser: Browser,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale: "ja-JP", ...options });
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      // A page that is refused on purpose is no fault of its script.
      if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) {
        complaints.push(message.text());
      }
    });
    await use(page);
    deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Keeps a picture of the page where `WARIFU_PICTURES` says. */
export async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage });
}

/** Violations, targets below 48 px, and sideways scrolling, once nothing moves any more. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  await page.evaluate(AXE);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await axe.run({ runOnly: tags });
    const small = [...document.querySelectorAll(".btn, .chip, summary, input[type=text], select, textarea")]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height < 48);
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return [
      ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      ...small.map(({ element, box }) => `${Math.round(box.height)} px: ${element.textContent}`),
      ...wide > 0 ? [`scrolls ${wide} px sideways`] : [],
    ];
  });
}

/** Presses the button of exactly these words. */
export const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
