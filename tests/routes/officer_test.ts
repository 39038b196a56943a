import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import { headKey, readCase } from "../../lib/flows/case_records.ts";
import { deliverySets, type DeliveryState } from "../../lib/flows/deliveries.ts";
import type { DeliveryReason } from "../../lib/mail/delivery_reason.ts";
import { summaryDigest } from "../../lib/domain/rules_of_sending.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const stateOf = async (site: TestSite) => (await readCase(site.world.store, site.number))!.value;

Deno.test("the officer sees the summary and sends it with one tap, once", async () => {
  const site = await testSite("drafted");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const html = await (await visitor.send(path)).text();
  match(html, /この内容で送信する/);
  match(html, /SHA-256/);
  const digest = summaryDigest(await stateOf(site));
  equal((await visitor.post(path, `${path}/send`, { digest })).status, 400);
  equal((await visitor.post(path, `${path}/send`, { digest: "old", declared: "yes" })).status, 409);
  equal((await visitor.post(path, `${path}/send`, { digest, declared: "yes" })).status, 303);
  equal((await stateOf(site)).phase, "circulating");
  ok(!(await (await visitor.send(path)).text()).includes("この内容で送信する"));
});

Deno.test("dates that the mail did not say are asked on the page", async () => {
  const site = await testSite("drafted", { contractDate: null, term: null });
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const tap = { digest: summaryDigest(await stateOf(site)), declared: "yes" };
  equal((await visitor.post(path, `${path}/send`, tap)).status, 400);
  const dates = { contractDate: "2026-12-01", termFrom: "2026-12-01", termTo: "2027-03-31" };
  equal((await visitor.post(path, `${path}/send`, { ...tap, ...dates })).status, 303);
  equal((await stateOf(site)).draft?.contractDate, "2026-12-01");
});

Deno.test("each act of the officer needs what it asks for and does it", async () => {
  const site = await testSite("asked");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  equal((await visitor.post(path, `${path}/resend`)).status, 303);
  equal((await stateOf(site)).parties[0]?.issue, 2);
  equal((await visitor.post(path, `${path}/code`, { code: "あいことば" })).status, 303);
  ok((await stateOf(site)).draft?.accessCode);
  equal((await visitor.post(path, `${path}/withdraw`)).status, 400);
  equal((await visitor.post(path, `${path}/withdraw`, { reason: "訂正のため" })).status, 303);
  equal((await stateOf(site)).phase, "withdrawn");
  match(await (await visitor.send(path)).text(), /訂正のため/);
});

Deno.test("what may be misread is shown on the page that mends it, with the mail that brought it", async () => {
  const site = await testSite("opened");
  const { world, number } = site;
  const state = await stateOf(site);
  const unsure = [{ field: "company", source: "同意書.xlsx セル B4" }];
  await world.store.commit({ sets: [[headKey(number), { ...state, form: { ...state.form!, unsure } }]] });
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  match(
    await (await visitor.send(`${path}/mend`)).text(),
    /「商号又は名称」（同意書\.xlsx セル B4から読み取り）/,
  );
  match(await (await visitor.send(path)).text(), /正しく読み取れていないおそれ/);
});

Deno.test("a misread form is mended, a case handed on", async () => {
  const site = await testSite("opened");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const values = {
    company: "株式会社直し",
    contractName: "直した契約",
    "confirmer1.name": "直 一郎",
    "confirmer1.address": "ＩＣＨＩＲＯ@vendor.example.jp",
  };
  equal((await visitor.post(`${path}/mend`, `${path}/mend`, values)).status, 303);
  const { form } = await stateOf(site);
  equal(form?.vendors[0]?.company, "株式会社直し");
  equal(form?.vendors[0]?.confirmers[0]?.address, "ICHIRO@vendor.example.jp");
  equal((await visitor.post(path, `${path}/hand`, { department: "nobody" })).status, 400);
  equal((await visitor.post(path, `${path}/hand`, { department: "zaisan" })).status, 303);
  equal((await stateOf(site)).departmentId, "zaisan");
  const late = await visitor.post(path, `${path}/withdraw`, { reason: "取り消したい" });
  equal(late.status, 409);
  match(await late.text(), /引き継がれた/);
  for (const below of ["", "/history", "/original.eml"]) {
    const gone = await visitor.send(path + below);
    equal(gone.status, 409, below);
    doesNotMatch(await gone.text(), /株式会社直し/);
  }
  equal((await stateOf(site)).phase, "intake");
});

