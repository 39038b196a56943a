import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  notStrictEqual as notEqual,
  strictEqual as equal,
} from "node:assert/strict";
import { currentSha256 } from "../../lib/domain/case.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { auditFiles } from "../../lib/flows/audit_files.ts";
import { certificateFacts } from "../../lib/flows/certify.ts";
import { formerRounds } from "../../lib/flows/former_rounds.ts";
import { APPROVER, inService, OFFICER, sentContract, VENDOR } from "../support/played_service.ts";
import {
  caseNow,
  COLLEAGUE,
  executedBy,
  freshPage,
  handIn,
  JIRO,
  statusOf,
  TWO_CONFIRMERS,
  TWO_OFFICERS,
} from "../support/sent_anew.ts";

const ICHIRO = VENDOR.confirmer;
const ACTED = ["契約 太郎", "割符 二郎", "割符 一郎", "会計 花子"];
const REASON = "契約金額の誤記を訂正したため";

Deno.test("R35 a typo is found after one has agreed: 第2版 goes out, everyone is told, and all agree to it anew", () =>
  inService(async (service) => {
    const { world, agree, mailTo, letters, pageOf, browser, press } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    const oldLinks = { jiro: await pageOf(JIRO, "request", "c") };
    await agree(JIRO);
    const ichiros = await pageOf(ICHIRO, "request", "c");
    const before = await caseNow(service, number);

    const page = await freshPage(service);
    match(await (await browser(OFFICER).send(page)).text(), /契約書を訂正する（第2版）/);
    equal((await press(ICHIRO, ichiros, "open")).status, 303);
    const guard = await browser(ICHIRO).guard(`${ichiros}/confirm`, `${ichiros}/agree`);
    const values = { reason: REASON, amount: "990,000円", declared: "yes" };
    const step = { page, step: "correct" };
    equal(
      (await handIn(service, { ...step, pdfs: ["keiyakusho_kouji.pdf"], values: { reason: "" } })).status,
      400,
    );
    equal((await caseNow(service, number)).version, undefined);
    const answer = await handIn(service, { ...step, pdfs: ["keiyakusho_kouji.pdf"], values });
    deepEqual([answer.status, answer.headers.get("location")], [303, page]);

    // All links of the first version are dead at once, and an agreement through one comes too late.
    equal(await statusOf(service, JIRO, oldLinks.jiro), 410);
    equal(await statusOf(service, ICHIRO, ichiros), 410);
    const documents = before.draft!.documents.map(currentSha256).join();
    const body = new URLSearchParams({ guard, read: "yes", documents });
    equal((await browser(ICHIRO).send(`${ichiros}/agree`, { method: "POST", body })).status, 409);
    notEqual(await statusOf(service, ICHIRO, `${ichiros}/documents/1.pdf`), 200);
    match(await (await browser(ICHIRO).send(ichiros)).text(), /契約書の訂正または確認者の変更により/);

    // Whoever had a request hears what changed and why; the approver had none, and hears nothing.
    for (const person of [JIRO, ICHIRO]) {
      const { mail } = await mailTo(person, "corrected");
      match(mail.subject, /訂正版（第2版）を送り直しました/);
      match(mail.text, new RegExp(REASON));
      match(mail.text, /契約金額：（なし） → 990,000円/);
      match(mail.text, /keiyakusho_kouji\.pdf/);
      match(mail.text, /これまでにいただいた同意は効力を失いました/);
      match(mail.text, /順番になりましたら、新しい確認依頼のメールが届きます/);
    }
    equal((await letters(APPROVER)).length, 0);
    equal((await letters(OFFICER, "corrected")).length, 0);

    // The round starts over at the first confirmer, on the new bytes.
    equal((await letters(ICHIRO, "request")).length, 1);
    equal((await letters(JIRO, "request")).length, 2);
    doesNotMatch((await mailTo(JIRO, "request")).mail.text, /先にお送りしたメールのリンク/);
    match((await mailTo(JIRO, "request")).mail.text, /訂正した契約書（第2版）です/);
    for (const person of [JIRO, ICHIRO, APPROVER]) await agree(person);
    await executedBy(service, number, ACTED);

    // What was void stays at hand, byte for byte, and is no part of what was executed.
    const state = await caseNow(service, number);
    equal(certificateFacts(world, state).version, "第2版");
    const former = formerRounds(await readHistory(world.store, number));
    deepEqual(former.map(({ round, version, documents }) => [round, version, documents]), [
      [1, 1, before.draft!.documents],
    ]);
    deepEqual(await auditFiles(world.blobs, state, former), []);
    const kept = await browser(OFFICER).send(`${page}/rounds/1/1.pdf`);
    equal(kept.headers.get("etag"), `"${currentSha256(before.draft!.documents[0]!)}"`);
    await kept.body?.cancel();
    equal(await statusOf(service, OFFICER, `${page}/rounds/2/1.pdf`), 404);
    const html = await (await browser(OFFICER).send(page)).text();
    match(html, /訂正版（第2版）を送信しました/);
    match(html, /第1版/);
    equal((await handIn(service, { ...step, pdfs: ["keiyakusho_buppin.pdf"], values })).status, 403);
    equal((await press(OFFICER, page, "follow", { relation: "correction" })).status, 303);
  }));

