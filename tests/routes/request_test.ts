import {
  deepStrictEqual as deepEqual,
  match,
  notStrictEqual as notEqual,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { withdraw } from "../../lib/flows/officer_acts.ts";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { seededChance } from "../support/seeded_chance.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { openedLink } from "../support/put_case.ts";
import { minute, OFFICER } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const partyIn = async (site: TestSite) => {
  const state = (await readCase(site.world.store, site.number))!.value;
  return state.parties[0]!;
};

async function asked(facts: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite("asked", facts);
  const token = await site.link("request", { party: "Confirmer2" });
  return { site, token, visitor: new Visitor(site.app) };
}

async function agreeBy(visitor: Visitor, token: string, base = "/c"): Promise<Response> {
  const path = `${base}/${token}`;
  await visitor.post(path, `${path}/open`);
  const page = base === "/c" ? `${path}/confirm` : `${path}/document`;
  const html = await (await visitor.send(page)).text();
  const documents = /name="documents" value="([^"]*)"/.exec(html)?.[1] ?? "";
  return await visitor.post(page, `${path}/agree`, { documents, read: "yes" });
}

for (const base of ["/c", "/s"] as const) {
  Deno.test(`${base}: terms, document, agreement, done; pressed twice shows the same`, async () => {
    const { site, token, visitor } = await asked();
    const path = `${base}/${token}`;
    const terms = await visitor.send(path);
    equal(terms.status, 200);
    match(await terms.text(), /利用規約に同意して書類を開く/);
    const opened = await visitor.post(path, `${path}/open`);
    deepEqual([opened.status, opened.headers.get("location")], [303, `${path}/document`]);
    equal((await visitor.send(`${path}/document`)).status, 200);
    for (const _ of ["first", "second"]) {
      const agreed = await agreeBy(visitor, token, base);
      if (_ === "first") deepEqual([agreed.status, agreed.headers.get("location")], [303, `${path}/done`]);
    }
    match(await (await visitor.send(`${path}/done`)).text(), /確認が完了しました/);
    notEqual((await partyIn(site)).agreedAt, null);
  });
}

Deno.test("the document's page leads on by a form with a button, for programs and browsers without scripts", async () => {
  const { token, visitor } = await asked();
  const path = `/c/${token}`;
  await visitor.post(path, `${path}/open`);
  const html = await (await visitor.send(`${path}/document`)).text();
  const form = new RegExp(
    `<form method="get" action="${path}/confirm"[^>]*><button[^>]* type="submit"[^>]*>書類の内容に同意</button></form>`,
  );
  match(html, form);
  match(await (await visitor.send(`${path}/confirm?`)).text(), /同意して確認完了/);
});

Deno.test("GET and HEAD change nothing, whatever they ask for", async () => {
  const { site, token, visitor } = await asked();
  const before = (await readCase(site.world.store, site.number))!.version;
  for (const method of ["GET", "HEAD"]) {
    for (
      const rest of ["", "/document", "/confirm", "/open", "/agree", "/decline", "/documents/1.pdf", "/done"]
    ) {
      await (await visitor.send(`/c/${token}${rest}`, { method })).body?.cancel();
    }
  }
  equal((await readCase(site.world.store, site.number))!.version, before);
});

Deno.test("a form without its field is refused, without its cookie shown again and then taken", async () => {
  const { site, token, visitor } = await asked();
  const action = `/c/${token}/open`;
  equal((await visitor.send(action, { method: "POST", body: new URLSearchParams() })).status, 403);
  equal((await partyIn(site)).viewedAt, null);
  const guard = await visitor.guard(`/c/${token}`, action);
  visitor.forget();
  const again = await visitor.send(action, { method: "POST", body: new URLSearchParams({ guard }) });
  const html = await again.text();
  match(html, /もう一度、ボタンを押してください/);
  equal((await partyIn(site)).viewedAt, null);
  const second = /name="guard" value="([^"]*)"/.exec(html)?.[1] ?? "";
  const taken = await visitor.send(action, { method: "POST", body: new URLSearchParams({ guard: second }) });
  equal(taken.status, 303);
});

Deno.test("a field of another step, another link or another time is not taken", async () => {
  const { site, token, visitor } = await asked();
  const other = await site.link("request", { party: "Confirmer2" });
  const guard = await visitor.guard(`/c/${token}`, `/c/${token}/open`);
  const post = (action: string) =>
    visitor.send(action, { method: "POST", body: new URLSearchParams({ guard }) });
  equal((await post(`/c/${other}/open`)).status, 403);
  equal((await post(`/c/${token}/decline`)).status, 403);
  const crossSite = { "sec-fetch-site": "cross-site" };
  const body = new URLSearchParams({ guard });
  equal((await visitor.send(`/c/${token}/open`, { method: "POST", body, headers: crossSite })).status, 403);
  site.clock.advance(13 * 3_600_000);
  match(await (await post(`/c/${token}/open`)).text(), /もう一度、ボタンを押してください/);
});

