import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { unzipSync } from "fflate";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { headKey, readCase, readHistory } from "../../lib/flows/case_records.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import { listLink, numberOf, type OneOfMany, putMany } from "../support/many_cases.ts";
import { OFFICER } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const MAX_HTML = 30_000;

async function officerList(cases: readonly OneOfMany[], address = OFFICER.address) {
  const site = await testSite("opened");
  await site.world.store.commit({ deletes: [headKey(site.number)] });
  await putMany(site.world, cases);
  const path = `/o/${await listLink(site.world, "officer", address)}`;
  const visitor = new Visitor(site.app);
  const look = async (below = "") => await (await visitor.send(path + below)).text();
  return { site, path, visitor, look };
}

const numbersIn = (html: string): string[] => [...new Set(html.match(/R8-\d{6}(?=・)/g))];

/** Gives the departments of an officer by id to someone. */
function appoint(site: TestSite, address: string, ids: readonly string[]): void {
  const departments = site.world.settings.departments.map((each) => ({
    ...each,
    officers: ids.includes(each.id) ? [{ name: "兼務 次郎", email: address }] : [],
  }));
  Object.assign(site.world, { settings: { ...site.world.settings, departments } });
}

Deno.test("R38 the list shows the own departments' cases with state, what waits for whom and since when", async () => {
  const { look, site } = await officerList([
    { count: 1, completed: true },
    { count: 2, title: "道路測量業務" },
    { count: 3, departmentId: "doboku" },
  ]);
  site.clock.advance(3 * 86_400_000);
  const html = await look();
  deepEqual(numbersIn(html), [numberOf(2), numberOf(1)]);
  match(html, /道路測量業務<\/b> <span class="tag ?">確認依頼中/);
  match(html, /書類に電子署名を付与しています[^<]* 受付から3日/);
  match(html, /契約日 令和8年12月1日（火）・1,200,000円/);
  equal(await look("/list"), html);
});

