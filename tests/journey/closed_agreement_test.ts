import { doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { DAY_MS } from "../../lib/domain/instant.ts";
import { APPROVER, inService, OFFICER, sentContract, VENDOR } from "../support/played_service.ts";
import { caseNow, executedBy, freshPage, handIn, JIRO, TWO_CONFIRMERS } from "../support/sent_anew.ts";

const ICHIRO = VENDOR.confirmer;
const ACTED = ["契約 太郎", "割符 二郎", "割符 一郎", "会計 花子"];

Deno.test("R32 契約日 has passed and stands in the PDF: reopening alone is refused, a corrected PDF goes on", () =>
  inService(async (service) => {
    const { agree, browser, clock, pageOf, mailTo } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    await agree(JIRO);
    const path = await pageOf(ICHIRO, "request", "c");
    clock.advance(8 * DAY_MS);
    await service.drain();
    match(await (await browser(ICHIRO).send(path)).text(), /契約日を過ぎたため/);

    const page = await freshPage(service);
    const html = await (await browser(OFFICER).send(page)).text();
    match(html, /その契約日が契約書に記載されています。続けるときは「訂正版を送る」で/);
    for (const hidden of ["reopen", "confirmers"]) {
      doesNotMatch(html, new RegExp(`action="${page}/${hidden}"`));
    }

    const values = { reason: "契約日を改めたため", declared: "yes" };
    const step = { page, step: "correct", pdfs: ["keiyakusho_kouji.pdf"] };
    equal((await handIn(service, { ...step, values })).status, 409);
    equal((await handIn(service, { ...step, values: { ...values, contractDate: "ついたち" } })).status, 400);
    const dated = { ...values, contractDate: "令和8年12月5日", term: "2026-12-05〜2027-03-19" };
    equal((await handIn(service, { ...step, values: dated })).status, 303);
    match(
      (await mailTo(JIRO, "corrected")).mail.text,
      /契約日：令和8年12月1日（2026年） → 令和8年12月5日（2026年）/,
    );
    for (const person of [JIRO, ICHIRO, APPROVER]) await agree(person);
    await executedBy(service, number, ACTED);
    equal((await caseNow(service, number)).draft?.contractDate, "2026-12-05");
  }));

Deno.test("R32 契約日 has passed and stands not in the PDF: a reason reopens it, and everyone concerned is told", () =>
  inService(async (service) => {
    const { agree, browser, clock, press, mailTo, letters, pageOf } = service;
    const lines = "契約日: 令和8年12月3日\n契約期間: 2026-12-01〜2027-03-31\n";
    const number = await sentContract(service, { form: TWO_CONFIRMERS, lines });
    await agree(JIRO);
    clock.advance(13 * DAY_MS);
    await service.drain();
    match((await mailTo(OFFICER, "expired")).mail.text, /「再開する」/);
    const page = await pageOf(OFFICER, "expired");
    equal((await press(OFFICER, page, "reopen", { reason: "" })).status, 400);
    equal((await press(OFFICER, page, "reopen", { reason: "先方の押印担当者の不在のため" })).status, 303);
    equal((await caseNow(service, number)).reopened, true);
    match((await mailTo(OFFICER, "reopened")).mail.text, /先方の押印担当者の不在のため/);
    const told = (await mailTo(JIRO, "reopened")).mail.text;
    match(told, /すでにいただいた同意・承認は、そのまま有効です/);
    equal((await letters(ICHIRO, "reopened")).length, 0);
    match(await (await browser(OFFICER).send(page)).text(), /割符 一郎 様の確認をお待ちしています/);
    for (const person of [ICHIRO, APPROVER]) await agree(person);
    await executedBy(service, number, ACTED);
  }));
