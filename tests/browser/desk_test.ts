import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import type { BrowserContextOptions, Page } from "playwright-core";
import { eventKey, readHistory } from "../../lib/flows/case_records.ts";
import { DESK, faultsOf, PHONE, picture, press, type Served, served, withPage } from "../support/browse.ts";
import { launchBrowser } from "../support/browser.ts";
import { listLink, type OneOfMany, putMany } from "../support/many_cases.ts";
import { OFFICER } from "../support/sample_case.ts";

const FORM_PDF = new URL("../fixtures/forms/P_A1_goods_2conf.pdf", import.meta.url);
const JIRO = "jiro@vendor.example.jp";

const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
  ["small", { ...PHONE, viewport: { width: 320, height: 640 } }],
  ["phone-dark", { ...PHONE, colorScheme: "dark" }],
  ["desk", DESK],
];

const CASES: readonly OneOfMany[] = [
  { count: 1, title: "庁舎清掃業務委託", completed: true, amount: 3_600_000 },
  { count: 2, title: "道路台帳測量業務", company: "北部測量設計株式会社" },
  {
    count: 3,
    title: "令和８年度北部地域における道路維持管理及び除雪業務（第１工区から第１２工区まで）一式委託",
    company: "株式会社北部建設コンサルタンツ・南部測量設計共同企業体",
    files: ["契約書.pdf", "覚書.pdf"],
    completed: true,
  },
];

/** Has the case's form come by a mail with a PDF, as the reader of the paper world takes it apart. */
async function putOriginal({ site: { world, number } }: Served): Promise<void> {
  const { sha256: blob, size } = await world.blobs.put(await Deno.readFile(FORM_PDF));
  const attachments = [{ filename: "電子契約同意書.pdf", contentType: "application/pdf", size, blob }];
  const raw = JSON.stringify({ text: "同意書をお送りします。", newText: "", attachments });
  const { sha256: mail } = await world.blobs.put(Buffer.from(raw));
  const [first] = await readHistory(world.store, number);
  const event = { ...first!.event, mail };
  await world.store.commit({ sets: [[eventKey(number, first!.seq), { ...first!, event }]] });
}

/** Waits for the images in sight, so that pictures show them. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    const images = [...document.querySelectorAll<HTMLImageElement>(".page img")].slice(0, 2);
    images.forEach((image) => image.loading = "eager");
    await Promise.all(images.map((image) => image.decode()));
  });

Deno.test({
  name: "the officer's pages and the lists in a real browser",
  // The browser's own handles outlive a test; it is closed at the end.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn(t) {
    const browser = await launchBrowser();
    const lookAt = async (pages: readonly (readonly [string, string])[]) => {
      for (const [look, options] of LOOKS) {
        await withPage(browser, { ...options, bypassCSP: true }, async (page) => {
          for (const [name, address] of pages) {
            await page.goto(address);
            await drawn(page);
            await picture(page, `${name}-${look}`);
            deepEqual(await faultsOf(page), [], `${look} ${name}`);
          }
        });
      }
    };
    try {
      await t.step(
        "a draft with its first pages, the form as it came beside what was read: no page has a fault",
        () =>
          served("drafted", async (all) => {
            await putOriginal(all);
            const path = `${all.url}/o/${await all.site.link("officer")}`;
            await lookAt([
              ["draft", path],
              ["form", `${path}/form`],
              ["view", `${path}/view`],
              ["view-text", `${path}/view?text=1`],
            ]);
          }),
      );
      await t.step("the lists: no page has a fault", () =>
        served("completed", async ({ site, url }) => {
          await putMany(site.world, CASES);
          const list = `${url}/o/${await listLink(site.world, "officer", OFFICER.address)}`;
          const own = `${url}/documents/${await listLink(site.world, "documents", JIRO)}`;
          await lookAt([
            ["list", `${list}/list?state=open&from=%E6%9D%A5%E9%80%B1`],
            ["list-case", `${list}/cases/${site.number}`],
            ["own", own],
            ["own-contract", `${own}/${site.number}`],
          ]);
        }));
      await t.step(
        "a draft is read and sent on a phone; then the link is this browser's alone",
        () =>
          served("drafted", async (all) => {
            await putOriginal(all);
            const address = `${all.url}/o/${await all.site.link("officer")}`;
            await withPage(browser, PHONE, async (page) => {
              await page.goto(address);
              await page.getByRole("link", { name: /すべてのページを読む/ }).click();
              equal(await page.locator(".page img").count(), 6);
              await page.getByRole("link", { name: "文字だけで読む" }).click();
              await page.getByRole("heading", { name: "4ページ" }).waitFor();
              await page.getByRole("link", { name: "案件のページに戻る" }).click();
              await page.getByRole("checkbox").check();
              await press(page, "この内容で送信する");
              await page.getByText("確認依頼中", { exact: true }).waitFor();
              await page.reload();
              await page.getByText("確認依頼中", { exact: true }).waitFor();
            });
            await withPage(browser, PHONE, async (page) => {
              await page.goto(address);
              await page.getByRole("heading", { name: "このブラウザーでは開けません" }).waitFor();
              await picture(page, "elsewhere-phone");
              deepEqual(await faultsOf(page).catch(() => []), []);
              await press(page, "新しいリンクを請求する");
              await page.getByRole("heading", { name: "新しいリンクをお送りします" }).waitFor();
            });
          }),
      );
      await t.step(
        "without JavaScript a list is searched and saved",
        () =>
          served("completed", async ({ site, url }) => {
            await putMany(site.world, CASES);
            const own = `${url}/documents/${await listLink(site.world, "documents", JIRO)}`;
            await withPage(browser, { ...DESK, javaScriptEnabled: false }, async (page) => {
              await page.goto(own);
              await page.getByText("契約日・契約金額・相手方で絞り込む").click();
              await page.getByLabel("この金額から").fill("３００万円");
              await press(page, "検索");
              equal(await page.locator(".list > li").count(), 1);
              for (
                const [name, beginning] of [["CSV", "\uFEFF案件番号,"], ["ZIP", "PK\u0003\u0004"]] as const
              ) {
                const [saved] = await Promise.all([
                  page.waitForEvent("download"),
                  page.getByRole("link", { name, exact: true }).click(),
                ]);
                const pieces: Uint8Array[] = [];
                for await (const piece of await saved.createReadStream()) pieces.push(piece as Uint8Array);
                ok(Buffer.concat(pieces).toString().startsWith(beginning), name);
              }
            });
          }),
      );
    } finally {
      await browser.close();
    }
  },
});
