import { deepStrictEqual as deepEqual, doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { partyOf } from "../../lib/domain/case.ts";
import { outboxOfMessageId } from "../../lib/flows/outbox.ts";
import { recordDelivery } from "../../lib/flows/record_delivery.ts";
import {
  APPROVER,
  BOT,
  inService,
  OFFICER,
  type PlayedService,
  sentContract,
  VENDOR,
} from "../support/played_service.ts";
import { caseNow, executedBy, freshPage, JIRO, statusOf, TWO_CONFIRMERS } from "../support/sent_anew.ts";

const ICHIRO = VENDOR.confirmer;
const HANAKO = "hanako@shop.example.jp";
const CHANGE = { "confirmer1.name": "割符 花子", "confirmer1.address": HANAKO, reason: "人事異動のため" };

/** Tells the service that the newest request to someone came back. */
async function bounceRequest({ world, mailTo, clock, drain }: PlayedService, to: string): Promise<void> {
  const messageId = (await mailTo(to, "request")).mail.messageId.slice(1, -1);
  const letter = { outboxId: (await outboxOfMessageId(world.store, messageId))!.id };
  await recordDelivery(world, { letter, state: "failed", why: "550 5.1.1 User unknown", at: clock.now() });
  await drain();
}

/** The list of contracts that someone asks for by mail. */
async function listOf({ send, mailTo }: PlayedService, person: string): Promise<string> {
  await send({ from: person, to: BOT, subject: "一覧", text: "" });
  return (await mailTo(person, "documents-link")).mail.text;
}

Deno.test("R34 確認者１ moves on after 確認者２ has agreed: the same PDF goes round again, and who agreed hears why", () =>
  inService(async (service) => {
    const { agree, mailTo, letters, pageOf, press, browser } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    await agree(JIRO);
    const old = await pageOf(ICHIRO, "request", "c");
    const base = (await caseNow(service, number)).draft!.documents[0]!.sha256;

    const page = await freshPage(service);
    equal((await press(OFFICER, page, "confirmers", { ...CHANGE, reason: "" })).status, 400);
    equal((await press(OFFICER, page, "confirmers", { reason: "同じ" })).status, 409);
    const barred = { ...CHANGE, "confirmer1.address": APPROVER };
    equal((await press(OFFICER, page, "confirmers", barred)).status, 409);
    const doubled = { ...CHANGE, "confirmer1.address": JIRO.toUpperCase() };
    equal((await press(OFFICER, page, "confirmers", doubled)).status, 409);
    equal((await press(OFFICER, page, "confirmers", CHANGE)).status, 303);

    const again = await mailTo(JIRO, "corrected");
    match(again.mail.text, /人事異動のため/);
    match(again.mail.text, /確認者１：割符 一郎 → 割符 花子/);
    match(again.mail.text, /順番になりましたら、新しい確認依頼のメールが届きます/);
    match(
      (await mailTo(ICHIRO, "corrected")).mail.text,
      /新しい確認依頼は届きません。お手続きは必要ありません/,
    );
    // The new confirmer just gets the request when the turn comes; the old one's link says so.
    equal((await letters(HANAKO)).length, 0);
    equal(await statusOf(service, ICHIRO, old), 410);
    match(await (await browser(ICHIRO).send(old)).text(), /確認者の変更により/);

    for (const person of [JIRO, HANAKO, APPROVER]) await agree(person);
    await executedBy(service, number, ["契約 太郎", "割符 二郎", "割符 花子", "会計 花子"]);
    const state = await caseNow(service, number);
    deepEqual([state.draft!.documents[0]!.sha256, state.version], [base, undefined]);
    equal((await letters(ICHIRO, "completion")).length, 0);
    // Who confirms now finds the contract; who does not any more finds none.
    match(await listOf(service, HANAKO), new RegExp(number));
    doesNotMatch(await listOf(service, ICHIRO), new RegExp(number));
  }));

Deno.test("R34 a bounced address that nobody has seen is put right in place: the others' agreements stand", () =>
  inService(async (service) => {
    const { agree, mailTo, letters, pageOf, press, browser } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    await agree(JIRO);
    const lost = await pageOf(ICHIRO, "request", "c");
    await bounceRequest(service, ICHIRO);
    match((await mailTo(OFFICER, "delivery-problem")).mail.text, /「確認者を変更する」で直してください/);

    const page = await pageOf(OFFICER, "delivery-problem");
    match(await (await browser(OFFICER).send(page)).text(), /その方だけに送り直します/);
    const right = "ichiro.w@shop.example.jp";
    const mended = { "confirmer1.address": right, reason: "アドレスの誤記" };
    equal((await press(OFFICER, page, "confirmers", mended)).status, 303);
    equal(await statusOf(service, ICHIRO, lost), 410);
    equal((await letters(JIRO, "corrected")).length + (await letters(ICHIRO, "corrected")).length, 0);
    equal(partyOf(await caseNow(service, number), "Confirmer2")?.agreedAt === null, false);
    match(await listOf(service, right), new RegExp(number));
    await agree(right);
    await agree(APPROVER);
    await executedBy(service, number, ["契約 太郎", "割符 二郎", "割符 一郎", "会計 花子"]);
    const reasons = (await caseNow(service, number)).parties.map(({ address }) => address);
    deepEqual(reasons, [JIRO, right, APPROVER]);
  }));

Deno.test("R7 R34 a form that comes after sending shows what it changes; accepted, the contract goes round again", () =>
  inService(async (service) => {
    const { agree, mailTo, pageOf, press, send, browser } = service;
    const number = await sentContract(service, { form: TWO_CONFIRMERS });
    const { mail: receipt } = await mailTo(VENDOR.contact, "receipt");
    await agree(JIRO);
    const form = TWO_CONFIRMERS.replace("割符 一郎\n確認者１メール", "割符 花子\n確認者１メール")
      .replace(ICHIRO, HANAKO);
    await send({ from: VENDOR.contact, to: receipt.replyTo!, subject: "同意書の差替え", text: form });
    match(
      (await mailTo(OFFICER, "case-notice")).mail.text,
      /「この同意書に差し替える」を押すと、新しい同意書の確認者に、契約書をはじめから送り直します/,
    );
    equal((await caseNow(service, number)).parties[1]?.name, "割符 一郎");

    const page = await pageOf(OFFICER, "case-notice");
    const html = await (await browser(OFFICER).send(page)).text();
    match(html, /確認者１ 氏名：割符 一郎 → 割符 花子/);
    match(html, new RegExp(`確認者１ メールアドレス：${ICHIRO} → ${HANAKO}`));
    equal((await press(OFFICER, page, "accept", { digest: "another" })).status, 409);
    equal((await press(OFFICER, page, "accept")).status, 303);
    match((await mailTo(JIRO, "corrected")).mail.text, /新しい同意書の提出があったため/);
    match((await mailTo(ICHIRO, "corrected")).mail.text, /お手続きは必要ありません/);
    doesNotMatch(await (await browser(OFFICER).send(page)).text(), /新しい同意書が届いています/);
    for (const person of [JIRO, HANAKO, APPROVER]) await agree(person);
    await executedBy(service, number, ["契約 太郎", "割符 二郎", "割符 花子", "会計 花子"]);
  }));