Deno.test("the last button asks for its tick", async () => {
  const { site, token, visitor } = await asked();
  await visitor.post(`/c/${token}`, `/c/${token}/open`);
  const page = `/c/${token}/confirm`;
  equal((await visitor.post(page, `/c/${token}/agree`, { documents: "x" })).status, 400);
  equal((await visitor.post(page, `/c/${token}/agree`, { documents: "x", read: "yes" })).status, 409);
  equal((await partyIn(site)).agreedAt, null);
});

Deno.test("declining needs a reason, stops the flow, and is refused after agreeing", async () => {
  const { token, visitor } = await asked();
  const path = `/c/${token}`;
  await visitor.post(path, `${path}/open`);
  equal((await visitor.post(`${path}/decline`, `${path}/decline`)).status, 400);
  const guard = await visitor.guard(`${path}/decline`, `${path}/decline`);
  await agreeBy(visitor, token);
  const body = new URLSearchParams({ guard, kind: "その他" });
  equal((await visitor.send(`${path}/decline`, { method: "POST", body })).status, 409);
});

Deno.test("agreeing after the officer withdrew is a conflict, opening the link again finds it gone", async () => {
  const { site, token, visitor } = await asked();
  const path = `/c/${token}`;
  await visitor.post(path, `${path}/open`);
  const guard = await visitor.guard(`${path}/confirm`, `${path}/agree`);
  const officer = { purpose: "officer", address: OFFICER.address } as const;
  const opened = await openedLink(site.world.store, site.number, officer);
  await withdraw(site.world, opened, "金額の誤り");
  const body = new URLSearchParams({ guard, documents: "x", read: "yes" });
  const late = await visitor.send(`${path}/agree`, { method: "POST", body });
  equal(late.status, 409);
  match(await late.text(), /取り消されました/);
  equal((await visitor.send(path)).status, 410);
});

Deno.test("nothing of the contract is shown before the access code; five wrong ones lock", async () => {
  const accessCode = await hashAccessCode(keyringOf(new Uint8Array(32).fill(7)), seededChance(), "ひみつ123");
  const { token, visitor } = await asked({ accessCode });
  const path = `/c/${token}`;
  for (const rest of ["", "/done"]) {
    const html = await (await visitor.send(path + rest)).text();
    match(html, /アクセスコードを入力してください/);
    ok(!/文書管理システム|見本 二郎|株式会社見本/.test(html));
  }
  for (const rest of ["/document", "/documents/1.pdf", "/documents/1/pages/1.png", "/documents/1/text"]) {
    equal((await visitor.send(path + rest)).status, 303);
  }
  const wrong = await visitor.post(path, `${path}/code`, { code: "wrong" });
  equal(wrong.status, 403);
  match(await wrong.text(), /あと4回/);
  equal((await visitor.post(path, `${path}/code`, { code: "ひみつ123" })).status, 303);
  match(await (await visitor.send(path)).text(), /文書管理システム/);
  visitor.forget();
  for (let tries = 0; tries < 4; tries++) await visitor.post(path, `${path}/code`, { code: "wrong" });
  const locked = await visitor.send(path);
  equal(locked.status, 403);
  match(await locked.text(), /入力を停止しています/);
});

Deno.test("an expired link says so and asks the officer for a new one", async () => {
  const { site, token, visitor } = await asked();
  site.clock.set(minute(31 + 10 * 24 * 60));
  const path = `/c/${token}`;
  const expired = await visitor.send(path);
  equal(expired.status, 410);
  match(await expired.text(), /新しいリンクを請求する/);
  equal((await visitor.post(path, `${path}/renew`)).status, 303);
  match(await (await visitor.send(`${path}/renew/sent`)).text(), /担当課に知らせました/);
});

Deno.test("names and titles of a hostile form stay text", async () => {
  const title = `"><script>alert(1)</script>'&`;
  const { token, visitor } = await asked({ title });
  const path = `/c/${token}`;
  await visitor.post(path, `${path}/open`);
  for (const page of ["", "/document", "/confirm"]) {
    const html = await (await visitor.send(path + page)).text();
    ok(!html.includes("<script>alert"), page);
    ok(html.includes("&lt;script"), page);
  }
});
