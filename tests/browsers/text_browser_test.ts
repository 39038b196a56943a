import { match, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { served } from "../support/browse.ts";
import { TextBrowser } from "./text_browser.ts";

Deno.test("w3m: a person reads, ticks and agrees in the 簡易表示版", async () => {
  const home = await Deno.makeTempDir({ prefix: "warifu-w3m-" });
  try {
    await served("asked", async ({ site, url }) => {
      const token = await site.link("request", { party: "Confirmer2" });
      const browser = new TextBrowser(`${url}/s/${token}`, home);
      try {
        match(
          await browser.shows("契約書類が届いています"),
          /この時点では、まだ契約に同意したことにはなりません/,
        );
        await browser.press("利用規約に同意して書類を開く");
        const document = await browser.shows("書類を確認する");
        match(document, /PDFを開く（業務委託契約書\.pdf、6ページ）/);
        await browser.press("文字だけで読む");
        match(await browser.shows("1ページ"), /業務委託契約書/);
        await browser.press("書類に戻る");
        await browser.shows("書類を確認する");
        await browser.tick("書類の内容を確認しました");
        await browser.press("同意して確認完了");
        match(await browser.shows("確認が完了しました"), /同意した日時/);
      } finally {
        await browser.close();
      }
      const state = (await readCase(site.world.store, site.number))?.value;
      equal(state?.parties.find(({ id }) => id === "Confirmer2")?.authentication, "mail");
      ok(state?.parties.find(({ id }) => id === "Confirmer2")?.agreedAt);
    });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
