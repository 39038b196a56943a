import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import {
  APPROVER,
  BOT,
  executedContract,
  GOODS_FORM,
  inService,
  LINES,
  OFFICER,
  sentContract,
  VENDOR,
} from "../support/played_service.ts";

Deno.test("R36 after execution a 変更契約 goes its whole way as a case of its own; both cases show each other", () =>
  inService(async (service) => {
    const { world, send, mailTo, letters, browser, pageOf, press, agree } = service;
    const old = await executedContract(service);
    const stateOf = async (number: string) => (await readCase(world.store, number))!.value;
    equal((await stateOf(old)).phase, "completed");
    const { mail: completion } = await mailTo(OFFICER, "completion");

    // A contract mailed to the executed case is not lost: the answer names the page's act and brings the page.
    const contracts = ["変更契約書.pdf"];
    await send({ from: OFFICER, to: completion.replyTo!, subject: "変更契約", text: LINES, contracts });
    const refusal = await mailTo(OFFICER, "refusal");
    match(refusal.mail.text, /すでに締結されています/);
    match(refusal.mail.text, /「締結後の手続き」から、新しい案件として/);
    const page = `/o/${refusal.token("/o/")}`;
    const html = await (await browser(OFFICER).send(page)).text();
    match(html, /締結後の手続き/);
    for (const gone of ["withdraw", "reopen", "resend", "code", "refuse", "hand", "upload", "send"]) {
      doesNotMatch(html, new RegExp(`action="${page}/${gone}"`), gone);
    }

    // Nor does 取消 by mail cancel anything.
    await send({ from: OFFICER, to: completion.replyTo!, subject: "取消 誤りのため", text: "" });
    match((await mailTo(OFFICER, "status")).mail.text, /締結済みのため、取り消すことはできません/);
    equal((await stateOf(old)).phase, "completed");

    // A later form of the vendor for it leads to words that say what to do.
    await send({ from: VENDOR.contact, to: completion.replyTo!, subject: "同意書", text: GOODS_FORM });
    const told = (await mailTo(VENDOR.contact, "refusal")).mail.text;
    match(told, /締結後に、同意書を差し替えることはできません/);
    match(told, /担当課にご連絡ください。担当者が、新しい案件として手続きを始めます/);

    const title = "事務用品の購入（第1回変更）";
    const receiptsBefore = (await letters(VENDOR.contact, "receipt")).length;
    equal((await press(OFFICER, page, "follow", { relation: "amendment", title })).status, 303);
    const [follower] = (await stateOf(old)).followedBy ?? [];
    ok(follower);
    const { number } = follower;
    const begun = await stateOf(number);
    deepEqual(begun.refersTo, {
      number: old,
      relation: "amendment",
      title: "事務用品の購入",
      by: OFFICER,
    });
    equal(begun.phase, "intake");
    deepEqual(begun.form?.vendors, (await stateOf(old)).form?.vendors);
    equal(begun.form?.contractName, title);

    // Both sides hear of it; the two pages lead to each other.
    const receipt = await mailTo(VENDOR.contact, "receipt");
    equal((await letters(VENDOR.contact, "receipt")).length, receiptsBefore + 1);
    equal(receipt.entry.caseNumber, number);
    match(receipt.mail.text, /変更契約の手続きを始めました/);
    match(receipt.mail.text, new RegExp(`案件 ${old}「事務用品の購入」の変更契約`));
    match(receipt.mail.text, /紙の契約書を希望する/);
    const notice = await mailTo(OFFICER, "case-notice");
    equal(notice.entry.caseNumber, number);
    match(notice.mail.text, /変更契約の案件を始めました/);
    const before = await (await browser(OFFICER).send(page)).text();
    match(before, new RegExp(`href="${page}/cases/${number}"`));
    match(before, new RegExp(`変更契約として、新しい案件 ${number} を始めました。`));
    const beside = await browser(OFFICER).send(`${page}/cases/${number}`);
    equal(beside.status, 200);
    const newPage = await beside.text();
    match(newPage, new RegExp(`案件 ${old}「事務用品の購入」の変更契約`));
    match(newPage, new RegExp(`href="${page}/cases/${old}"`));
    equal((await browser(OFFICER).send(`${page}/cases/R8-999999`)).status, 404);

    // Pressed again on the page as it stood: nothing begins twice.
    const again = await press(OFFICER, page, "follow", { relation: "amendment", title, seen: "0" });
    equal(again.status, 409);
    equal((await stateOf(old)).followedBy?.length, 1);

    // A form for it that comes to the bot's own address is taken as its own, and waits for the officer.
    const anew = GOODS_FORM.replace("契約名：事務用品の購入", `契約名：${title}`);
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書", text: anew });
    ok((await stateOf(number)).proposal);

    // It goes its way like any case.
    await send({
      from: OFFICER,
      to: notice.mail.replyTo!,
      subject: "変更契約書",
      text: LINES,
      contracts,
    });
    const summary = await mailTo(OFFICER, "draft-summary");
    match(summary.mail.text, new RegExp(`元の案件：案件 ${old}`));
    const draftPage = await pageOf(OFFICER, "draft-summary");
    equal((await press(OFFICER, draftPage, "send", { declared: "yes" })).status, 303);
    match((await mailTo(VENDOR.confirmer, "request")).mail.text, new RegExp(`元の案件：案件 ${old}`));
    await agree(VENDOR.confirmer);
    await agree(APPROVER);
    equal((await stateOf(number)).phase, "completed");
    ok((await stateOf(number)).certificate);

    // The history of each is whole, and says which value stands in the certificate.
    for (const place of [page, `${page}/cases/${number}`]) {
      const told = await (await browser(OFFICER).send(`${place}/history`)).text();
      match(told, /すべて揃っており、書き換えられていません/);
      match(told, /（合意締結証明書に記した要約値）/);
    }

    // Both show the other by 状況, to the officer and to the vendor.
    for (const person of [OFFICER, VENDOR.contact]) {
      await send({ from: person, to: BOT, subject: `状況 ${old}`, text: "" });
      match((await mailTo(person, "status")).mail.text, new RegExp(`続きの案件：案件 ${number}（変更契約）`));
      await send({ from: person, to: BOT, subject: `状況 ${number}`, text: "" });
      match((await mailTo(person, "status")).mail.text, new RegExp(`元の案件：案件 ${old}`));
    }
  }));

