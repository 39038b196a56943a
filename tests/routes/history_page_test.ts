import { doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import { eventKey, headKey, readCase, readHistory } from "../../lib/flows/case_records.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const WHOLE = /件の記録は、すべて揃っており、書き換えられていません/;

async function historyOf(site: TestSite): Promise<string> {
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const answer = await visitor.send(`${path}/history`);
  equal(answer.status, 200);
  return await answer.text();
}

Deno.test("R38 the history has a page of its own: every event with time, person and hash, its chain proven", async () => {
  const site = await testSite("completed");
  const html = await historyOf(site);
  const path = `/o/${await site.link("officer")}`;
  match(await (await new Visitor(site.app).send(path)).text(), new RegExp(`href="${path}/history"`));
  const history = await readHistory(site.world.store, site.number);
  match(html, new RegExp(`${history.length}${WHOLE.source}`));
  equal(html.match(/<li[ >]/g)?.length, history.length);
  for (const { hash } of history) match(html, new RegExp(hash.slice(0, 16)));
  match(html, new RegExp((await readCase(site.world.store, site.number))!.value.head));
  match(html, /2026年11月24日 10:50:00 JST/);
  match(html, /見本 二郎 様が同意しました（メール認証）。.{0,40}見本 二郎 jiro@vendor\.example\.jp/s);
  match(html, /契約 太郎 officer@pref\.example\.lg\.jp/);
  match(html, /本サービス/);
});

async function tampered(change: (entry: RecordedEvent) => unknown): Promise<string> {
  const site = await testSite("completed");
  const key = eventKey(site.number, 5);
  const entry = (await site.world.store.get<RecordedEvent>(key))!.value;
  await site.world.store.commit({ sets: [[key, change(entry) as RecordedEvent]] });
  return await historyOf(site);
}

Deno.test("a record that was edited, or made unreadable, is named on the page at once", async () => {
  const edited = await tampered((entry) => ({
    ...entry,
    event: { ...entry.event, at: "2026-11-23T00:00:00.000Z" },
  }));
  match(edited, /記録に異常があります/);
  match(edited, /6件目（seq 5）の記録が書き換えられています/);
  doesNotMatch(edited, WHOLE);
  const broken = await tampered((entry) => ({ hash: entry.hash }));
  match(broken, /6件目（seq 5）の記録が、記録の形をしていません/);
  match(broken, /この記録は読み取れません。/);
  match(broken, /見本 一郎 様が同意しました/);
});

Deno.test("an event that was taken away is named", async () => {
  const site = await testSite("asked");
  const { store } = site.world;
  const { value: { length } } = (await readCase(store, site.number))!;
  await store.commit({ deletes: [eventKey(site.number, length - 1)] });
  match(await historyOf(site), new RegExp(`${length}件目（seq ${length - 1}）の記録がありません`));
  equal((await store.get(headKey(site.number))) !== null, true);
});

Deno.test("names are those that held when it happened", async () => {
  const site = await testSite("asked");
  const { store } = site.world;
  const head = (await readCase(store, site.number))!.value;
  const parties = head.parties.map((party) => ({ ...party, name: "別 人" }));
  await store.commit({ sets: [[headKey(site.number), { ...head, parties }]] });
  const html = await historyOf(site);
  match(html, /見本 二郎 様への確認依頼/);
  match(html, /案件の内容が、履歴から作ったものと一致しません/);
});
