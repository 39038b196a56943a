/**
 * What goes wrong with real mail programs: an address that does not exist, a server that is down, our own relay
 * that is down, a letter that is too large. Their reports are theirs.
 */
import { match, ok, strictEqual as equal } from "node:assert/strict";
import { demoScript } from "../../lib/tasks/demo_script.ts";
import { playMainJob } from "../../lib/tasks/main_job.ts";
import { MAILBOXES, SILENT_DOMAIN } from "./mail_host_files.ts";
import { headerAddress, mailboxOver } from "./received_letter.ts";
import { casePage, deliveriesOn, type Stage, withStage } from "./stage.ts";
import { swaks } from "./swaks.ts";
import { until } from "./until.ts";

const [OFFICER] = MAILBOXES;
const VENDOR = "tanaka@minato-bungu.example.co.jp";
const DEPARTMENT = "keiyaku+bukken@bot.example.lg.jp";
const NOBODY = "nobody@minato-bungu.example.co.jp";

/** A consent form in a mail's body. */
const form = (confirmer: string, contract: string): string =>
  `物品・役務の契約です。

提出日：令和8年11月20日
宛名：見本県知事
住所又は所在地：千葉県みなと市中央一丁目2番3号
商号又は名称：株式会社みなと文具
代表者職氏名：代表取締役　港　一郎
担当者氏名：田中　太郎
電話番号：043-000-1234
契約名：${contract}
確認者１
　氏名：田中　太郎
　メールアドレス：${confirmer}
`;

async function openCase({ host, expect }: Stage, from: string, text: string, contract: string) {
  await swaks(from === VENDOR ? host.submission : host.outside, {
    id: crypto.randomUUID(),
    from,
    to: DEPARTMENT,
    subject: "電子契約同意書の提出",
    text,
    files: [],
  });
  return await expect(OFFICER, "case-notice", (letter) => letter.text.includes(contract));
}

/** Hands the contract in; the page that sends it, opened. */
async function summaryPage({ host, expect }: Stage, notice: Awaited<ReturnType<Stage["expect"]>>) {
  const { contracts, lines } = await demoScript();
  await swaks(host.submission, {
    id: crypto.randomUUID(),
    from: OFFICER,
    to: headerAddress(notice, "reply-to"),
    subject: `Re: ${notice.subject}`,
    text: `${lines.join("\n")}\n`,
    files: contracts,
  });
  return await casePage(
    await expect(OFFICER, "draft-summary", (letter) => letter.caseNumber === notice.caseNumber),
  );
}

Deno.test("an address that does not exist comes back from Postfix, by LMTP, as 未達, with what to do", () =>
  withStage(async (stage) => {
    const notice = await openCase(stage, VENDOR, form(NOBODY, "不達の契約"), "不達の契約");
    const summary = await summaryPage(stage, notice);
    equal((await summary.press("この内容で送信する")).status, 200);
    const problem = await stage.expect(OFFICER, "delivery-problem");
    equal(problem.caseNumber, notice.caseNumber);
    match(problem.text, /nobody@minato-bungu/);
    const states = deliveriesOn(await casePage(problem), NOBODY);
    equal(states.length, 1);
    match(states[0] ?? "", /未達 .*アドレス/);
    const log = await stage.host.log();
    match(log, /status=bounced[\s\S]*sender non-delivery notification/);
    match(log, /postfix\/inward\/lmtp\[\d+\]: .*to=<keiyaku@bot\.example\.lg\.jp>.*status=sent/);
    match(log, /postfix\/inward\/lmtp\[\d+\]: .*TLS connection established/);
    equal((await stage.read(OFFICER)).filter(({ kind }) => kind === "delivery-problem").length, 1);
  }, { lmtp: true }));

Deno.test("a server that is down is told of as 遅延 by Postfix, and Postfix that is down costs no letter", () =>
  withStage(async (stage) => {
    const away = `yamada@${SILENT_DOMAIN}`;
    const notice = await openCase(stage, away, form(VENDOR, "遅延の契約"), "遅延の契約");
    const delayed = await until("the delay on the page", async () => {
      const [row = ""] = deliveriesOn(await casePage(notice), away);
      return row.includes("遅延") && row;
    });
    match(delayed, /自動で送り直しています/);
    match(await stage.host.log(), /sender delay notification/);

    const summary = await summaryPage(stage, notice);
    await stage.host.stopPostfix();
    equal((await summary.press("この内容で送信する")).status, 200);
    await until(
      "the delayed request on the page",
      async () => deliveriesOn(await casePage(notice), VENDOR).some((row) => row.includes("遅延")),
    );
    equal((await stage.read(VENDOR)).some(({ kind }) => kind === "request"), false);
    await stage.host.startPostfix();
    const request = await stage.expect(VENDOR, "request");
    await until(
      "the request taken on the page",
      async () => deliveriesOn(await casePage(notice), VENDOR).some((row) => row.includes("配送済")),
    );
    const requests = (await stage.read(VENDOR)).filter(({ kind }) => kind === "request");
    equal(requests.length, 1);
    ok(request.headers["message-id"]);
  }, { zone: { [`MX ${SILENT_DOMAIN}`]: [`10 mx.${SILENT_DOMAIN}`] } }));

Deno.test("a letter that Postfix finds too large is followed by one with a link alone", () =>
  withStage(async (stage) => {
    const { host, service, read } = stage;
    const job = await playMainJob(service.process.address, await demoScript(), undefined, {
      mailbox: mailboxOver(read),
      post: (mail) => swaks(host.submission, mail),
    });
    equal(job.files.length, 2);
    match(await host.log(), /queue file size limit exceeded/);
    for (const address of MAILBOXES) {
      const letter = await stage.expect(address, "completion");
      equal(letter.attachments.length, 0);
      match(letter.text, /\/d\/[A-Za-z0-9_-]{51}/);
    }
    const page = await casePage(await stage.expect(OFFICER, "case-notice"));
    const rows = MAILBOXES.flatMap((address) => deliveriesOn(page, address));
    ok(rows.some((row) => row.includes("リンクのみのメールを送付")), rows.join("\n"));
    equal(rows.some((row) => row.includes("遅延")), false);
  }, { small: true }));
