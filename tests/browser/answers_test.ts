import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { DESK, faultsOf, PHONE, picture, press, type Served, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";
import { seededChance } from "../support/seeded_chance.ts";

const CODE = "hinoki-4821";
const TWO_PAGES = new URL("../fixtures/contracts/keiyakusho_buppin.pdf", import.meta.url);

const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true }).waitFor();
const onPhone = (browser: Browser, use: (page: Page) => Promise<void>) =>
  withPage(browser, { ...PHONE, bypassCSP: true }, use);

async function requestOf({ site, url }: Served, expiresAt?: string): Promise<string> {
  return `${url}/c/${await site.link("request", { party: "Confirmer2", ...expiresAt ? { expiresAt } : {} })}`;
}

async function looksGood(page: Page, name: string): Promise<void> {
  await picture(page, name);
  deepEqual(await faultsOf(page), [], name);
}

async function opened(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await press(page, "利用規約に同意して書類を開く");
  await page.locator("[data-island=pages][data-ready]").waitFor();
}

async function declines(page: Page, all: Served): Promise<void> {
  await opened(page, await requestOf(all));
  await page.getByRole("link", { name: "同意しない", exact: true }).click();
  await heading(page, "同意しない場合");
  await looksGood(page, "answer-decline");
  await page.getByText("内容の修正をお願いしたい").click();
  await page.getByLabel("詳しい理由（任意）").fill("契約金額が見積書と違います。");
  await press(page, "同意しない");
  await heading(page, "回答を受け付けました");
  await looksGood(page, "answer-declined");
  await page.goto(`${all.url}/o/${await all.site.link("officer")}`);
  await page.getByText("契約金額が見積書と違います。").first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: "再開する", exact: true }).waitFor();
}

async function asks(page: Page, all: Served): Promise<void> {
  const address = await requestOf(all);
  await opened(page, address);
  await page.getByRole("link", { name: "質問・日程の相談", exact: true }).click();
  await looksGood(page, "answer-question");
  await page.getByLabel("質問・相談の内容").fill("来週でもよいですか。");
  await press(page, "質問・日程の相談");
  await heading(page, "質問を送信しました");
  await looksGood(page, "answer-asked");
  await page.getByRole("link", { name: "書類に戻る" }).click();
  await page.waitForURL("**/document");
}

async function entersCode(page: Page, all: Served): Promise<void> {
  await page.goto(await requestOf(all));
  equal(await page.getByText("業務委託").count(), 0);
  await page.getByLabel("アクセスコード").fill("wrong");
  await press(page, "次へ進む");
  await page.getByRole("alert").getByText("あと4回入力できます").waitFor();
  await looksGood(page, "answer-code");
  await page.getByLabel("アクセスコード").fill(CODE);
  await page.keyboard.press("Enter");
  await press(page, "利用規約に同意して書類を開く");
  await page.waitForURL("**/document");
}

async function asksForLink(page: Page, all: Served): Promise<void> {
  const address = await requestOf(all);
  all.site.clock.advance(11 * 86_400_000);
  await page.goto(address);
  await heading(page, "リンクの有効期限が切れています");
  await looksGood(page, "answer-expired");
  await press(page, "新しいリンクを請求する");
  await heading(page, "新しいリンクを請求しました");
  await looksGood(page, "answer-renewed");
}

async function readsBoth(page: Page, all: Served): Promise<void> {
  await opened(page, await requestOf(all));
  await heading(page, "業務委託契約書.pdf");
  await heading(page, "覚書.pdf");
  equal(await page.locator(".page img").count(), 8);
  await looksGood(page, "answer-two-documents");
  // A jump to the end must not leave the counter behind.
  const counter = page.locator(".counter span");
  equal(await counter.textContent(), "1／8ページ");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await counter.getByText("8／8ページ").waitFor();
  await press(page, "文字を大きく");
  await page.waitForFunction(() => {
    const image = document.querySelector(".page img");
    return image !== null && image.getBoundingClientRect().width > document.documentElement.clientWidth * 1.7;
  });
  deepEqual(await faultsOf(page), [], "large pages");
}

/** The form comes back in words when the browser kept no cookie, and its button then leads on. */
async function hasNoCookies(page: Page, all: Served): Promise<void> {
  await page.goto(await requestOf(all));
  await page.context().clearCookies();
  await press(page, "利用規約に同意して書類を開く");
  await heading(page, "もう一度、ボタンを押してください");
  await looksGood(page, "answer-again");
  await press(page, "利用規約に同意して書類を開く");
  await page.waitForURL("**/document");
}

/** The officer's first look at a draft, down to the one tap. */
async function sends(page: Page, all: Served): Promise<void> {
  await page.goto(`${all.url}/o/${await all.site.link("officer")}`);
  await press(page, "この内容で送信する");
  // The browser itself asks for the tick.
  equal(await page.locator("[name=declared]:invalid").count(), 1);
  await page.getByRole("checkbox").check();
  await press(page, "この内容で送信する");
  await page.getByText("確認依頼中", { exact: true }).waitFor();
  equal(await page.getByRole("button", { name: "この内容で送信する" }).count(), 0);
}

Deno.test({
  name: "answers in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    const alike = (name: string, act: (page: Page, all: Served) => Promise<void>) =>
      t.step(name, () => served("asked", (all) => onPhone(browser, (page) => act(page, all))));
    try {
      await alike("declining with a reason", declines);
      await alike("a question stops nothing", asks);
      await alike("an expired link is asked for anew", asksForLink);
      await alike("without cookies the form is shown once more", hasNoCookies);
      const accessCode = await hashAccessCode(keyringOf(new Uint8Array(32).fill(7)), seededChance(), CODE);
      await t.step(
        "an access code comes before everything",
        () => served("asked", (all) => onPhone(browser, (page) => entersCode(page, all)), { accessCode }),
      );
      const further = [{ name: "覚書.pdf", bytes: await Deno.readFile(TWO_PAGES), pages: 2 }];
      await t.step(
        "two documents are read one after the other",
        () => served("asked", (all) => onPhone(browser, (page) => readsBoth(page, all)), {}, further),
      );
      await t.step(
        "the officer sends with one tap",
        () => served("drafted", (all) => withPage(browser, DESK, (page) => sends(page, all))),
      );
    } finally {
      await browser.close();
    }
  },
});