Deno.test("R23 R35 one does not agree: the officer is told which buttons go on, and a corrected contract is agreed to", () =>
  inService(async (service) => {
    const { agree, mailTo, pageOf, press, browser } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    await agree(JIRO);
    const path = await pageOf(ICHIRO, "request", "c");
    await press(ICHIRO, path, "open");
    const declining = await browser(ICHIRO).post(`${path}/decline`, `${path}/decline`, {
      kind: "内容の修正をお願いしたい",
      reason: "納入場所が違います",
    });
    equal(declining.status, 303);
    await service.drain();
    const { mail } = await mailTo(OFFICER, "declined");
    for (const button of ["再開する", "訂正版を送る", "確認者を変更する", "取り消す"]) {
      match(mail.text, new RegExp(`「${button}」`));
    }
    const page = await pageOf(OFFICER, "declined");
    const values = { reason: "納入場所を改めたため", declared: "yes" };
    await handIn(service, { page, step: "correct", pdfs: ["keiyakusho_itaku_6p.pdf"], values });
    match((await mailTo(ICHIRO, "corrected")).mail.text, /納入場所を改めたため/);
    for (const person of [JIRO, ICHIRO, APPROVER]) await agree(person);
    await executedBy(service, number, ACTED);
  }));

Deno.test("R35 withdrawn mid-round by a colleague, after a correction: links die, all who had one are told, the sender too", () =>
  inService(async (service) => {
    const { agree, mailTo, letters, pageOf, press } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    await agree(JIRO);
    const values = { reason: REASON, declared: "yes" };
    const page = await freshPage(service);
    await handIn(service, { page, step: "correct", pdfs: ["keiyakusho_kouji.pdf"], values });
    const link = await pageOf(JIRO, "request", "c");

    const colleagues = await freshPage(service, COLLEAGUE);
    equal((await press(COLLEAGUE, colleagues, "withdraw", { reason: "予算の都合により中止" })).status, 303);
    equal((await caseNow(service, number)).phase, "withdrawn");
    equal(await statusOf(service, JIRO, link), 410);
    // 割符 一郎 had a request of the first version only, and waited for the next one.
    for (const person of [JIRO, ICHIRO]) {
      match((await mailTo(person, "withdrawn")).mail.text, /予算の都合により中止/);
    }
    match((await mailTo(OFFICER, "withdrawn")).mail.text, /契約 次郎が、次の理由でこの案件を取り消しました/);
    equal((await letters(COLLEAGUE, "withdrawn")).length, 0);
    equal((await letters(APPROVER)).length, 0);
  }, { overrides: { settings: TWO_OFFICERS } }));
