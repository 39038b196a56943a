/**
 * Pictures of the main pages for the README: `deno run -A tests/support/screenshots.ts` writes them into `docs/`.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { renderHtml } from "../../lib/letters/render_html.ts";
import { DESK, PHONE, press, type Served, served } from "./browse.ts";
import { launchBrowser } from "./browser.ts";
import { lettersOf, ORDINARY } from "./sample_letters.ts";
import type { Chapter } from "./test_site.ts";

const DOCS = new URL("../../docs/", import.meta.url);
const SIGNED = new URL("../fixtures/pdf/signed-lta-renewed.pdf", import.meta.url);
const MAX_BYTES = 60_000;

/** A picture: how wide the window is, from which chapter on, and how to come to what it shows. */
type Shot = {
  readonly name: string;
  readonly chapter: Chapter;
  readonly look: BrowserContextOptions;
  readonly show: (page: Page, all: Served) => Promise<unknown>;
};

const requestOf = async ({ site, url }: Served) =>
  `${url}/c/${await site.link("request", { party: "Confirmer2" })}`;

async function openDocument(page: Page, all: Served): Promise<void> {
  await page.goto(await requestOf(all));
  await press(page, "利用規約に同意して書類を開く");
  await page.locator("[data-island=agree][data-ready]").waitFor();
  await page.waitForFunction(() =>
    (document.querySelector(".page img") as HTMLImageElement).naturalWidth > 0
  );
}

async function openDialog(page: Page, all: Served): Promise<void> {
  await openDocument(page, all);
  await press(page, "書類の内容に同意");
  await page.getByRole("dialog").waitFor();
}

async function agree(page: Page, all: Served): Promise<void> {
  await openDialog(page, all);
  await page.getByRole("checkbox").check();
  await press(page, "同意して確認完了");
  await page.waitForURL("**/done");
}

async function rejectForm(page: Page, { site, url }: Served): Promise<void> {
  await page.goto(`${url}/f/${await site.link("form")}`);
  await page.getByLabel("確認者１ メールアドレス").fill("ichiro.vendor.example.jp");
  await page.getByRole("button", { name: "この内容で提出する" }).click();
  await page.getByText("まだ提出できません").waitFor();
}

async function verify(page: Page, { url }: Served): Promise<void> {
  await page.goto(`${url}/verify`);
  const buffer = Buffer.from(await Deno.readFile(SIGNED));
  await page.setInputFiles("#pdf", { name: "契約書（締結済）.pdf", mimeType: "application/pdf", buffer });
  await press(page, "検証する");
  await page.getByRole("heading", { name: "検証結果" }).waitFor();
}

const DARK: BrowserContextOptions = { ...PHONE, colorScheme: "dark" };

const SHOTS: readonly Shot[] = [
  { name: "home", chapter: "opened", look: DESK, show: (page, { url }) => page.goto(url) },
  {
    name: "mail",
    chapter: "opened",
    look: PHONE,
    show: (page) => page.setContent(renderHtml(lettersOf(ORDINARY).request)),
  },
  {
    name: "terms",
    chapter: "asked",
    look: PHONE,
    show: async (page, all) => await page.goto(await requestOf(all)),
  },
  { name: "document", chapter: "asked", look: PHONE, show: openDocument },
  { name: "document-dark", chapter: "asked", look: DARK, show: openDocument },
  { name: "dialog", chapter: "asked", look: PHONE, show: openDialog },
  { name: "done", chapter: "asked", look: PHONE, show: agree },
  {
    name: "simple",
    chapter: "asked",
    look: { ...PHONE, javaScriptEnabled: false },
    show: async (page, all) => await page.goto((await requestOf(all)).replace("/c/", "/s/")),
  },
  { name: "form", chapter: "opened", look: PHONE, show: rejectForm },
  {
    name: "officer",
    chapter: "asked",
    look: DESK,
    show: async (page, { site, url }) => await page.goto(`${url}/o/${await site.link("officer")}`),
  },
  { name: "verify", chapter: "opened", look: DESK, show: verify },
  { name: "help", chapter: "opened", look: DESK, show: (page, { url }) => page.goto(`${url}/help`) },
];

/** What is in the window, as WebP. */
async function webp(page: Page): Promise<Uint8Array> {
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 75 });
  return Buffer.from(data, "base64");
}

async function take(browser: Browser, { name, chapter, look, show }: Shot): Promise<void> {
  await served(chapter, async (all) => {
    const context = await browser.newContext({ locale: "ja-JP", reducedMotion: "reduce", ...look });
    const page = await context.newPage();
    await show(page, all);
    const bytes = await webp(page);
    if (bytes.length > MAX_BYTES) throw new RangeError(`Cannot keep ${name}: ${bytes.length} bytes`);
    await Deno.writeFile(new URL(`${name}.webp`, DOCS), bytes);
    console.log(`docs/${name}.webp ${bytes.length} bytes`);
    await context.close();
  });
}

if (import.meta.main) {
  await Deno.mkdir(DOCS, { recursive: true });
  const browser = await launchBrowser();
  for (const shot of SHOTS) await take(browser, shot);
  await browser.close();
}
