import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const VENDOR = "tanaka@minato-bungu.example.co.jp";
const OFFICER = "officer@pref.example.lg.jp";
const STRANGER = "someone@other.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";

async function file(path: string, filename: string) {
  return { filename, content: await Deno.readFile(new URL(`../fixtures/${path}`, import.meta.url)) };
}
const formMail = async (path: string, filename = "同意書.docx") => ({
  from: VENDOR,
  to: BOT,
  subject: "同意書の提出",
  text: "お送りします。",
  files: [await file(path, filename)],
});

async function inWorld(play: (service: TestWorld) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  try {
    await play(service);
  } finally {
    await service.close();
  }
}

/** A case of the vendor with a readable form; the address that answers go to. */
async function withCase({ post, mailTo }: TestWorld) {
  await post(await formMail("forms/A1_goods_2conf.docx"));
  const { entry, mail } = await mailTo(OFFICER, "case-notice");
  return { number: entry.caseNumber!, address: mail.replyTo! };
}

Deno.test("a form with one address twice is asked about; the reply with the missing line mends it", () =>
  inWorld(async (service) => {
    const { world, post, mailTo, letters } = service;
    await post(await formMail("forms/E3_same_email_twice.docx"));
    const problem = await mailTo(VENDOR, "form-problem");
    match(problem.mail.text, /メールアドレス/);
    equal((await letters(OFFICER, "case-notice")).length, 1);
    await post({
      from: VENDOR,
      to: problem.mail.replyTo!,
      subject: `Re: ${problem.mail.subject}`,
      text: "確認者２ メールアドレス: minato@minato-bungu.example.co.jp\n",
      inReplyTo: problem.mail.messageId.slice(1, -1),
    });
    const state = (await readCase(world.store, problem.entry.caseNumber!))!.value;
    equal(state.proposal?.form.vendors[0]?.confirmers[1]?.address, "minato@minato-bungu.example.co.jp");
    equal((await letters(VENDOR, "receipt")).length, 1);
    equal((await letters(OFFICER, "case-notice")).length, 2);
  }));

Deno.test("a form behind a password is answered, and the officer gets it as it came", () =>
  inWorld(async ({ world, post, mailTo }) => {
    await post(await formMail("forms/N2_user_password.pdf", "同意書.pdf"));
    match((await mailTo(VENDOR, "form-problem")).mail.text, /パスワード/);
    const notice = (await mailTo(OFFICER, "case-notice")).mail;
    const original = await world.blobs.get(notice.attachments[0]!.parts[0]!);
    match(new TextDecoder().decode(original), /^From: tanaka@minato-bungu\.example\.co\.jp/);
  }));

Deno.test("the same mail twice makes one case and one receipt", () =>
  inWorld(async ({ post, letters }) => {
    const mail = {
      ...await formMail("forms/A1_goods_2conf.docx"),
      messageId: "once@minato-bungu.example.co.jp",
    };
    await post(mail);
    await post(mail);
    await post({ ...mail, messageId: "twice@minato-bungu.example.co.jp" });
    equal((await letters(VENDOR)).length, 1);
    equal((await letters(OFFICER, "case-notice")).length, 1);
  }));

Deno.test("an encrypted contract and one that is none are refused, each by name", () =>
  inWorld(async (service) => {
    const { number, address } = await withCase(service);
    await service.post({
      from: OFFICER,
      to: address,
      subject: "契約書",
      text: "契約日: 令和8年12月1日",
      files: [await file("pdf/encrypted-rc4.pdf", "契約書.pdf"), await file("pdf/not-a-pdf.pdf", "覚書.pdf")],
    });
    const { mail } = await service.mailTo(OFFICER, "refusal");
    match(mail.text, /契約書\.pdf/);
    match(mail.text, /覚書\.pdf/);
    equal((await readCase(service.world.store, number))!.value.draft, null);
    equal((await service.letters(OFFICER, "draft-summary")).length, 0);
  }));

Deno.test("a contract from a stranger, or for an unknown number, is refused to whoever sent it", () =>
  inWorld(async (service) => {
    const { number, address } = await withCase(service);
    const files = [await file("contracts/keiyakusho_buppin.pdf", "契約書.pdf")];
    await service.post({ from: STRANGER, to: address, subject: `契約書 ${number}`, text: "", files });
    ok(await service.mailTo(STRANGER, "refusal"));
    await service.post({ from: OFFICER, to: BOT, subject: "R8-999999 契約書", text: "", files });
    match((await service.mailTo(OFFICER, "refusal")).mail.text, /R8-999999/);
    equal((await readCase(service.world.store, number))!.value.draft, null);
  }));

Deno.test("a line that can't be understood is named, and nothing is drafted", () =>
  inWorld(async (service) => {
    const { number, address } = await withCase(service);
    const files = [await file("contracts/keiyakusho_buppin.pdf", "契約書.pdf")];
    await service.post({ from: OFFICER, to: address, subject: "契約書", text: "契約日: 近日中", files });
    match((await service.mailTo(OFFICER, "refusal")).mail.text, /近日中/);
    equal((await readCase(service.world.store, number))!.value.draft, null);
  }));

Deno.test("the vendor's words reach the officer, with the mail", () =>
  inWorld(async (service) => {
    const { number, address } = await withCase(service);
    await service.post({ from: VENDOR, to: address, subject: "Re: 受付", text: "来週は操作できません。" });
    const question = (await service.mailTo(OFFICER, "question")).mail;
    match(question.text, /来週は操作できません。/);
    equal(question.headers["X-Warifu-Case"], number);
    deepEqual(question.attachments.map((attachment) => attachment.contentType), ["message/rfc822"]);
  }));
