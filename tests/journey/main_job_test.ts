import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { currentSha256 } from "../../lib/domain/case.ts";
import { openLink } from "../../lib/flows/links.ts";
import { sendContract } from "../../lib/flows/officer_acts.ts";
import { agree, viewCase } from "../../lib/flows/party_acts.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Attachment } from "../../lib/ports.ts";
import { keepExecuted } from "../support/keep_executed.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const VENDOR = "tanaka@minato-bungu.example.co.jp";
const SECOND_CONFIRMER = "minato@minato-bungu.example.co.jp";
const OFFICER = "officer@pref.example.lg.jp";
const APPROVER = "approver@pref.example.lg.jp";
const DEPARTMENT = "keiyaku+bukken@bot.example.lg.jp";
const fixture = (path: string) => Deno.readFile(new URL(`../fixtures/${path}`, import.meta.url));

/** The vendor mails the form; the officer answers the notice with two PDFs. */
async function draft({ post, mailTo }: TestWorld) {
  const form = { filename: "電子契約同意書.docx", content: await fixture("forms/A1_goods_2conf.docx") };
  await post({
    from: VENDOR,
    to: DEPARTMENT,
    subject: "同意書の提出",
    text: "お送りします。",
    files: [form],
  });
  const notice = await mailTo(OFFICER, "case-notice");
  await post({
    from: OFFICER,
    to: notice.mail.replyTo!,
    subject: `Re: ${notice.mail.subject}`,
    text: "契約日: 令和8年12月1日\n契約期間: 2026-12-01〜2027-03-31\n",
    files: [
      { filename: "契約書.pdf", content: await fixture("contracts/keiyakusho_buppin.pdf") },
      { filename: "覚書.pdf", content: await fixture("contracts/keiyakusho_itaku_6p.pdf") },
    ],
  });
  return notice.entry.caseNumber!;
}

/** The officer taps 「この内容で送信する」. */
async function send({ world, mailTo, drain }: TestWorld) {
  const opened = (await openLink(world, (await mailTo(OFFICER, "draft-summary")).token("/o/"), "officer"))!;
  const { digest } = await summaryOf(world, opened.state);
  const outcome = await sendContract(world, opened, { digest, contractDate: null, term: null });
  ok("state" in outcome, JSON.stringify(outcome));
  await drain();
}

/** A party opens the newest request and agrees to what it shows. */
async function agreeAs({ world, mailTo, drain }: TestWorld, address: string) {
  const opened = (await openLink(world, (await mailTo(address, "request")).token("/c/"), "request"))!;
  await viewCase(world, opened);
  const documents = opened.state.draft!.documents.map(currentSha256);
  const outcome = await agree(world, opened, { documents, authentication: "mail" });
  ok("state" in outcome, JSON.stringify(outcome));
  await drain();
}

const contentOf = async ({ world }: TestWorld, file: Attachment) =>
  joinBytes(await Promise.all(file.parts.map((part) => world.blobs.get(part))));

for (const onDisk of [false, true]) {
  const where = onDisk ? "in files" : "in memory";
  Deno.test(`from the vendor's form to executed contracts, by mail and links, ${where}`, () =>
    playMainJob(onDisk));
}

async function playMainJob(onDisk: boolean): Promise<void> {
  const service = await makeWorld({ onDisk });
  const { world, letters, mailTo } = service;
  try {
    const caseNumber = await draft(service);
    match(caseNumber, /^R8-\d{6}$/);
    await send(service);
    const turns = [SECOND_CONFIRMER, VENDOR, APPROVER];
    for (const [turn, address] of turns.entries()) {
      const asked = await Promise.all(turns.map(async (each) => (await letters(each, "request")).length));
      deepEqual(asked, turns.map((_, index) => index <= turn ? 1 : 0), "each is asked after the one before");
      await agreeAs(service, address);
    }
    for (const address of [...turns, OFFICER]) {
      equal((await letters(address, "completion")).length, 1, address);
    }
    const { attachments } = (await mailTo(APPROVER, "completion")).mail;
    deepEqual(attachments.map((file) => file.filename), [
      "契約書（締結済）.pdf",
      "覚書（締結済）.pdf",
      `合意締結証明書_${caseNumber}.pdf`,
    ]);
    const files = await Promise.all(
      attachments.map(async (file) => ({ name: file.filename, content: await contentOf(service, file) })),
    );
    await keepExecuted(`journey-${onDisk ? "files" : "memory"}`, files, world.trustRoots);
    for (const { name, content } of files) {
      const report = await verifyPdf(memorySource(content), {
        trustRoots: world.trustRoots,
        at: service.clock.now(),
      });
      equal(report.verdict, "valid", name);
      ok(report.revisions.every((revision) => revision.intact && revision.trusted));
      equal(report.revisions.find((revision) => revision.field === "Conclusion")?.level, "LTA");
    }
  } finally {
    await service.close();
  }
}
