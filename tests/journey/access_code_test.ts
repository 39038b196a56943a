import { Buffer } from "node:buffer";
import { deepStrictEqual as deepEqual, doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { readHistory } from "../../lib/flows/case_records.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Log } from "../../lib/ports.ts";
import {
  APPROVER,
  BOT,
  GOODS_FORM,
  inService,
  LINES,
  OFFICER,
  type PlayedService,
  sentContract,
  VENDOR,
} from "../support/played_service.ts";
import { freshPage, handIn } from "../support/sent_anew.ts";

const COPY = "keiri@shop.example.jp";
/** Both codes, as they are told on the phone. */
const CODES = /92740|46183/;

/** A log whose lines are kept. */
function keptLog() {
  const lines: string[] = [];
  const keep = (...parts: unknown[]) => void lines.push(JSON.stringify(parts));
  const log: Log = { info: keep, warn: keep, error: keep };
  return { lines, log };
}

/** All words of a text that holds parts in base64, as mails do. */
const opened = (text: string): string =>
  text +
  text.replace(/(?:[A-Za-z0-9+/]{76}\r?\n)*[A-Za-z0-9+/]{8,76}={0,2}/g, (part) =>
    Buffer.from(part, "base64").toString());

/** Every letter to everyone: subject, both parts, and the mails that are attached. */
async function everyLetter({ mailbox, world }: PlayedService): Promise<string[]> {
  return await Promise.all((await mailbox.kept()).map(async ({ id }) => {
    const { mail } = (await mailbox.letter(id))!;
    const attached = await Promise.all(
      mail.attachments.filter((file) => file.contentType === "message/rfc822").map(async ({ parts }) =>
        opened(
          new TextDecoder().decode(joinBytes(await Promise.all(parts.map((part) => world.blobs.get(part))))),
        )
      ),
    );
    return [mail.subject, mail.text, mail.html, ...attached].join("\n").normalize("NFKC");
  }));
}

Deno.test("R24 an access code from the officer's line to the 理由: asked first, locked, given anew, changed midway, in no mail", () => {
  const { lines, log } = keptLog();
  return inService(async (service) => {
    const { world, send, mailTo, letters, browser, press, pageOf, agree } = service;
    await send({ from: VENDOR.contact, to: BOT, subject: "同意書の提出", text: GOODS_FORM });
    const notice = await mailTo(OFFICER, "case-notice");
    const number = notice.entry.caseNumber!;
    await send({
      from: OFFICER,
      to: notice.mail.replyTo!,
      subject: "契約書",
      text: `${LINES}アクセスコード：９２７－４０\n共有: ${COPY}\n`,
      contracts: ["契約書.pdf"],
    });
    match((await mailTo(OFFICER, "draft-summary")).mail.text, /アクセスコード：設定する/);
    const page = await pageOf(OFFICER, "draft-summary");
    equal((await press(OFFICER, page, "send", { declared: "yes" })).status, 303);
    match((await mailTo(VENDOR.confirmer, "request")).mail.text, /担当者から別の方法でお知らせします/);

    // Before the code nothing of the contract is told, on either view.
    const first = await pageOf(VENDOR.confirmer, "request", "c");
    for (const view of [first, first.replace("/c/", "/s/")]) {
      const html = await (await browser(VENDOR.confirmer).send(view)).text();
      match(html, /アクセスコードを入力してください/);
      doesNotMatch(html, /事務用品の購入|株式会社割符商店/);
      equal((await browser(VENDOR.confirmer).send(`${view}/documents/1.pdf`)).status, 303);
    }
    for (const left of [4, 3, 2, 1]) {
      const wrong = await press(VENDOR.confirmer, first, "code", { code: "00000" });
      match(await wrong.text(), new RegExp(`あと${left}回入力できます`));
    }
    equal((await letters(OFFICER, "access-code-locked")).length, 0);
    equal((await press(VENDOR.confirmer, first, "code", { code: "00000" })).status, 403);
    equal((await browser(VENDOR.confirmer).send(first)).status, 403);
    match((await mailTo(OFFICER, "access-code-locked")).mail.text, /割符 一郎 様/);

    // The officer's resend gives new tries. The same code fits half-width and without its dash.
    equal((await press(OFFICER, page, "resend")).status, 303);
    const second = await pageOf(VENDOR.confirmer, "request", "c");
    match(await (await press(VENDOR.confirmer, second, "code", { code: "1" })).text(), /あと4回入力できます/);
    equal((await press(VENDOR.confirmer, second, "code", { code: "92740" })).status, 303);
    match(await (await browser(VENDOR.confirmer).send(second)).text(), /事務用品の購入/);
    // It opens that browser only.
    match(await (await browser("another").send(second)).text(), /アクセスコードを入力してください/);

    // A code changed midway is asked anew, the old one does not fit any more.
    equal((await press(OFFICER, page, "code", { code: "ー―" })).status, 400);
    equal((await press(OFFICER, page, "code", { code: "4 6-183" })).status, 303);
    match(await (await browser(VENDOR.confirmer).send(second)).text(), /アクセスコードを入力してください/);
    match(
      await (await press(VENDOR.confirmer, second, "code", { code: "92740" })).text(),
      /あと3回入力できます/,
    );
    equal((await press(VENDOR.confirmer, second, "code", { code: "４６１８３" })).status, 303);

    // People quote each other's mails: what others see of them holds no code.
    const quoted = "アクセスコード（確認者用）：９２７－４０\n> AccessCode: 46183\n";
    await send({
      from: VENDOR.contact,
      to: notice.mail.replyTo!,
      subject: "アクセスコードは46183",
      text: quoted,
    });
    match((await mailTo(OFFICER, "question")).mail.text, /アクセスコード（確認者用）：…/);

    // Approvers and copies are not asked.
    await agree(VENDOR.confirmer);
    match(await (await browser(APPROVER).send(await pageOf(APPROVER, "request", "c"))).text(), /利用規約/);
    await agree(APPROVER);
    equal((await browser(COPY).send(await pageOf(COPY, "completion", "d"))).status, 200);

    const { attachments } = (await mailTo(COPY, "completion")).mail;
    const pdf = joinBytes(await Promise.all(attachments[0]!.parts.map((part) => world.blobs.get(part))));
    const report = await verifyPdf(memorySource(pdf), {
      trustRoots: world.trustRoots,
      at: world.clock.now(),
    });
    const ways = report.revisions.flatMap(({ field, reason }) =>
      reason ? [`${field} ${/認証方法：(.*)$/.exec(reason)?.[1] ?? ""}`] : []
    );
    deepEqual(ways.slice(0, 3), [
      "Sender メール認証",
      "Confirmer1 メール認証＋アクセスコード",
      "Approver1 メール認証",
    ]);

    const everything = await everyLetter(service);
    match(everything.join("\n"), /> AccessCode: \.\.\./, "attached mails are looked into");
    for (const letter of everything) doesNotMatch(letter, CODES);
    doesNotMatch(JSON.stringify(await readHistory(world.store, number)), CODES);
    doesNotMatch(lines.join("\n"), CODES);
  }, { overrides: { log } });
});

Deno.test("R24 R35 where a code is asked, the word of a corrected contract says which facts changed, not what they are", () =>
  inService(async (service) => {
    await sentContract(service, { lines: `${LINES}アクセスコード：９２７－４０\n` });
    const page = await freshPage(service);
    const values = { reason: "誤記を訂正したため", amount: "990,000円", declared: "yes" };
    equal(
      (await handIn(service, { page, step: "correct", pdfs: ["keiyakusho_kouji.pdf"], values })).status,
      303,
    );
    const { text, html } = (await service.mailTo(VENDOR.confirmer, "corrected")).mail;
    match(text, /契約金額：変更があります（アクセスコードを入力すると確認できます）/);
    for (const part of [text, html]) doesNotMatch(part, /990,000|keiyakusho_kouji/);
  }));
