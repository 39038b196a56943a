import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { launchBrowser } from "../support/browser.ts";
import { seededChance } from "../support/seeded_chance.ts";
import { type Chapter, type TestSite, testSite } from "../support/test_site.ts";

const AXE = await Deno.readTextFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url));
/** Where pictures of the pages go, for whoever wants to look at them; nowhere unless named. */
const PICTURES = Deno.env.get("WARIFU_PICTURES");

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 800 },
  hasTouch: true,
  isMobile: true,
};
const DESK: BrowserContextOptions = { viewport: { width: 1280, height: 860 } };

type Served = { readonly site: TestSite; readonly url: string };

async function served(
  chapter: Chapter,
  use: (served: Served) => Promise<void>,
  facts: Parameters<typeof testSite>[1] = {},
): Promise<void> {
  const renderer = pdfiumRenderer({ workers: 1 });
  const site = await testSite(chapter, facts, { renderer });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, site.app.fetch);
  try {
    await use({ site, url: `http://127.0.0.1:${server.addr.port}` });
  } finally {
    await server.shutdown();
    renderer.close();
  }
}

/** A page that fails the test for whatever it complains of. */
async function withPage(
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

async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage });
}

/** Violations, targets below 48 px, and sideways scrolling. */
async function faultsOf(page: Page): Promise<string[]> {
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

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

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
  await picture(page, `${shot}-3-dialog`, false);
  await page.keyboard.press("Escape");
  equal(await dialog.count(), 0);
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
  await page.getByText("書類の内容に同意", { exact: true }).first().click();
  await picture(page, `plain-${new URL(url).pathname.slice(1, 2)}`);
  await page.getByRole("checkbox").check();
  await press(page, "同意して確認完了");
  await page.waitForURL("**/done");
}

/** Every page of every chapter, as its reader sees it. */
async function pagesToLookAt({ site, url }: Served): Promise<[string, string][]> {
  const request = await site.link("request", { party: "Confirmer2" });
  const officer = await site.link("officer");
  const ended = await site.link("download", { expiresAt: "2026-11-24T02:00:00.000Z" });
  const chapter = site.pdf.length > 0;
  return chapter
    ? [
      ["officer", `${url}/o/${officer}`],
      ["mend", `${url}/o/${officer}/mend`],
      ["request", `${url}/c/${request}`],
      ["simple", `${url}/s/${request}`],
      ["download-ended", `${url}/d/${ended}`],
      ["form", `${url}/f/${await site.link("form")}`],
    ]
    : [];
}

Deno.test({
  name: "in a real browser",
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
            served("asked", ({ site, url }) =>
              withPage(browser, options, async (page) => {
                const token = await site.link("request", { party: "Confirmer2" });
                await agreeInDialog(page, `${url}/c/${token}`, name);
              })),
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
      for (const chapter of ["drafted", "asked", "completed"] as const) {
        await t.step(`${chapter}: no page has a fault`, () =>
          served(chapter, async (all) => {
            const looks: [string, BrowserContextOptions][] = [
              ["phone", PHONE],
              ["dark", { ...PHONE, colorScheme: "dark" }],
              ["desk", DESK],
            ];
            for (const [look, options] of looks) {
              await withPage(browser, { ...options, bypassCSP: true }, async (page) => {
                for (const [name, address] of await pagesToLookAt(all)) {
                  await page.goto(address);
                  await picture(page, `${chapter}-${look}-${name}`);
                  deepEqual(await faultsOf(page), [], `${chapter} ${look} ${name}`);
                }
              });
            }
          }));
      }
      await t.step("document, confirm, decline, question and code have no fault", async () => {
        await served(
          "asked",
          ({ site, url }) =>
            withPage(browser, { ...PHONE, bypassCSP: true }, async (page) => {
              const address = `${url}/c/${await site.link("request", { party: "Confirmer2" })}`;
              await page.goto(address);
              await press(page, "利用規約に同意して書類を開く");
              for (const path of ["document", "confirm", "decline", "question"]) {
                await page.goto(`${address}/${path}`);
                await picture(page, `phone-${path}`);
                deepEqual(await faultsOf(page), [], path);
              }
            }),
        );
        const accessCode = await hashAccessCode(
          keyringOf(new Uint8Array(32).fill(7)),
          seededChance(),
          "1234",
        );
        await served(
          "asked",
          ({ site, url }) =>
            withPage(browser, { ...PHONE, bypassCSP: true }, async (page) => {
              await page.goto(`${url}/c/${await site.link("request", { party: "Confirmer2" })}`);
              await page.getByLabel("アクセスコード").fill("9999");
              await press(page, "次へ進む");
              await picture(page, "phone-code");
              deepEqual(await faultsOf(page), []);
            }),
          { accessCode },
        );
      });
    } finally {
      await browser.close();
    }
  },
});
