/**
 * An upload in a real browser: how far it has come shows, its answer takes the page's place or leads on, and what
 * fails can be done again.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { DESK, press, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";

const CONTRACT = new URL("../fixtures/contracts/keiyakusho_buppin.pdf", import.meta.url);

async function choose(page: Page): Promise<void> {
  const buffer = Buffer.from(await Deno.readFile(CONTRACT));
  await page.setInputFiles("#pdf", { name: "契約書.pdf", mimeType: "application/pdf", buffer });
}

/** What the words below the button said, in order. */
const heard = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [];
    Object.assign(globalThis, { said });
    new MutationObserver(() => {
      const words = document.querySelector("form > [role=status]")?.textContent ?? "";
      if (words !== "" && said.at(-1) !== words) said.push(words);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });

Deno.test({
  name: "uploads in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    try {
      await t.step(
        "a report takes the page's place, and another file can be handed in after it",
        () =>
          served("opened", ({ url }) =>
            withPage(browser, DESK, async (page) => {
              await page.goto(`${url}/verify`);
              await page.locator("[data-island=upload]").waitFor();
              for (const _ of ["first", "second"]) {
                await heard(page);
                await choose(page);
                await press(page, "検証する");
                await page.getByRole("heading", { name: "検証結果" }).waitFor();
                const said = await page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
                equal(said.at(-1), "受け付けています…");
                equal(await page.evaluate(() => document.activeElement?.id), "main");
                await page.evaluate(() => document.querySelector("h1")?.remove());
              }
            })),
      );
      await t.step(
        "a contract leads back to the case; a broken line is told, and the button works again",
        () =>
          served("opened", ({ site, url }) =>
            withPage(browser, DESK, async (page) => {
              const address = `${url}/o/${await site.link("officer")}`;
              await page.goto(address);
              await choose(page);
              const once = { times: 1 };
              await page.route("**/upload", (route) => route.abort(), once);
              const complaints = page.waitForEvent("console");
              await press(page, "契約書を出す");
              await page.getByText("送信できませんでした").waitFor();
              await complaints;
              equal(await page.locator("progress").count(), 0);
              await press(page, "契約書を出す");
              await page.getByRole("heading", { name: "契約書を差し替える" }).waitFor();
              equal(page.url(), address);
            }).catch((error) => {
              // The line that was cut on purpose is all that the console may tell of.
              const told = (error as { actual?: unknown }).actual;
              ok(Array.isArray(told), String(error));
              deepEqual(told.filter((each) => !/ERR_FAILED/.test(String(each))), []);
            })),
      );
      await t.step(
        "a number is copied where that can be done",
        () =>
          served("opened", ({ site, url }) =>
            withPage(
              browser,
              { ...DESK, permissions: ["clipboard-read", "clipboard-write"] },
              async (page) => {
                await page.goto(`${url}/o/${await site.link("officer")}`);
                await page.getByRole("button", { name: "案件番号をコピー" }).click();
                await page.getByText("コピーしました").waitFor();
                equal(await page.evaluate(() => navigator.clipboard.readText()), site.number);
              },
            )),
      );
    } finally {
      await browser.close();
    }
  },
});