Deno.test("an uploaded PDF becomes the draft; what is no PDF is named", async () => {
  const site = await testSite("opened");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const upload = async (content: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.append("guard", await visitor.guard(path, `${path}/upload`));
    form.append("contractDate", "令和8年12月1日");
    form.append("pdf", new File([content], "契約書.pdf", { type: "application/pdf" }));
    return await visitor.send(`${path}/upload`, { method: "POST", body: form });
  };
  const refused = await upload(new TextEncoder().encode("no pdf"));
  equal(refused.status, 400);
  match(await refused.text(), /契約書\.pdf.*PDFファイルではありません/s);
  equal((await upload(new Uint8Array(site.pdf.subarray(0, -9)))).status, 303);
  const { draft } = await stateOf(site);
  equal(draft?.documents[0]?.name, "契約書.pdf");
  equal(draft?.contractDate, "2026-12-01");
});

Deno.test("the vendor completes the form or wishes for paper", async () => {
  const site = await testSite("opened");
  const path = `/f/${await site.link("form")}`;
  const visitor = new Visitor(site.app);
  const rejected = await visitor.post(path, `${path}/submit`, { company: "株式会社見本" });
  equal(rejected.status, 400);
  match(await rejected.text(), /「契約名」が空欄です/);
  const values = {
    company: "株式会社見本",
    contractName: "契約",
    "confirmer1.name": "見本",
    "confirmer1.address": "a@vendor.example.jp",
  };
  equal((await visitor.post(path, `${path}/submit`, values)).status, 303);
  equal((await stateOf(site)).proposal?.form.contractName, "契約");
  equal((await visitor.post(path, `${path}/paper`)).status, 400);
  equal((await visitor.post(path, `${path}/paper`, { sure: "yes" })).status, 303);
  equal((await stateOf(site)).phase, "paper");
});

Deno.test("what was declined is opened again with a reason; the link before is void", async () => {
  const site = await testSite("asked");
  const request = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const vendor = new Visitor(site.app);
  equal((await vendor.post(request, `${request}/open`)).status, 303);
  const declined = await vendor.post(`${request}/decline`, `${request}/decline`, {
    kind: "その他",
    reason: "金額が違います",
  });
  equal(declined.status, 303);
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  match(await (await visitor.send(path)).text(), /不同意.*金額が違います/s);
  equal((await visitor.post(path, `${path}/reopen`)).status, 400);
  equal((await visitor.post(path, `${path}/reopen`, { reason: "協議がととのったため" })).status, 303);
  const state = await stateOf(site);
  equal(state.phase, "circulating");
  equal(state.parties[0]?.issue, 2);
  equal((await vendor.send(request)).status, 410);
  const html = await (await visitor.send(path)).text();
  match(html, /受付を再開しました。理由：協議がととのったため/);
  ok(!html.includes(`${path}/reopen`));
});

Deno.test("a form is refused with a reason, and nothing more can be done then", async () => {
  const site = await testSite("drafted");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const digest = summaryDigest(await stateOf(site));
  const guard = await visitor.guard(path, `${path}/send`);
  equal((await visitor.post(path, `${path}/refuse`)).status, 400);
  equal((await visitor.post(path, `${path}/refuse`, { reason: "対象外の契約のため" })).status, 303);
  equal((await stateOf(site)).phase, "refused");
  const html = await (await visitor.send(path)).text();
  match(html, /電子契約の対象外.*同意書を断りました。理由：対象外の契約のため/s);
  ok(!html.includes("この内容で送信する") && !html.includes("読み取りを直す"));
  const late = await visitor.send(`${path}/send`, {
    method: "POST",
    body: new URLSearchParams({ guard, digest, declared: "yes" }),
  });
  equal(late.status, 410);
});

