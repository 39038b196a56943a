import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { createHash } from "node:crypto";
import { strFromU8, unzipSync } from "fflate";
import { headKey, readHistory } from "../../lib/flows/case_records.ts";
import { contentOf, listLink, numberOf, type OneOfMany, putMany } from "../support/many_cases.ts";
import { testSite, Visitor } from "../support/test_site.ts";

const JIRO = "jiro@vendor.example.jp";
const JIMU = "jimu@vendor.example.jp";
const MAX_HTML = 30_000;

async function ownList(cases: readonly OneOfMany[], address = JIRO) {
  const site = await testSite("opened");
  await site.world.store.commit({ deletes: [headKey(site.number)] });
  await putMany(site.world, cases);
  const path = `/documents/${await listLink(site.world, "documents", address)}`;
  const visitor = new Visitor(site.app);
  const look = async (below = "") => await (await visitor.send(path + below)).text();
  return { site, path, visitor, look };
}

const several = (most: number, facts: Partial<OneOfMany> = {}): OneOfMany[] =>
  Array.from({ length: most }, (_, index) => ({ count: index + 1, completed: true, ...facts }));

const numbersIn = (html: string): string[] => [...new Set(html.match(/R8-\d{6}(?=・)/g))];

const LONG = "令和８年度北部地域における道路維持管理及び除雪業務（第１工区から第１２工区まで）一式委託";

