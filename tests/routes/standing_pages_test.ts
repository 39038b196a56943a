/**
 * Pages of a link that does not lead on say what happened and offer what helps; the others say how far the case is.
 *
 * @module
 */
import { match, ok, strictEqual as equal } from "node:assert/strict";
import { withdraw } from "../../lib/flows/officer_acts.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { openedLink } from "../support/put_case.ts";
import { OFFICER } from "../support/sample_case.ts";
import { seededChance } from "../support/seeded_chance.ts";
import { testSite, Visitor } from "../support/test_site.ts";

const DAY_MS = 86_400_000;

async function asked(facts: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite("asked", facts);
  const token = await site.link("request", { party: "Confirmer2" });
  const visitor = new Visitor(site.app);
  const page = async (rest = "") => {
    const answer = await visitor.send(`/c/${token}${rest}`);
    return { status: answer.status, html: await answer.text() };
  };
  return { site, token, visitor, page };
}

Deno.test("the document page tells who has agreed and who is next, by name alone", async () => {
  for (const base of ["c", "s"]) {
    const { token, visitor } = await asked();
    await visitor.post(`/${base}/${token}`, `/${base}/${token}/open`);
    const html = await (await visitor.send(`/${base}/${token}/document`)).text();
    const card = html.slice(html.indexOf("確認の状況"));
    match(card, /aria-current="step"><b>見本 二郎 様（あなた）/);
    match(card, /見本 一郎 様.*順番待ち.*会計 花子 様.*順番待ち/s);
    equal(/ichiro@|approver@/.test(html), false);
  }
});

Deno.test("after 契約日 the officer can still be asked, and the page says that nothing else goes on", async () => {
  const { site, token, visitor, page } = await asked();
  await visitor.post(`/c/${token}`, `/c/${token}/open`);
  site.clock.advance(8 * DAY_MS);
  const closed = await page();
  equal(closed.status, 409);
  match(closed.html, /契約日を過ぎています.*質問・日程の相談.*確認の状況.*000-000-0001.*R8-000123/s);
  const sent = await visitor.post(`/c/${token}/question`, `/c/${token}/question`, {
    question: "延ばせますか。",
  });
  equal(sent.headers.get("location"), `/c/${token}/question/sent`);
  equal((await page("/question/sent")).html.includes("手続きは止まっていません"), false);
});

Deno.test("a withdrawn request tells whom to ask", async () => {
  const { site, page } = await asked();
  const link = await openedLink(site.world.store, site.number, {
    purpose: "officer",
    address: OFFICER.address,
  });
  await withdraw(site.world, link, "誤送信のため");
  const { status, html } = await page();
  equal(status, 410);
  match(html, /取り消されました.*見本県 会計局会計管理課.*href="tel:0000000001"/s);
});

Deno.test("before the access code nothing of the case is told, not even its number", async () => {
  const accessCode = await hashAccessCode(
    keyringOf(new Uint8Array(32).fill(7)),
    seededChance(),
    "hinoki-4821",
  );
  const { site, page } = await asked({ accessCode });
  const code = await page();
  site.clock.advance(11 * DAY_MS);
  const ended = await page();
  equal(ended.status, 410);
  match(ended.html, /新しいリンクを請求する.*会計局会計管理課/s);
  for (const { html } of [code, ended]) {
    ok(!/R8-000123|文書管理システム|見本 [一二]郎|確認の状況/.test(html));
  }
});

Deno.test("the first page tells how long there is", async () => {
  const { site, page } = await asked();
  match((await page()).html, /まで（あと9日）/);
  site.clock.advance(9 * DAY_MS);
  match((await page()).html, /契約日を過ぎています/);
});