Deno.test("a later form is shown beside the first and replaces it on the officer's word", async () => {
  const site = await testSite("opened");
  const form = `/f/${await site.link("form")}`;
  const values = {
    submittedOn: "令和8年11月24日",
    company: "株式会社見本",
    contractName: "改めた契約",
    "confirmer1.name": "見本 三郎",
    "confirmer1.address": "saburo@vendor.example.jp",
  };
  equal((await new Visitor(site.app).post(form, `${form}/submit`, values)).status, 303);
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const html = await (await visitor.send(path)).text();
  match(html, /新しい同意書が届いています.*改めた契約.*同意書の内容.*文書管理システム保守業務委託/s);
  equal((await stateOf(site)).form?.contractName, "文書管理システム保守業務委託");
  equal((await visitor.post(path, `${path}/accept`)).status, 303);
  const { form: accepted, proposal } = await stateOf(site);
  equal(accepted?.contractName, "改めた契約");
  equal(proposal, null);
  ok(!(await (await visitor.send(path)).text()).includes("新しい同意書が届いています"));
});

Deno.test("what waits, and what an act brings about, is said as the case stands", async () => {
  const pageOf = async (site: TestSite) =>
    await (await site.app.request(`/o/${await site.link("officer")}`)).text();
  const fresh = await testSite("opened");
  match(await pageOf(fresh), /契約書の提出をお待ちしています.*確認依頼はまだ送られていません/s);
  const path = `/o/${await fresh.link("officer")}`;
  equal((await new Visitor(fresh.app).post(`${path}/mend`, `${path}/mend`, { company: "" })).status, 303);
  match(await pageOf(fresh), /同意書の内容が整っていません/);
  match(await pageOf(await testSite("asked")), /送信済みのリンクはすぐに使えなくなり/);
});

Deno.test("days stand as people write them, on the page and in the fields", async () => {
  const site = await testSite("opened");
  const officer = `/o/${await site.link("officer")}`;
  const pages = [officer, `${officer}/mend`, `/f/${await site.link("form")}`];
  for (const path of pages) {
    const html = await (await site.app.request(path)).text();
    match(html, /令和8年11月20日/, path);
    ok(!html.includes("2026-11-20"), path);
  }
});

Deno.test("whoever approves is said to approve, and the officer saves what was concluded", async () => {
  const site = await testSite("completed");
  const path = `/o/${await site.link("officer")}`;
  const html = await (await site.app.request(path)).text();
  match(html, /承認 令和8年/);
  match(html, /会計 花子 様が承認しました/);
  match(html, /業務委託契約書（締結済）\.pdf/);
  const saved = await site.app.request(`${path}/files/1.pdf`);
  match(saved.headers.get("content-disposition") ?? "", /^attachment/);
  equal((await saved.bytes()).length > site.pdf.length, true);
  const early = await testSite("asked");
  const none = await early.app.request(`/o/${await early.link("officer")}/files/1.pdf`);
  equal(none.status, 404);
});

Deno.test("the officer sees which letter went to whom, whether it arrived, and what to do", async () => {
  const site = await testSite("asked");
  const path = `/o/${await site.link("officer")}`;
  const visitor = new Visitor(site.app);
  const look = async () => await (await visitor.send(path)).text();
  const put = async (to: string, state: DeliveryState, reason: DeliveryReason | null = null) => {
    const { number: caseNumber, world: { store } } = site;
    const record = {
      id: to,
      kind: "request",
      to,
      caseNumber,
      writtenAt: "2026-11-24T01:00:00.000Z",
    } as const;
    await store.commit({ sets: deliverySets(record, { state, at: "2026-11-24T02:34:00.000Z", reason }) });
  };
  await put("a@vendor.example.jp", "taken");
  match(await look(), /<details class="card" ?><summary>メールの送信状況（1件）/);
  match(
    await look(),
    /確認依頼 <span class="tag ok">配送済<\/span><\/b><small>a@vendor\.example\.jp・[^<]*11:34<\/small><\/li>/,
  );
  await put("b@vendor.example.jp", "delayed", "mailbox_full");
  await put("c@vendor.example.jp", "failed", "no_such_address");
  await put("d@vendor.example.jp", "replaced", "too_large");
  const html = await look();
  match(html, /<details class="card" open *><summary>メールの送信状況（4件）/);
  match(html, /遅延<\/span><\/b><small>b@[^<]*<\/small><small>[^<]*いっぱいです。自動で送り直しています。/);
  match(
    html,
    /未達<\/span><\/b><small>c@[^<]*<\/small><small>[^<]*見つかりません[^<]*電話などで正しいメールアドレスをご確認ください。/,
  );
  match(
    html,
    /リンクのみのメールを送付[^<]*<\/span><\/b><small>d@[^<]*<\/small><small>[^<]*添付ファイルのないメールを/,
  );
});
