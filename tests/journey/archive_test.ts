import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { readHistory } from "../../lib/flows/case_records.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { PlainBrowser } from "../../lib/tasks/plain_browser.ts";
import { linkIn } from "../../lib/tasks/mailbox_client.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const JIRO = "jiro@vendor.example.jp";
const PARTIES = [JIRO, "ichiro@vendor.example.jp", "approver@pref.example.lg.jp"];
const OFFICER = "officer@pref.example.lg.jp";
const STRANGER = "someone@other.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";

type Place = TestWorld & {
  readonly number: string;
  readonly get: (path: string) => Promise<Response>;
  /** The path of the first link of a page in the newest letter to someone. */
  readonly linkTo: (to: string, kind: string, page: string) => Promise<string>;
};

/** The service with a contract that all have agreed to, and its pages at their address. */
async function afterConclusion(play: (place: Place) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  const assets = await buildPages();
  const app = makeApp(service.world, { assets, trustedProxies: [], ready: () => Promise.resolve([]) });
  try {
    const number = await sendSample(service);
    await reindex(service.world.store, service.world.keys);
    await service.drain();
    for (const address of PARTIES) {
      await agreeThrough(service, address);
      await service.drain();
    }
    await play({
      ...service,
      number,
      get: async (path) => await app.request(path),
      async linkTo(to, kind, page) {
        const { pathname, search } = new URL(linkIn((await service.mailTo(to, kind)).mail.text, page));
        return pathname + search;
      },
    });
  } finally {
    await service.close();
  }
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

Deno.test("R37 who lost the PDFs writes 検索: a link, the list, one contract, and all of it as CSV and ZIP", () =>
  afterConclusion(async ({ post, get, linkTo, mailTo, number, world }) => {
    const sent = new Map(
      (await mailTo(JIRO, "completion")).mail.attachments.map(({ filename, parts }) => [filename, parts]),
    );
    await post({ from: JIRO, to: BOT, subject: "検索 文書管理", text: "" });
    const list = await linkTo(JIRO, "documents-link", "/documents/");
    match(list, /\?q=%E6%96%87/);
    const html = await (await get(list)).text();
    match(html, /value="文書管理"/);
    match(
      html,
      new RegExp(`文書管理システム保守業務委託.*${number}・株式会社見本・契約日 令和8年12月1日`, "s"),
    );

    const [path = ""] = list.split("?");
    const page = await (await get(`${path}/${number}`)).text();
    match(page, /契約金額.*1,200,000円.*<img src="[^"]+\/documents\/1\/pages\/1\.png/s);
    const image = await get(`${path}/${number}/documents/1/pages/1.png?w=828`);
    match(image.headers.get("content-type") ?? "", /^image\//);
    await image.body?.cancel();

    const executed = await (await get(`${path}/${number}/1.pdf`)).bytes();
    const csv = await (await get(`${path}/list.csv`)).text();
    ok(csv.includes(hashOf(executed)));
    const files = unzipSync(await (await get(`${path}/list.zip`)).bytes());
    equal(Object.keys(files).length, sent.size + 1);
    const hashes = strFromU8(files["ファイルの一覧.csv"]!).split("\r\n").slice(1, -1)
      .map((line) => line.split(",").slice(0, 2));
    deepEqual(hashes, Object.entries(files).slice(0, -1).map(([name, bytes]) => [name, hashOf(bytes)]));
    for (const [name, bytes] of Object.entries(files).slice(0, -1)) {
      match(name, new RegExp(`^${number}_文書管理システム保守業務委託/`));
      const parts = sent.get(name.split("/")[1]!);
      ok(parts, name);
      const whole = await Promise.all(parts.map((part) => world.blobs.get(part)));
      equal(hashOf(await new Blob(whole).bytes()), hashOf(bytes));
    }
    const openings = (await readHistory(world.store, number)).flatMap(({ event }) =>
      event.did === "fileOpened" && event.who === JIRO ? [`${event.what} ${event.file}`] : []
    );
    deepEqual(openings, ["view 0", "download 0", "download all"]);
  }));

Deno.test("R37 whoever has no cases gets the same short letter and page, and nothing to save", () =>
  afterConclusion(async ({ post, get, linkTo, mailTo }) => {
    await post({ from: STRANGER, to: BOT, subject: "一覧", text: "" });
    await post({ from: JIRO, to: BOT, subject: "一覧", text: "" });
    const [own, none] = await Promise.all([JIRO, STRANGER].map((to) => mailTo(to, "documents-link")));
    equal(own?.mail.subject, none?.mail.subject);
    const path = await linkTo(STRANGER, "documents-link", "/documents/");
    const html = await (await get(path)).text();
    match(html, /該当する契約はありません/);
    doesNotMatch(html, /R8-|ZIP/);
    equal((await (await get(`${path}/list.csv`)).text()).split("\r\n").length, 2);
  }));

Deno.test("R38 an officer writes 一覧: the department's list, its cases, CSV with who agreed when, and ZIP", () =>
  afterConclusion(async ({ post, get, linkTo, number, clock }) => {
    await post({ from: OFFICER, to: BOT, subject: "一覧", text: "" });
    const list = await linkTo(OFFICER, "status", "/o/");
    match(list, /^\/o\/[\w-]{51}\/list$/);
    const html = await (await get(list)).text();
    match(html, new RegExp(`締結済み</span>.*${number}・株式会社見本`, "s"));
    const path = list.replace(/\/list$/, "");
    equal((await get(path)).status, 200);
    match(await (await get(`${path}/cases/${number}`)).text(), /全員に送りました/);
    match(
      await (await get(`${path}/list.csv?state=concluded`)).text(),
      /見本 二郎 <jiro@vendor\.example\.jp> 2026年/,
    );
    const files = unzipSync(await (await get(`${path}/list.zip`)).bytes());
    equal(Object.keys(files).length, 3);
    clock.advance(10 * 86_400_000);
    const ended = await get(path);
    equal(ended.status, 410);
    match(await ended.text(), /新しいリンクを請求する/);
  }));

Deno.test("the plain browser finds the list's buttons by their words", () =>
  afterConclusion(async ({ post, linkTo, world }) => {
    const assets = await buildPages();
    const app = makeApp(world, { assets, trustedProxies: [], ready: () => Promise.resolve([]) });
    const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, app.fetch);
    try {
      await post({ from: JIRO, to: BOT, subject: "一覧", text: "" });
      const browser = new PlainBrowser();
      await browser.open(
        `http://127.0.0.1:${server.addr.port}${await linkTo(JIRO, "documents-link", "/documents/")}`,
      );
      const page = await browser.press("検索", { q: "工事" });
      match(page.html, /該当する契約はありません/);
      await browser.press("検索", { q: "", from: "令和8年12月", party: "会計管理課" });
      match((await browser.press("CSV")).html, /文書管理システム保守業務委託/);
    } finally {
      await server.shutdown();
    }
  }));
