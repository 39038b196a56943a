import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import type { World } from "../../lib/flows/world.ts";
import {
  BOT,
  GOODS_FORM,
  inService,
  LINES,
  OFFICER,
  type PlayedService,
  VENDOR,
} from "../support/played_service.ts";

const OTHER_DESK = "officer-doboku@pref.example.lg.jp";

/** The same service with timestamps that are not renewed. */
const withoutRenewal = (world: World): World => ({
  ...world,
  settings: { ...world.settings, timestamp: { ...world.settings.timestamp, renew: false } },
});

const stateOf = async ({ world }: PlayedService, number: string) =>
  (await readCase(world.store, number))!.value;

Deno.test("R8 the vendor says no: one tap closes the case as paper, the officer is told, and the contract mailed to it is refused with that reason", () =>
  inService(async (service) => {
    const { send, mailTo, letters, browser, pageOf, press } = service;
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書", text: GOODS_FORM });
    const receipt = await mailTo(VENDOR.contact, "receipt");
    const number = receipt.entry.caseNumber!;
    match(receipt.mail.text, /紙の契約書を希望する/);
    const page = await pageOf(VENDOR.contact, "receipt", "f");
    match(await (await browser(VENDOR.contact).send(page)).text(), /不利になることはありません/);
    equal((await press(VENDOR.contact, page, "paper")).status, 400);
    equal((await stateOf(service, number)).phase, "intake");
    equal((await press(VENDOR.contact, page, "paper", { sure: "yes" })).status, 303);
    equal((await stateOf(service, number)).phase, "paper");
    match(
      await (await browser(VENDOR.contact).send(page)).text(),
      /紙の契約書をご希望であることを、担当課に知らせました/,
    );
    const told = await mailTo(OFFICER, "paper");
    match(told.mail.text, /紙の契約書を希望する旨の連絡がありました/);
    for (const { mail } of await letters(VENDOR.contact)) doesNotMatch(mail.text, /違約|罰|不利益を/);

    const contract = { to: told.mail.replyTo!, subject: "契約書", text: LINES, contracts: ["契約書.pdf"] };
    await send({ from: OFFICER, ...contract });
    match((await mailTo(OFFICER, "refusal")).mail.text, /事業者の希望により、紙の契約書で手続きする/);
    equal((await stateOf(service, number)).draft, null);
    equal((await letters(VENDOR.confirmer)).length, 0);

    // Having thought again, the vendor hands the form in anew: a case of its own begins.
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書の再提出", text: GOODS_FORM + "\n" });
    const again = (await mailTo(VENDOR.contact, "receipt")).entry.caseNumber!;
    ok(again !== number);
    equal((await stateOf(service, again)).phase, "intake");
  }));

Deno.test("R5 a form to 知事 comes to the default desk, is mended, handed on and sent there; the first desk can do nothing more", () =>
  inService(async (service) => {
    const { send, mailTo, letters, browser, pageOf, press } = service;
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書", text: GOODS_FORM });
    const notice = await mailTo(OFFICER, "case-notice");
    const number = notice.entry.caseNumber!;
    equal((await letters(OTHER_DESK)).length, 0);
    match(notice.mail.text, new RegExp(`案件番号：${number}`));
    match(notice.mail.text, /商号又は名称：株式会社割符商店/);
    deepEqual(notice.mail.attachments.map((file) => file.contentType), ["message/rfc822"]);
    const first = await pageOf(OFFICER, "case-notice");

    // A misread field is mended, with all others as they stood.
    equal((await press(OFFICER, first, "mend", { company: "株式会社割符商會" })).status, 303);
    const { form } = await stateOf(service, number);
    deepEqual([form?.vendors[0]?.company, form?.phone], ["株式会社割符商會", "000-000-0000"]);

    equal((await press(OFFICER, first, "hand", { department: "doboku" })).status, 303);
    const handed = await mailTo(OTHER_DESK, "case-notice");
    match(handed.mail.text, /ほかの所属から引き継ぎました/);
    match(handed.mail.text, /商号又は名称：株式会社割符商會/);
    match(handed.mail.text, /県土整備部監理課/);
    deepEqual(handed.mail.attachments.map((file) => file.contentType), ["message/rfc822"]);

    // The first desk has lost the right to act, on the page and by mail, and sees nothing any more.
    const gone = await browser(OFFICER).send(first);
    equal(gone.status, 409);
    doesNotMatch(await gone.text(), /割符/);
    const contract = { to: notice.mail.replyTo!, subject: "契約書", text: LINES, contracts: ["契約書.pdf"] };
    await send({ from: OFFICER, ...contract });
    match((await mailTo(OFFICER, "refusal")).mail.text, /案件を担当する所属の契約担当者に限られます/);
    equal((await stateOf(service, number)).draft, null);

    // The new one goes on; its own approvers are asked.
    await send({ from: OTHER_DESK, ...contract });
    const page = await pageOf(OTHER_DESK, "draft-summary");
    equal((await press(OTHER_DESK, page, "send", { declared: "yes" })).status, 303);
    deepEqual((await stateOf(service, number)).parties.map(({ address }) => address), [
      VENDOR.confirmer,
      "approver-doboku@pref.example.lg.jp",
      "approver2-doboku@pref.example.lg.jp",
    ]);
    match((await mailTo(VENDOR.confirmer, "request")).mail.subject, /見本県県土整備部監理課様から/);
  }));

