import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { served } from "../support/browse.ts";
import { inkIn, readPng } from "../support/png_image.ts";
import { Firefox } from "./firefox.ts";

/** Where pictures go, for whoever wants to look at them; nowhere unless named. */
const PICTURES = Deno.env.get("WARIFU_PICTURES");

/** Keeps a picture where one is wanted. It is never a page without anything on it. */
async function picture(firefox: Firefox, name: string): Promise<void> {
  await firefox.until("document.getAnimations().every(({ playState }) => playState === 'finished')");
  const png = await firefox.picture();
  ok(inkIn(readPng(png)) > 0.002, name);
  if (PICTURES) await Deno.writeFile(`${PICTURES}/${name}.png`, png);
}

const AT = "location.pathname.split('/').at(-1)";
const DRAWN = "[...document.images].slice(0, 1).every((image) => image.complete && image.naturalWidth > 0)";

async function agreeNormally(firefox: Firefox, url: string): Promise<void> {
  await firefox.open(url);
  await picture(firefox, "firefox-1-terms");
  await firefox.press("利用規約に同意して書類を開く");
  await firefox.until(`${AT} === "document" && document.querySelector("[data-island=agree][data-ready]")`);
  await firefox.until(DRAWN);
  await picture(firefox, "firefox-2-document");
  await firefox.press("書類の内容に同意");
  await firefox.until(`document.querySelector("dialog").open`);
  await picture(firefox, "firefox-3-dialog");
  await firefox.press("書類の内容を確認しました");
  await firefox.press("同意して確認完了");
  await firefox.until(`${AT} === "done"`);
  await picture(firefox, "firefox-4-done");
}

async function agreeSimply(firefox: Firefox, url: string): Promise<void> {
  await firefox.open(url);
  await picture(firefox, "firefox-simple-1-terms");
  await firefox.press("利用規約に同意して書類を開く");
  await firefox.until(`${AT} === "document" && ${DRAWN}`);
  await picture(firefox, "firefox-simple-2-document");
  await firefox.press("書類の内容を確認しました");
  await firefox.press("同意して確認完了");
  await firefox.until(`${AT} === "done"`);
  await picture(firefox, "firefox-simple-3-done");
}

Deno.test("Firefox ESR: a person agrees, in both views, and no page complains or scrolls sideways", async () => {
  const profile = await Deno.makeTempDir({ prefix: "warifu-firefox-" });
  const firefox = await Firefox.start(profile);
  try {
    await firefox.size(412, 840);
    for (const [base, agree] of [["c", agreeNormally], ["s", agreeSimply]] as const) {
      await served("asked", async ({ site, url }) => {
        const token = await site.link("request", { party: "Confirmer2" });
        await agree(firefox, `${url}/${base}/${token}`);
        equal(await firefox.value("document.documentElement.scrollWidth <= innerWidth"), true);
        const state = (await readCase(site.world.store, site.number))?.value;
        ok(state?.parties.find(({ id }) => id === "Confirmer2")?.agreedAt, base);
        await firefox.open("about:blank");
      });
    }
    deepEqual(firefox.complaints, []);
  } finally {
    await firefox.close();
    await Deno.remove(profile, { recursive: true });
  }
});