Deno.test("R37 the list goes on page by page, newest first, each page within its size", async () => {
  const company = "株式会社北部建設コンサルタンツ・南部測量設計共同企業体";
  const { look } = await ownList(
    several(33, { title: LONG, company, files: ["仕様書つき業務委託契約書.pdf", "覚書.pdf"] }),
  );
  const seen: string[] = [];
  let below = "";
  for (let pages = 0; pages < 3; pages++) {
    const html = await look(below);
    ok(new TextEncoder().encode(html).length <= MAX_HTML, `${html.length} characters`);
    seen.push(...numbersIn(html));
    below = (/href="[^"]*?(\?after=[^"]+)">次のページへ/.exec(html)?.[1] ?? "").replaceAll("&amp;", "&");
    equal(below === "", pages === 2);
  }
  deepEqual(seen, several(33).map(({ count }) => numberOf(count)).toReversed());
});

Deno.test("R37 contracts are found by words, 契約日 and 契約金額 from–to, 相手方, and all of these together", async () => {
  const { look } = await ownList([
    { count: 1, title: "庁舎清掃業務", contractDate: "2026-04-01", amount: 500_000 },
    {
      count: 2,
      title: "庁舎警備業務",
      contractDate: "2026-12-01",
      amount: 3_000_000,
      company: "南警備株式会社",
    },
    {
      count: 3,
      title: "道路測量業務",
      contractDate: "2027-03-31",
      amount: 12_000_000,
      departmentId: "doboku",
    },
  ]);
  const finds = async (search: Record<string, string>) =>
    numbersIn(await look(`?${new URLSearchParams(search)}`)).map((number) => Number(number.slice(3))).sort();
  const searches: [Record<string, string>, number[]][] = [
    [{}, [1, 2, 3]],
    [{ q: "庁舎" }, [1, 2]],
    [{ from: "令和8年12月1日" }, [2, 3]],
    [{ from: "2026/4/2", to: "2026-12-01" }, [2]],
    [{ to: "令和８年１２月" }, [1, 2]],
    [{ from: "令和8年度", to: "令和8年度" }, [1, 2, 3]],
    [{ min: "300万円" }, [2, 3]],
    [{ min: "1", max: "３，０００，０００" }, [1, 2]],
    [{ party: "北部土木" }, [3]],
    [{ party: "南警備" }, [2]],
    [{ q: "業務", from: "2026-12-01", max: "5,000,000円", party: "警備" }, [2]],
    [{ q: "業務", from: "2026-12-02", max: "5,000,000円" }, []],
  ];
  for (const [search, found] of searches) deepEqual(await finds(search), found, JSON.stringify(search));
});

Deno.test("what can't be read is marked, and asks for nothing; the form keeps what was written", async () => {
  const { look } = await ownList(several(2));
  const html = await look(`?${new URLSearchParams({ from: "来週", min: "たくさん", q: '"><b>' })}`);
  match(html, /読み取れない日付または金額/);
  equal(html.match(/aria-invalid="true"/g)?.length, 2);
  match(html, /value="来週"/);
  ok(!html.includes('value=""><b>'));
  match(html, /<details class="more" open/);
  doesNotMatch(await look(), /読み取れない|aria-invalid|<details class="more" open/);
});

Deno.test("R37 one contract is read in the browser and saved; both stand in its history", async () => {
  const { site, path, visitor, look } = await ownList([{ count: 1, completed: true }, { count: 2 }]);
  const html = await look(`/${numberOf(1)}`);
  match(html, /契約その1/);
  match(html, /契約書（締結済）\.pdf/);
  const shown = await visitor.send(`${path}/${numberOf(1)}/documents/1.pdf`);
  match(shown.headers.get("content-disposition") ?? "", /^inline/);
  deepEqual(await shown.bytes(), contentOf(1, "契約書.pdf"));
  equal((await visitor.send(`${path}/${numberOf(1)}/1.pdf`)).status, 200);
  const openings = (await readHistory(site.world.store, numberOf(1))).flatMap(({ event }) =>
    event.did === "fileOpened" ? [[event.who, event.as, event.file, event.what]] : []
  );
  deepEqual(openings, [[JIRO, "confirmer", 0, "view"], [JIRO, "confirmer", 0, "download"]]);
  for (const below of ["", "/1.pdf", "/documents/1.pdf", "/documents/1/pages/1.png"]) {
    equal((await visitor.send(`${path}/${numberOf(2)}${below}`)).status, 404, below);
    equal((await visitor.send(`${path}/${numberOf(3)}${below}`)).status, 404, below);
  }
});

Deno.test("R37 CSV holds all that fits, however many pages, with hashes, and no formula", async () => {
  const cases = [...several(40, { files: ["契約書.pdf", "覚書.pdf"] }), {
    count: 41,
    title: "=HYPERLINK(1)",
  }];
  const { path, visitor } = await ownList(cases);
  const answer = await visitor.send(`${path}/list.csv`);
  match(answer.headers.get("content-type") ?? "", /^text\/csv; charset=utf-8$/);
  match(answer.headers.get("content-disposition") ?? "", /^attachment;.*filename\*=UTF-8''%E5%A5%91/);
  const bytes = await answer.bytes();
  deepEqual([...bytes.subarray(0, 3)], [0xEF, 0xBB, 0xBF]);
  const csv = new TextDecoder().decode(bytes);
  const records = csv.split("\r\n");
  equal(records.length, 43);
  equal(records[0], "案件番号,契約名,商号又は名称,契約日,契約金額（円）,状況,締結日時,ファイル名,SHA-256");
  match(records[1] ?? "", /^R8-000041,'=HYPERLINK\(1\),株式会社見本,2026-12-01,1200000,[^,]+,,,$/);
  const hash = (file: string) => createHash("sha256").update(contentOf(40, file)).digest("hex");
  ok(
    records[2]?.endsWith(
      `,2026-11-24 10:40:00,"契約書（締結済）.pdf\n覚書（締結済）.pdf","${hash("契約書.pdf")}\n${
        hash("覚書.pdf")
      }"`,
    ),
  );
  const some = await (await visitor.send(`${path}/list.csv?q=R8-000007`)).text();
  equal(some.split("\r\n").length, 3);
});

Deno.test("R37 ZIP holds the executed files of all that fits, each as its hash says", async () => {
  const { site, path, visitor } = await ownList([
    ...several(25),
    { count: 26, completed: true, title: "A/B契約", files: ["契約書.pdf", "契約書.PDF", "..pdf"] },
    { count: 27 },
  ]);
  const answer = await visitor.send(`${path}/list.zip`);
  equal(answer.headers.get("content-type"), "application/zip");
  const files = unzipSync(await answer.bytes());
  const names = Object.keys(files);
  equal(names.length, 29);
  deepEqual(names.slice(0, 3), [
    "R8-000026_A_B契約/契約書（締結済）.pdf",
    "R8-000026_A_B契約/契約書（締結済） (2).pdf",
    "R8-000026_A_B契約/（締結済）.pdf",
  ]);
  const table = strFromU8(files["ファイルの一覧.csv"]!).split("\r\n").slice(1, -1).map((line) =>
    line.split(",")
  );
  equal(table.length, 28);
  for (const [name = "", sha256, size] of table) {
    equal(createHash("sha256").update(files[name]!).digest("hex"), sha256, name);
    equal(String(files[name]?.length), size);
  }
  const { event } = (await readHistory(site.world.store, numberOf(3))).at(-1)!;
  deepEqual(event.did === "fileOpened" && [event.who, event.file, event.what], [JIRO, "all", "download"]);
});

Deno.test("R37 who does not get the executed contracts gets the table without files, and an empty archive", async () => {
  const { path, visitor } = await ownList(several(2), JIMU);
  doesNotMatch(await (await visitor.send(`${path}/list.csv`)).text(), /\.pdf|[0-9a-f]{64}/);
  const files = unzipSync(await (await visitor.send(`${path}/list.zip`)).bytes());
  deepEqual(Object.keys(files), ["ファイルの一覧.csv"]);
});

Deno.test("one export at a time; who gives one up may begin another; HEAD makes none", async () => {
  const { path, visitor } = await ownList(several(3));
  const first = await visitor.send(`${path}/list.zip`);
  const second = await visitor.send(`${path}/list.csv`);
  equal(second.status, 429);
  equal(second.headers.get("retry-after"), "30");
  await second.body?.cancel();
  await first.body?.cancel();
  equal((await visitor.send(`${path}/list.csv`, { method: "HEAD" })).status, 200);
  const third = await visitor.send(`${path}/list.zip`);
  equal(third.status, 200);
  equal(Object.keys(unzipSync(await third.bytes())).length, 4);
});

Deno.test("what is more than an archive holds is refused before it begins; the next export is free", async () => {
  const { path, visitor } = await ownList(several(5, { claimedSize: 1e9 }));
  const answer = await visitor.send(`${path}/list.zip`);
  equal(answer.status, 409);
  match(await answer.text(), /一度に保存できる量を超えています.*4 GB、20,000ファイル.*絞り込んで/s);
  equal((await visitor.send(`${path}/list.zip?q=R8-000001`)).status, 200);
});

Deno.test("an archive that can't be finished breaks off, and is no hindrance to the next one", async () => {
  const { site, path, visitor } = await ownList(several(2));
  const gone = createHash("sha256").update(contentOf(1, "契約書.pdf")).digest("hex");
  await site.world.blobs.delete(gone);
  const answer = await visitor.send(`${path}/list.zip`);
  equal(await answer.bytes().then(() => "whole", () => "broken"), "broken");
  equal((await visitor.send(`${path}/list.csv`)).status, 200);
});