Deno.test("R38 an officer of several departments sees all of theirs in one order, page by page", async () => {
  const departmentIds = ["bukken", "doboku", "zaisan"];
  const title = "令和８年度北部地域における道路維持管理及び除雪業務（第１工区から第１２工区まで）一式委託";
  const { look, site } = await officerList(
    Array.from({ length: 60 }, (_, index) => ({
      count: index + 1,
      title,
      company: "株式会社北部建設コンサルタンツ・南部測量設計共同企業体",
      departmentId: departmentIds[index % 3]!,
    })),
  );
  appoint(site, OFFICER.address, ["bukken", "doboku"]);
  const seen: string[] = [];
  for (let below = "/list"; below !== "";) {
    const html = await look(below);
    ok(new TextEncoder().encode(html).length <= MAX_HTML, `${new TextEncoder().encode(html).length} bytes`);
    seen.push(...numbersIn(html));
    below = (/href="[^"]*?(\/list\?after=[^"]+)">次のページへ/.exec(html)?.[1] ?? "").replaceAll(
      "&amp;",
      "&",
    );
  }
  const counts = Array.from({ length: 60 }, (_, index) => index + 1).filter((count) => count % 3 !== 0);
  deepEqual(seen, counts.map(numberOf).toReversed());
});

Deno.test("R38 cases are narrowed down by their state, together with all else", async () => {
  const { look } = await officerList([{ count: 1, completed: true }, { count: 2 }, { count: 3, amount: 1 }]);
  const finds = async (search: Record<string, string>) =>
    numbersIn(await look(`/list?${new URLSearchParams(search)}`));
  deepEqual(await finds({ state: "concluded" }), [numberOf(1)]);
  deepEqual(await finds({ state: "open" }), [numberOf(3), numberOf(2)]);
  deepEqual(await finds({ state: "circulating", max: "10円" }), [numberOf(3)]);
  deepEqual(await finds({ state: "over" }), []);
  match(await look("/list?state=open"), /<option +value="open" selected/);
});

Deno.test("R38 each row opens its case, on which everything can be done; the link then belongs to this browser", async () => {
  const { site, path, visitor, look } = await officerList([{ count: 1 }, {
    count: 2,
    departmentId: "doboku",
  }]);
  const page = `${path}/cases/${numberOf(1)}`;
  match(await look(), new RegExp(`<a class="row" href="${page}"`));
  const html = await look(`/cases/${numberOf(1)}`);
  match(html, new RegExp(`<a class="link" href="${path}">案件の一覧`));
  equal((await visitor.post(page, `${page}/withdraw`, { reason: "取りやめのため" })).status, 303);
  equal((await readCase(site.world.store, numberOf(1)))!.value.phase, "withdrawn");
  equal((await new Visitor(site.app).send(path)).status, 403);
  for (const number of [numberOf(2), numberOf(99)]) {
    equal((await visitor.send(`${path}/cases/${number}`)).status, 404);
  }
});

Deno.test("R38 CSV and ZIP are of the own departments; who took the files stands in the history", async () => {
  const { site, path, visitor } = await officerList([
    { count: 1, completed: true },
    { count: 2 },
    { count: 3, departmentId: "doboku", completed: true },
  ]);
  const csv = await (await visitor.send(`${path}/list.csv`)).text();
  const records = csv.split("\r\n").filter((line) => line.startsWith("R8-"));
  equal(records.length, 2);
  match(csv, /待っている相手,所属,担当者/);
  match(csv, /会計局会計管理課,契約 太郎,事務 三郎 <jimu@vendor\.example\.jp>/);
  match(csv, /見本 二郎 <jiro@vendor\.example\.jp> 2026年11月24日 10:01:00 JST/);
  const files = unzipSync(await (await visitor.send(`${path}/list.zip`)).bytes());
  deepEqual(Object.keys(files), [
    "R8-000001_契約その1/契約書（締結済）.pdf",
    "ファイルの一覧.csv",
  ]);
  const { event } = (await readHistory(site.world.store, numberOf(1))).at(-1)!;
  deepEqual(event.did === "fileOpened" && [event.who, event.as], [OFFICER.address, "officer"]);
});

Deno.test("behind the link of one case there is no list: its link is mailed to the officer", async () => {
  const { site, visitor } = await officerList([{ count: 1 }]);
  const single = await testSite("asked");
  const path = `/o/${await single.link("officer")}`;
  const own = new Visitor(single.app);
  match(await (await own.send(path)).text(), new RegExp(`href="${path}/list">案件の一覧`));
  for (const below of ["/list.csv", "/list.zip", `/cases/${numberOf(1)}`]) {
    equal((await own.send(path + below)).status, 404, below);
  }
  const asked = await own.post(`${path}/list`, `${path}/list`);
  equal(asked.status, 303);
  match(await (await own.send(asked.headers.get("location") ?? "")).text(), /登録されている担当者の/);
  const orders: LetterOrder[] = [];
  for await (const { value } of single.world.store.list<DueEntry>({ prefix: ["due"] })) {
    orders.push(value.payload as LetterOrder);
  }
  ok(orders.some(({ letter, to }) => letter === "status" && to === OFFICER.address));
  equal((await visitor.send(`/o/${await site.link("download")}`)).status, 404);
});

Deno.test("who is no officer any more sees no list; one who moved sees the new department's", async () => {
  const { site, look, path, visitor } = await officerList([{ count: 1 }, {
    count: 2,
    departmentId: "zaisan",
  }]);
  appoint(site, OFFICER.address, ["zaisan"]);
  deepEqual(numbersIn(await look()), [numberOf(2)]);
  equal((await visitor.send(`${path}/cases/${numberOf(1)}`)).status, 404);
  appoint(site, "other@pref.example.lg.jp", ["zaisan"]);
  for (const below of ["", "/list", "/list.csv", "/list.zip", `/cases/${numberOf(2)}`]) {
    equal((await visitor.send(path + below)).status, 404, below);
  }
  doesNotMatch(await look(), /R8-/);
});
