import { deepStrictEqual as deepEqual, doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { act } from "../../lib/flows/act.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { minute, OFFICER } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const stateOf = async (site: TestSite) => (await readCase(site.world.store, site.number))!.value;
const PDF = new URL("../fixtures/contracts/keiyakusho_kouji.pdf", import.meta.url);
/** 24:00 of the sample case's 契約日 in Japan. */
const DAY_OVER = "2026-12-01T15:00:00.000Z";

async function desk(chapter: Parameters<typeof testSite>[0], facts: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite(chapter, facts);
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const html = async () => await (await visitor.send(path)).text();
  /** Hands a correction in with the form as it stood on the page when this was called. */
  async function correcting() {
    const guard = await visitor.guard(path, `${path}/correct`);
    return (content: Uint8Array<ArrayBuffer> | null, values: Record<string, string> = {}) => {
      const form = new FormData();
      for (const [name, value] of Object.entries({ guard, declared: "yes", ...values })) {
        form.append(name, value);
      }
      if (content) form.append("pdf", new File([content], "訂正.pdf", { type: "application/pdf" }));
      return visitor.send(`${path}/correct`, { method: "POST", body: form });
    };
  }
  return { site, path, visitor, html, correcting };
}

Deno.test("R35 a corrected PDF passes the policy of a first upload, or nothing is sent and the reason is named", async () => {
  const { site, correcting } = await desk("asked");
  const correct = await correcting();
  const refused = await correct(new TextEncoder().encode("no pdf"));
  equal(refused.status, 400);
  match(await refused.text(), /訂正\.pdf.*PDFファイルではありません/s);
  const unread = await correct(await Deno.readFile(PDF), { term: "いつか" });
  equal(unread.status, 400);
  match(await unread.text(), /いつか/);
  equal((await correct(null)).status, 400);
  const unsaid = await correct(await Deno.readFile(PDF), { declared: "" });
  equal(unsaid.status === 303, false);
  equal((await stateOf(site)).round, undefined);
  equal(
    (await correct(await Deno.readFile(PDF), {
      title: "改めた契約名",
      approvers: "後任 花子 <next@pref.example.lg.jp>",
    })).status,
    303,
  );
  const state = await stateOf(site);
  deepEqual([state.version, state.draft?.title, state.draft?.documents[0]?.name], [
    2,
    "改めた契約名",
    "訂正.pdf",
  ]);
  equal(state.parties.at(-1)?.address, "next@pref.example.lg.jp");
  deepEqual(state.draft?.officer, OFFICER);
});

Deno.test("R35 the page offers to send anew only what is on its way, and says what follows", async () => {
  for (const chapter of ["opened", "drafted", "completed"] as const) {
    const page = await (await desk(chapter)).html();
    doesNotMatch(page, /訂正版を送る|確認者を変更する/, chapter);
  }
  const page = await (await desk("asked")).html();
  match(page, /訂正版を送る/);
  match(page, /確認者を変更する/);
  match(page, /これまでの同意は効力を失い、送信済みのリンクは使えなくなります/);
});

Deno.test("R32 R34 R35 who presses a button of a page from before midnight is told what goes on now", async () => {
  const { site, path, visitor, correcting } = await desk("asked");
  const { world, number, clock } = site;
  const decline = { do: "decline", at: minute(100), party: "Confirmer2", issue: 1, reason: "金額" } as const;
  await act(world, number, decline);
  clock.set("2026-12-01T14:59:00.000Z");
  const guards = {
    reopen: await visitor.guard(path, `${path}/reopen`),
    confirmers: await visitor.guard(path, `${path}/confirmers`),
  };
  const correct = await correcting();
  clock.set(DAY_OVER);
  const press = (step: keyof typeof guards, values: Record<string, string>) =>
    visitor.send(`${path}/${step}`, {
      method: "POST",
      body: new URLSearchParams({ guard: guards[step], reason: "理由", ...values }),
    });
  const reopened = await press("reopen", {});
  equal(reopened.status, 409);
  match(await reopened.text(), /「訂正版を送る」から、契約日を改めた PDF と新しい契約日/);
  const changed = await press("confirmers", {
    "confirmer1.name": "新任 一子",
    "confirmer1.address": "ichiko@vendor.example.jp",
  });
  equal(changed.status, 409);
  match(await changed.text(), /「訂正版を送る」で契約日を改めてから/);
  const undated = await correct(await Deno.readFile(PDF));
  equal(undated.status, 409);
  match(await undated.text(), /「契約日」に新しい日付を入力して/);
  const dated = await correct(await Deno.readFile(PDF), { contractDate: "令和8年12月5日" });
  equal(dated.status, 303);
  equal((await stateOf(site)).draft?.contractDate, "2026-12-05");
});

Deno.test("R36 executed meanwhile, nothing is sent anew, and the officer is told what can be done instead", async () => {
  const { site, visitor, path, correcting } = await desk("asked");
  const correct = await correcting();
  const guard = await visitor.guard(path, `${path}/confirmers`);
  const completed = await testSite("completed");
  const { store } = site.world;
  const head = (await readCase(store, site.number))!;
  await store.commit({
    sets: [[head.key, (await readCase(completed.world.store, completed.number))!.value]],
  });
  for (
    const answer of [
      await correct(await Deno.readFile(PDF)),
      await visitor.send(`${path}/confirmers`, {
        method: "POST",
        body: new URLSearchParams({ guard, reason: "理由" }),
      }),
    ]
  ) {
    equal(answer.status, 409);
    match(await answer.text(), /この契約は締結済みのため/);
  }
});

Deno.test("R7 a form that waits cannot be accepted once 契約日 has passed, and the card says what comes first", async () => {
  const { site, html } = await desk("asked");
  const { form } = await stateOf(site);
  const proposal = { form: { ...form!, phone: "028-000-9999" }, mail: "", from: "jimu@vendor.example.jp" };
  await act(site.world, site.number, { do: "proposeForm", at: minute(100), ...proposal });
  match(await html(), /電話番号：028-000-0000 → 028-000-9999/);
  site.clock.set(DAY_OVER);
  match(await html(), /先に「訂正版を送る」か「再開する」で手続きを再開してください/);
});

Deno.test("R34 who is asked no more is told so by the old link, in both views", async () => {
  const { site, visitor } = await desk("asked");
  const token = await site.link("request", { party: "Confirmer9" });
  for (const base of ["/c", "/s"]) {
    const answer = await visitor.send(`${base}/${token}`);
    equal(answer.status, 410);
    match(await answer.text(), /確認者が変更されたため/);
  }
});

Deno.test("R35 the history names people as they were called at the time", async () => {
  const { site, html, path, visitor } = await desk("asked");
  const values = {
    "confirmer2.name": "新任 二子",
    "confirmer2.address": "niko@vendor.example.jp",
    reason: "異動",
  };
  const form = {
    "confirmer1.name": "見本 一郎",
    "confirmer1.address": "ichiro@vendor.example.jp",
    ...values,
  };
  equal((await visitor.post(path, `${path}/confirmers`, form)).status, 303);
  const page = await html();
  match(page, /見本 二郎 様への確認依頼を用意しました/);
  match(page, /契約 太郎が確認者を改め、契約書を送り直しました/);
  match(page, /新任 二子 様<\/b>/);
  equal((await stateOf(site)).parties[0]?.name, "新任 二子");
});
