import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { DESK, faultsOf, PHONE, picture, press, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";

async function agreeInDialog(page: Page, url: string, shot: string): Promise<void> {
  await page.goto(url);
  await picture(page, `${shot}-1-terms`);
  await press(page, "利用規約に同意して書類を開く");
  await page.locator("[data-island=agree][data-ready]").waitFor();
  equal(await page.locator(".page img").count(), 6);
  await page.waitForFunction(() =>
    (document.querySelector(".page img") as HTMLImageElement).naturalWidth > 0
  );
  await picture(page, `${shot}-2-document`, false);
  await press(page, "書類の内容に同意");
  const dialog = page.getByRole("dialog", { name: "この内容で同意しますか" });
  await dialog.waitFor();
  deepEqual(await faultsOf(page), []);
  await picture(page, `${shot}-3-dialog`, false);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  equal(await page.evaluate(() => document.activeElement?.textContent), "書類の内容に同意");
  // From here on by keyboard alone.
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/done");
  await picture(page, `${shot}-4-done`);
}

async function agreePlainly(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await press(page, "利用規約に同意して書類を開く");
  await page.waitForURL("**/document");
  equal(await page.getByRole("button", { name: "文字を大きく" }).count(), 0);
  await page.getByText("書類の内容に同意", { exact: true }).first().click();
  await picture(page, `plain-${new URL(url).pathname.slice(1, 2)}`);
  await page.getByRole("checkbox").check();
  await press(page, "同意して確認完了");
  await page.waitForURL("**/done");
}

/** A PDF that is signed in several versions. */
const SIGNED = new URL("../fixtures/pdf/signed-lta-renewed.pdf", import.meta.url);

Deno.test({
  name: "pages in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    try {
      for (const [name, options] of [["desk", DESK], ["phone", PHONE]] as const) {
        await t.step(
          `${name}: agreeing in the dialog, by keyboard`,
          () =>
            served(
              "asked",
              ({ site, url }) =>
                withPage(browser, { ...options, bypassCSP: true }, async (page) => {
                  const token = await site.link("request", { party: "Confirmer2" });
                  await agreeInDialog(page, `${url}/c/${token}`, name);
                }),
            ),
        );
      }
      for (const base of ["c", "s"]) {
        await t.step(
          `/${base} without JavaScript`,
          () =>
            served(
              "asked",
              ({ site, url }) =>
                withPage(browser, { ...PHONE, javaScriptEnabled: false }, async (page) => {
                  const token = await site.link("request", { party: "Confirmer2" });
                  await agreePlainly(page, `${url}/${base}/${token}`);
                }),
            ),
        );
      }
      await t.step(
        "a PDF is verified, and its report has no fault",
        () =>
          served("opened", ({ url }) =>
            withPage(browser, { ...PHONE, bypassCSP: true }, async (page) => {
              await page.goto(`${url}/verify`);
              const buffer = Buffer.from(await Deno.readFile(SIGNED));
              await page.setInputFiles("#pdf", { name: "契約書.pdf", mimeType: "application/pdf", buffer });
              await press(page, "検証する");
              await page.getByRole("heading", { name: "検証結果" }).waitFor();
              await picture(page, "verified");
              deepEqual(await faultsOf(page), []);
            })),
      );
    } finally {
      await browser.close();
    }
  },
});
