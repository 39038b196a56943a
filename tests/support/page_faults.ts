/**
 * What is wrong with a page in a real browser: for axe, for whoever hears it, for whoever needs large letters.
 *
 * @module
 */
import type { Page } from "playwright-core";

const AXE = await Deno.readTextFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url));
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Brings axe into the page, once. */
export const useAxe = (page: Page): Promise<unknown> => page.evaluate(AXE);

/** What dark mode can change; the rest of a page is the same. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Violations by axe (WCAG 2.2 A and AA, best practice) as the page stands now; of its colours alone when asked. */
export async function axeFaults(page: Page, coloursOnly = false): Promise<string[]> {
  return await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }, coloursOnly ? COLOUR_RULES : TAGS);
}

/** Whether the page, at its present size, has to be moved sideways to be read. */
export async function wideFaults(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const out = [...document.querySelectorAll("main *")]
      .find((each) => each.getBoundingClientRect().right > room + 1);
    return [`${document.documentElement.scrollWidth - room} px too wide: ${out?.outerHTML.slice(0, 120)}`];
  });
}

/** Landmarks and headings as a screen reader lists them: one each, one first heading, no level left out. */
export async function outlineFaults(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const count = (selector: string) => document.querySelectorAll(selector).length;
    const simple = count("[role=main]") === 1;
    const levels = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map((each) => Number(each.tagName[1]));
    const skipped = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1);
    return [
      ...simple || (count("header") === 1 && count("main") === 1 && count("footer") === 1)
        ? []
        : ["landmarks"],
      ...levels.filter((level) => level === 1).length === 1 ? [] : ["not one h1"],
      ...skipped.length === 0 ? [] : [`headings ${levels.join(" ")}`],
      ...document.title === "" || document.documentElement.lang !== "ja" ? ["no title or language"] : [],
    ];
  });
}
