/**
 * All that people do is done by keyboard alone, with the focus in sight at every step; and what a screen reader
 * says of the main pages stands in order.
 *
 * @module
 */
import { match, ok, strictEqual as equal } from "node:assert/strict";
import type { Page } from "playwright-core";
import { DESK, PHONE, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";

const MOST_TABS = 40;

/** Tabs on to the control of this name; every stop on the way must be seen. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement;
      const { top, bottom, width } = focused.getBoundingClientRect();
      const bar = document.querySelector(".bar");
      const covered = !focused.closest(".bar, dialog") && bar && bottom > bar.getBoundingClientRect().top + 1;
      return {
        name: focused.closest("label")?.textContent ?? focused.textContent,
        seen: width > 0 && bottom > 0 && top < innerHeight && !covered &&
          getComputedStyle(focused).outlineStyle !== "none",
        what: focused.outerHTML.slice(0, 120),
      };
    });
    ok(at.seen, `the focus cannot be seen: ${at.what}`);
    if (at.name?.trim() === name) return;
  }
  throw new Error(`Cannot tab to ${name}: it is not among the first ${MOST_TABS} stops`);
}

async function walkRecipient(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.keyboard.press("Tab");
  equal(await page.evaluate(() => document.activeElement?.textContent), "本文へ進む");
  await tabTo(page, "利用規約に同意して書類を開く");
  await page.keyboard.press("Enter");
  await page.locator("[data-island=agree][data-ready]").waitFor();
  await tabTo(page, "書類の内容に同意");
  await page.keyboard.press("Space");
  await page.getByRole("dialog").waitFor();
  await tabTo(page, "書類の内容を確認しました");
  await page.keyboard.press("Space");
  await tabTo(page, "同意して確認完了");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/done");
}

async function walkOfficer(page: Page, address: string): Promise<void> {
  await page.goto(address);
  const tick = page.getByRole("checkbox").first();
  await tabTo(page, (await tick.locator("xpath=ancestor::label").textContent())!.trim());
  await page.keyboard.press("Space");
  await tabTo(page, "この内容で送信する");
  await page.keyboard.press("Enter");
  await page.getByText("確認依頼中", { exact: true }).waitFor();
}

/** Landmarks, headings, links and buttons of a page in the order in which they are read. */
async function spoken(page: Page, address: string): Promise<string> {
  await page.goto(address);
  await page.waitForFunction(() => !document.querySelector("[data-island]:not([data-ready])"));
  return await page.locator("body").ariaSnapshot();
}

Deno.test({
  name: "by keyboard and by ear, in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    try {
      for (const [name, options] of [["desk", DESK], ["phone", PHONE]] as const) {
        await t.step(
          `${name}: a request from the mail's link to the end`,
          () =>
            served("asked", ({ site, url }) =>
              withPage(browser, options, async (page) => {
                const token = await site.link("request", { party: "Confirmer2" });
                await walkRecipient(page, `${url}/c/${token}`);
              })),
        );
      }
      await t.step(
        "the officer's one tap",
        () =>
          served("drafted", ({ site, url }) =>
            withPage(browser, DESK, async (page) => {
              await walkOfficer(page, `${url}/o/${await site.link("officer")}`);
            })),
      );
      await t.step(
        "the first page and the document are read in their order",
        () =>
          served("asked", ({ site, url }) =>
            withPage(browser, PHONE, async (page) => {
              const address = `${url}/c/${await site.link("request", { party: "Confirmer2" })}`;
              match(
                await spoken(page, address),
                /link "本文へ進む".*- banner:.*- main:.*list "手続きの流れ".*heading "契約書類が届いています" \[level=1\].*契約名.*文書管理システム保守業務委託.*確認の期限.*region "利用規約".*button "利用規約に同意して書類を開く".*- contentinfo:/s,
              );
              await page.getByRole("button", { name: "利用規約に同意して書類を開く" }).click();
              await page.waitForURL("**/document");
              match(
                await spoken(page, `${address}/document`),
                /heading "文書管理システム保守業務委託" \[level=1\].*img "業務委託契約書\.pdf 1ページ目。.*link "PDFを開く".*heading "確認の状況" \[level=2\].*link "質問・日程の相談".*link "同意しない".*button "文字を大きく".*button "書類の内容に同意".*- contentinfo:/s,
              );
            })),
      );
    } finally {
      await browser.close();
    }
  },
});