Deno.test("R14 R36 変更契約 of construction is refused with the reason, by page and by hand; a 覚書 is not", () =>
  inService(async (service) => {
    const { world, browser, pageOf, press, send, mailTo } = service;
    const old = await executedContract(service, GOODS_FORM.replace("物品・役務", "建設工事等"));
    const state = (await readCase(world.store, old))!.value;
    equal(state.form?.kind, "construction");
    await send({ from: OFFICER, to: BOT, subject: `状況 ${old}`, text: "" });
    const page = await pageOf(OFFICER, "status");
    const html = await (await browser(OFFICER).send(page)).text();
    match(html, /建設工事等・建設工事関連業務委託の変更契約は、電子契約の対象外です/);
    doesNotMatch(html, /value="amendment"/);
    const refused = await press(OFFICER, page, "follow", { relation: "amendment" });
    equal(refused.status, 409);
    match(await refused.text(), /変更契約は電子契約の対象外です.*書面で変更契約を結んでください/s);
    equal((await press(OFFICER, page, "follow", { relation: "" })).status, 400);
    equal((await press(OFFICER, page, "follow", { relation: "memorandum" })).status, 303);
    match((await mailTo(VENDOR.contact, "receipt")).mail.text, /覚書の手続きを始めました/);
  }));

Deno.test("R27 R36 a page that was opened before the last one agreed undoes nothing afterwards", () =>
  inService(async (service) => {
    const { world, browser, pageOf, agree, mailTo, letters, clock } = service;
    const number = await sentContract(service);
    await agree(VENDOR.confirmer);
    const page = await pageOf(OFFICER, "draft-summary");
    const request = await pageOf(APPROVER, "request", "c");
    const officer = browser(OFFICER);
    const approver = browser(APPROVER);
    equal((await approver.send(request)).status, 200);
    const guards = new Map<string, string>();
    for (const step of ["withdraw", "resend", "code"]) {
      guards.set(step, await officer.guard(page, `${page}/${step}`));
    }
    await agree(APPROVER);
    clock.advance(60_000);
    for (const [step, guard] of guards) {
      ok(guard, step);
      const body = new URLSearchParams({ guard, reason: "取り消したい", code: "1234" });
      const answer = await officer.send(`${page}/${step}`, { method: "POST", body });
      equal(answer.status, 409, step);
      match(await answer.text(), /締結済みのため、変更や取消しはできません/);
    }
    const declined = await approver.send(`${request}/decline`);
    equal(declined.headers.get("location"), `${request}/done`);
    equal((await readCase(world.store, number))!.value.phase, "completed");
    equal((await letters(VENDOR.confirmer, "withdrawn")).length, 0);
    ok(await mailTo(VENDOR.confirmer, "completion"));
  }));
