import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import { devMailbox } from "../../routes/dev_mailbox.tsx";
import { DESK, faultsOf, PHONE, picture, press, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const MAX_PAGE_BYTES = 30_000;

/** Serves the whole service with its mailbox. */
async function servedMailbox(use: (url: string, service: TestWorld) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  const assets = await buildPages();
  const app = makeApp(service.world, { assets, trustedProxies: [], ready: () => Promise.resolve([]) });
  app.route("/", devMailbox(service.world, { assets }, service.mailbox));
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.fetch);
  try {
    await use(`http://127.0.0.1:${server.addr.port}`, service);
  } finally {
    await server.shutdown();
    await service.close();
  }
}

const OFFICER = "officer@pref.example.lg.jp";

/** The vendor mails the form and the officer the contract: in the composer, without JavaScript. */
async function playParts(browser: Browser, url: string, service: TestWorld): Promise<void> {
  await withPage(browser, { ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${url}/dev/mailbox`);
    await page.getByRole("link", { name: "見本の同意書を事業者として送ってみる" }).click();
    equal(await page.getByLabel("差出人").inputValue(), "tanaka@minato-bungu.example.co.jp");
    ok(await page.getByRole("checkbox", { name: /物品・役務.*Word/ }).isChecked());
    await press(page, "サービスに送る");
    await page.getByRole("heading", { name: /のメールボックス/ }).waitFor();
    await service.drain();
    await page.getByRole("link", { name: /すべてのメール/ }).click();
    await page.getByRole("link", { name: /契約 太郎.*契約担当/ }).click();
    await page.locator(".mail-row").first().click();
    await page.getByRole("link", { name: "返信する" }).click();
    equal(await page.getByLabel("差出人").inputValue(), OFFICER);
    ok((await page.getByLabel("本文").inputValue()).startsWith("契約書を送ります。"));
    await press(page, "サービスに送る");
    await page.getByRole("heading", { name: "契約 太郎 のメールボックス" }).waitFor();
    await service.drain();
  });
}

async function open(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url);
  const size = (await answer!.body()).length;
  ok(size <= MAX_PAGE_BYTES, `${url} is ${size} bytes`);
}

const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
  ["small", { ...PHONE, viewport: { width: 320, height: 640 } }],
  ["dark", { ...DESK, colorScheme: "dark" }],
  ...Deno.env.has("WARIFU_PICTURES") ? [["phone", PHONE], ["desk", DESK]] as const : [],
];

Deno.test({
  name: "the built-in mailbox in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    try {
      await servedMailbox(async (url, service) => {
        await t.step("form and contract are sent with the samples", async () => {
          await playParts(browser, url, service);
          const summary = await service.mailTo(OFFICER, "draft-summary");
          ok(summary.mail.text.includes("庁内事務用品単価契約"));
        });
        const { entry } = await service.mailTo(OFFICER, "draft-summary");
        const [arrived] = await Array.fromAsync(
          service.world.store.list<{ id: string }>({ prefix: ["inbox"] }),
        );
        const pages = [
          ["list", "/dev/mailbox"],
          ["person", `/dev/mailbox?to=${OFFICER}`],
          ["letter", `/dev/mailbox/letters/${entry.id}?to=${OFFICER}`],
          ["text", `/dev/mailbox/letters/${entry.id}?view=text`],
          ["arrived", `/dev/mailbox/arrived/${arrived!.value.id}`],
          ["sample", "/dev/mailbox/compose?sample=goods-services"],
          ["compose", `/dev/mailbox/compose?reply=${entry.id}&word=状況`],
        ] as const;
        for (const [look, options] of LOOKS) {
          await t.step(
            `${look}: no page has a fault`,
            () =>
              withPage(browser, { ...options, bypassCSP: true }, async (page) => {
                for (const [name, path] of pages) {
                  await open(page, url + path);
                  await picture(page, `mailbox-${look}-${name}`);
                  deepEqual(await faultsOf(page), [], `${look} ${name}`);
                }
              }),
          );
        }
        await t.step(
          "with the real policy a letter shows, and its links open beside the mailbox",
          () =>
            withPage(browser, DESK, async (page) => {
              await open(page, `${url}/dev/mailbox/letters/${entry.id}`);
              const frame = page.frameLocator("iframe");
              await frame.getByText("庁内事務用品単価契約").first().waitFor();
              equal(
                await frame.locator("a").first().evaluate((link) => (link as HTMLAnchorElement).target),
                "",
              );
              equal(await frame.locator("base").getAttribute("target"), "_blank");
            }),
        );
        await t.step(
          "a letter that did not arrive is told of",
          () =>
            withPage(browser, DESK, async (page) => {
              await page.goto(`${url}/dev/mailbox/letters/${entry.id}`);
              await page.getByText(/^送信の状況/).click();
              await press(page, "未達にしてみる");
              await page.getByText("送信の状況：未達").waitFor();
              await page.goto(`${url}/dev/mailbox`);
              await page.getByText("未達あり").first().waitFor();
            }),
        );
      });
    } finally {
      await browser.close();
    }
  },
});