Deno.test("R5 a form whose contract is not open to e-contracts is refused, and the vendor gets the officer's reason", () =>
  inService(async (service) => {
    const { send, mailTo, letters, browser, pageOf, press } = service;
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書", text: GOODS_FORM });
    const page = await pageOf(OFFICER, "case-notice");
    equal((await press(OFFICER, page, "refuse")).status, 400);
    const reason = "農地の賃貸借は、電子契約の対象外です。";
    equal((await press(OFFICER, page, "refuse", { reason })).status, 303);
    const refusal = await mailTo(VENDOR.contact, "refusal");
    match(refusal.mail.text, new RegExp(reason));
    match(refusal.mail.text, /電子契約で手続きすることができません/);
    equal((await stateOf(service, refusal.entry.caseNumber!)).phase, "refused");
    const form = await pageOf(VENDOR.contact, "receipt", "f");
    equal((await browser(VENDOR.contact).send(form)).status, 410);
    await send({
      from: OFFICER,
      to: refusal.mail.replyTo!,
      subject: "契約書",
      text: LINES,
      contracts: ["a.pdf"],
    });
    match((await mailTo(OFFICER, "refusal")).mail.text, /お断り又は取消しにより終了しています/);
    equal((await letters(VENDOR.confirmer)).length, 0);
  }));

Deno.test("R14 what is out of scope is refused with its reason: other papers, officers as confirmers, a term too long", () =>
  inService(async (service) => {
    const { world, send, mailTo, pageOf, press, browser } = service;
    const form = GOODS_FORM.replace(VENDOR.confirmer, "Approver@pref.example.lg.jp");
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書", text: form });
    const { mail } = await mailTo(OFFICER, "case-notice");
    const contract = { to: mail.replyTo!, subject: "契約書", contracts: ["契約書.pdf"] };
    await send({ from: OFFICER, ...contract, text: "契約日: 令和8年12月1日\n" });
    const page = await pageOf(OFFICER, "draft-summary");
    const term = { termFrom: "2026-12-01", termTo: "2036-12-01" };

    // The mail did not say the term: the page asks for it.
    match(await (await browser(OFFICER).send(page)).text(), /name="termTo"/);
    const undeclared = await press(OFFICER, page, "send", term);
    equal(undeclared.status, 400);
    match(await undeclared.text(), /電子契約で送信できるのは、契約書とその覚書です/);
    const without = await press(OFFICER, page, "send", { declared: "yes" });
    match(await without.text(), /契約期間が入力されていません/);
    const ours = await press(OFFICER, page, "send", { declared: "yes", ...term });
    equal(ours.status, 409);
    match(await ours.text(), /発注者側の職員または本サービスのメールアドレスが含まれています/);

    for (
      const address of [OFFICER, `keiyaku+bukken@bot.example.lg.jp`, "officer-minami@pref.example.lg.jp"]
    ) {
      equal((await press(OFFICER, page, "mend", { "confirmer1.address": address })).status, 303);
      equal((await press(OFFICER, page, "send", { declared: "yes", ...term })).status, 409, address);
    }
    equal((await press(OFFICER, page, "mend", { "confirmer1.address": VENDOR.confirmer })).status, 303);
    const long = await press(OFFICER, page, "send", { declared: "yes", ...term, termTo: "2036-12-02" });
    equal(long.status, 409);
    match(await long.text(), /契約期間が10年を超えています/);
    equal((await press(OFFICER, page, "send", { declared: "yes", ...term })).status, 303);
    equal(
      (await readCase(world.store, (await mailTo(VENDOR.confirmer, "request")).entry.caseNumber!))!.value
        .phase,
      "circulating",
    );
  }, { wrap: withoutRenewal }));
