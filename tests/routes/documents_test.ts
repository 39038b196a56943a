import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import { linkSets, tokenFor } from "../../lib/link/link_token.ts";
import { START } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const JIRO = "jiro@vendor.example.jp";
const CONTACT = "jimu@vendor.example.jp";

async function siteWithIndex(chapter: Parameters<typeof testSite>[0] = "completed") {
  const site = await testSite(chapter);
  await reindex(site.world.store, site.world.keys);
  return { site, visitor: new Visitor(site.app) };
}

async function tokenOf(
  { world }: TestSite,
  address: string,
  expiresAt: string | null = null,
): Promise<string> {
  const id = address.padEnd(43, "x").replace(/[^A-Za-z0-9]/g, "_").slice(0, 43);
  const facts = { purpose: "documents", caseNumber: null, party: null, issue: null } as const;
  await world.store.commit({
    sets: linkSets(world.keys, { id, ...facts, address, issuedAt: START, expiresAt }),
  });
  return tokenFor(world.keys, id);
}

async function orders({ world }: TestSite) {
  const found: LetterOrder[] = [];
  for await (const { value } of world.store.list<DueEntry>({ prefix: ["due"] })) {
    found.push(value.payload as LetterOrder);
  }
  return found.map(({ letter, to }) => [letter, to]);
}

const ask = (visitor: Visitor, address: string) => visitor.post("/documents", "/documents", { address });

Deno.test("R37 the answer is the same for every address, and the link goes to that address only", async () => {
  const { site, visitor } = await siteWithIndex();
  const answers = [];
  for (const address of [JIRO, "nobody@other.example.jp"]) {
    const answer = await ask(visitor, address);
    answers.push([answer.status, answer.headers.get("location")]);
  }
  deepEqual(answers, [[303, "/documents/sent"], [303, "/documents/sent"]]);
  const sent = (await orders(site)).filter(([letter]) => letter === "documents-link");
  deepEqual(sent.sort(), [["documents-link", JIRO], ["documents-link", "nobody@other.example.jp"]]);
  match(await (await visitor.send("/documents/sent")).text(), /メールをご確認ください/);
});

Deno.test("R38 an officer who asks gets the department's list", async () => {
  const { site, visitor } = await siteWithIndex();
  await ask(visitor, "Officer@pref.example.lg.jp");
  ok((await orders(site)).some(([letter, to]) => letter === "status" && to === "Officer@pref.example.lg.jp"));
});

Deno.test("what is no address is asked for again; a form from elsewhere is refused", async () => {
  const { visitor } = await siteWithIndex();
  const answer = await ask(visitor, "見本");
  equal(answer.status, 400);
  match(await answer.text(), /メールアドレスの形になっていません/);
  const body = new URLSearchParams({ address: JIRO, guard: "x.y.z" });
  equal((await visitor.send("/documents", { method: "POST", body })).status, 403);
});

Deno.test("no address gets more than five a day, and no client asks without end", async () => {
  const { site, visitor } = await siteWithIndex();
  for (let n = 0; n < 7; n++) {
    equal((await ask(visitor, JIRO)).status, 303);
    site.clock.advance(61_000);
  }
  equal((await orders(site)).filter(([letter]) => letter === "documents-link").length, 5);
  let last = await ask(visitor, "a@other.example.jp");
  for (let n = 0; n < 20; n++) last = await ask(visitor, `a${n}@other.example.jp`);
  equal(last.status, 429);
  ok(Number(last.headers.get("retry-after")) > 0);
});

Deno.test("R37 behind the link are the contracts of its address, to be searched and saved", async () => {
  const { site, visitor } = await siteWithIndex();
  const path = `/documents/${await tokenOf(site, JIRO)}`;
  const html = await (await visitor.send(path)).text();
  match(html, /文書管理システム保守業務委託/);
  match(html, /業務委託契約書（締結済）\.pdf/);
  match(
    await (await visitor.send(`${path}?q=${encodeURIComponent("令和8年12月")}`)).text(),
    /文書管理システム/,
  );
  const none = await (await visitor.send(`${path}?q=%E5%B7%A5%E4%BA%8B`)).text();
  doesNotMatch(none, /文書管理システム/);
  match(none, /該当する契約はありません/);
  const file = await visitor.send(`${path}/${site.number}/1.pdf`);
  equal(file.status, 200);
  deepEqual(new Uint8Array(await file.arrayBuffer()).slice(0, site.pdf.length), site.pdf);
});

Deno.test("who does not get the executed contract can't save it; a stranger sees nothing", async () => {
  const { site, visitor } = await siteWithIndex();
  const contact = `/documents/${await tokenOf(site, CONTACT)}`;
  const html = await (await visitor.send(contact)).text();
  match(html, /文書管理システム/);
  doesNotMatch(html, /\.pdf/);
  equal((await visitor.send(`${contact}/${site.number}/1.pdf`)).status, 404);
  const stranger = `/documents/${await tokenOf(site, "someone@other.example.jp")}`;
  match(await (await visitor.send(stranger)).text(), /該当する契約はありません/);
  equal((await visitor.send(`${stranger}/${site.number}/1.pdf`)).status, 404);
  const running = await siteWithIndex("asked");
  const early = `/documents/${await tokenOf(running.site, JIRO)}/${running.site.number}/1.pdf`;
  equal((await running.visitor.send(early)).status, 404);
});

Deno.test("a link that has ended says so; one for something else opens nothing here", async () => {
  const { site, visitor } = await siteWithIndex();
  const ended = await visitor.send(`/documents/${await tokenOf(site, JIRO, START)}`);
  equal(ended.status, 410);
  match(await ended.text(), /href="\/documents"/);
  equal((await visitor.send(`/documents/${await site.link("download")}`)).status, 404);
  equal((await visitor.send(`/documents/${"A".repeat(51)}`)).status, 404);
});
