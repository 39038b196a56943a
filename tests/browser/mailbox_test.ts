import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import { devMailbox } from "../../routes/dev_mailbox.tsx";
import { DESK, faultsOf, PHONE, picture, press, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";
import { EVIL, HOSTILE_HTML, receiveHtml } from "../support/hostile_html.ts";
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

/** Opens a hostile mail. Tells what was asked for from elsewhere, and what was said. */
async function opened(page: Page, url: string, mail: string): Promise<string[]> {
  const heard: string[] = [];
  page.context().on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) heard.push(request.url().slice(0, 80));
  });
  page.on("console", (message) => heard.push(message.text()));
  page.on("dialog", async (dialog) => {
    heard.push(dialog.message());
    await dialog.dismiss();
  });
  await open(page, `${url}${mail}`);
  await page.waitForLoadState("networkidle");
  equal(page.url(), `${url}${mail}`);
  return heard;
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
        const hostile = `/dev/mailbox/arrived/${await receiveHtml(service.world, HOSTILE_HTML)}`;
        await t.step(
          "hostile HTML of a mail that came in runs nothing, loads nothing and says nothing",
          () =>
            withPage(browser, DESK, async (page) => {
              deepEqual(await opened(page, url, hostile), []);
              const frame = page.frameLocator("iframe");
              const seen = frame.getByText("下線");
              equal(await seen.evaluate((it) => getComputedStyle(it).textDecorationLine), "underline");
              const links = await frame.locator("[href]").evaluateAll((all) =>
                all.map((link) => (link as HTMLAnchorElement).href)
              );
              deepEqual(links, ["https://www.example.lg.jp/?a=1&b=2"]);
              equal(page.frames()[1]?.url(), `${url}${hostile}/html`);
              equal(page.context().pages().length, 1);
              await picture(page, "mailbox-hostile");
              await page.getByRole("link", { name: "テキスト" }).click();
              await page.getByText("文字だけの本文").first().waitFor();
            }),
        );
        await t.step("the policy alone keeps it from running and loading", async () => {
          const asked: string[] = [];
          const elsewhere = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
            asked.push(url);
            return new Response();
          });
          const body = HOSTILE_HTML.replaceAll(EVIL, `http://127.0.0.1:${elsewhere.addr.port}`);
          const context = await browser.newContext();
          const page = await context.newPage();
          await page.route(`${url}${hostile}/html`, async (route) => {
            await route.fulfill({ response: await route.fetch(), body });
          });
          const heard = await opened(page, url, hostile);
          ok(heard.length > 0, "the browser refused nothing: the document was not the hostile one");
          deepEqual(heard.filter((each) => /^(?:ran|load|\d+)$/.test(each)), []);
          await context.close();
          await elsewhere.shutdown();
          deepEqual(asked, []);
        });
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
