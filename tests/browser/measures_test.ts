/**
 * Contrast and target sizes, measured on the page that shows every component in every state. With
 * `WARIFU_MEASURES=1` the table is printed, for whoever wants to see the figures.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { mailboxMailer } from "../../lib/adapters/mailbox.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { devMailbox } from "../../routes/dev_mailbox.tsx";
import { PHONE, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";

type Pair = {
  readonly text: string;
  readonly ground: string;
  readonly ratio: number;
  readonly where: string;
};
type Target = { readonly what: string; readonly height: number; readonly width: number };

const assets = await buildPages();

/** Every pair of text and ground on the page, with its ratio (WCAG 2.2 §1.4.3) and an element that has it. */
const pairsOf = (page: Page): Promise<Pair[]> =>
  page.evaluate(() => {
    const parts = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = parts(colour).map((each) => {
        const part = each / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element: Element | null): string => {
      if (!element) return "rgb(255, 255, 255)";
      const colour = getComputedStyle(element).backgroundColor;
      return parts(colour)[3] === 0 ? groundOf(element.parentElement) : colour;
    };
    const pairs = new Map<string, { text: string; ground: string; ratio: number; where: string }>();
    for (const element of document.querySelectorAll("body *")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      if (!own && !element.matches("input:not([type=radio], [type=checkbox], [type=hidden])")) continue;
      if (element.matches(".vh, .skip, [aria-disabled] *, [aria-disabled]")) continue;
      const [text, ground] = [getComputedStyle(element).color, groundOf(element)];
      const [light = 1, dark = 1] = [luminance(text), luminance(ground)].toSorted((a, b) => b - a);
      const ratio = Math.round((light + 0.05) / (dark + 0.05) * 100) / 100;
      const name = `${element.tagName.toLowerCase()}.${element.className}`;
      pairs.set(`${text} ${ground}`, {
        text,
        ground,
        ratio,
        where: pairs.get(`${text} ${ground}`)?.where ?? name,
      });
    }
    return [...pairs.values()].toSorted((a, b) => a.ratio - b.ratio);
  });

/** The smallest of each kind of control that is not a link within a sentence. */
const targetsOf = (page: Page): Promise<Target[]> =>
  page.evaluate(() => {
    const smallest = new Map<string, { what: string; height: number; width: number }>();
    const controls =
      "button, a.btn, a.link, a.row, footer a, dd a, summary, select, textarea, label.check, " +
      "label.radio, input:not([type=hidden], [type=radio], [type=checkbox])";
    for (const control of document.querySelectorAll(controls)) {
      const { height, width } = control.getBoundingClientRect();
      if (width <= 1) continue;
      const what = `${control.tagName.toLowerCase()}${
        control.classList[0] ? `.${control.classList[0]}` : ""
      }`;
      if (height < (smallest.get(what)?.height ?? Infinity)) smallest.set(what, { what, height, width });
    }
    return [...smallest.values()].toSorted((a, b) => a.height - b.height);
  });

const LOWEST_RATIO = 4.5;
const LOWEST_HEIGHT = 48;

function tell(heading: string, rows: readonly (readonly (string | number)[])[]): void {
  if (!Deno.env.has("WARIFU_MEASURES")) return;
  console.log([`\n${heading}`, ...rows.map((row) => row.join(" | "))].join("\n"));
}

Deno.test({
  name: "contrast and targets on the page of all components",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    const browser = await launchBrowser();
    try {
      await served("opened", async ({ site: { app, world }, url }) => {
        app.route("/", devMailbox(world, { assets }, mailboxMailer(world.store, world.blobs, world.clock)));
        await withPage(browser, PHONE, async (page) => {
          await page.goto(`${url}/dev/styles`);
          for (const colorScheme of ["light", "dark"] as const) {
            await page.emulateMedia({ colorScheme });
            const pairs = await pairsOf(page);
            tell(colorScheme, pairs.map(({ ratio, text, ground, where }) => [ratio, text, ground, where]));
            ok(pairs.length >= 12, `${pairs.length} pairs`);
            deepEqual(pairs.filter(({ ratio }) => ratio < LOWEST_RATIO), []);
          }
          const targets = await targetsOf(page);
          tell("targets", targets.map(({ what, height, width }) => [what, height, Math.round(width)]));
          ok(targets.length >= 10, `${targets.length} targets`);
          deepEqual(targets.filter(({ height }) => height < LOWEST_HEIGHT), []);
        });
      });
    } finally {
      await browser.close();
    }
  },
});
