/**
 * The main job by mail programs that nobody here wrote: swaks writes, Postfix carries, OpenDKIM vouches, Dovecot
 * keeps.
 */
import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { demoScript } from "../../lib/tasks/demo_script.ts";
import type { FullMail, ListedMail } from "../../lib/tasks/mailbox_client.ts";
import { type JobMailbox, type PlayedJob, playMainJob } from "../../lib/tasks/main_job.ts";
import { assertExecuted } from "./executed.ts";
import { run } from "./mail_host.ts";
import { MAILBOXES, PASSWORD } from "./mail_host_files.ts";
import { headerAddress, mailboxOver, type ReceivedLetter } from "./received_letter.ts";
import { type Stage, withStage } from "./stage.ts";
import { swaks } from "./swaks.ts";
import { until } from "./until.ts";

const OFFICER = MAILBOXES[0];

/** Hands a contract in, in the officer's name, from a stranger's server: it is refused, and nothing comes of it. */
async function forge({ host, read, expect }: Stage, notice: ListedMail & FullMail): Promise<void> {
  const { contracts, lines } = await demoScript();
  await swaks(host.outside, {
    id: crypto.randomUUID(),
    from: OFFICER,
    to: headerAddress(notice, "reply-to"),
    subject: `Re: ${notice.subject}`,
    text: lines.join("\n"),
    files: contracts,
  });
  match((await expect(OFFICER, "refusal")).text, /確認でき/);
  equal((await read(OFFICER)).some((letter) => letter.kind === "draft-summary"), false);
}

/** The mailboxes, with a forger who waits for the officer's notice. */
function watched(stage: Stage): JobMailbox {
  const mailbox = mailboxOver(stage.read);
  return {
    ...mailbox,
    async expect(wanted, patienceMs) {
      const letter = await mailbox.expect(wanted, patienceMs);
      if (wanted.kind === "case-notice") await forge(stage, letter);
      return letter;
    },
  };
}

/** What every letter must be like when it has come through Postfix. */
function assertLetter(letter: ReceivedLetter): void {
  const { headers, parsed } = letter;
  match(headers["authentication-results"] ?? "", /dkim=pass .*header\.d=bot\.example\.lg\.jp/, letter.kind);
  match(headers["message-id"] ?? "", /^<[0-9a-f]{40}@bot\.example\.lg\.jp>$/);
  match(headers["references"] ?? "", /^<[0-9a-f]{40}@bot\.example\.lg\.jp>$/);
  equal(parsed.from?.value[0]?.address, "keiyaku@bot.example.lg.jp");
  match(headers["reply-to"] ?? "", /keiyaku\+c\.R8-\d{6}\.[a-z2-7]{16,}@bot\.example\.lg\.jp/i);
  match(headers["auto-submitted"] ?? "", /^auto-(generated|replied)$/);
  ok(letter.text.length > 100 && !/\uFFFD/.test(letter.text), letter.kind);
  match(letter.html, /<html[\s\S]*<\/html>/i);
  const links = letter.text.split("\n").filter((line) => /^https?:/.test(line.trim()));
  for (const link of links) {
    ok(letter.html.includes(link.trim().replaceAll("&", "&amp;")), "link in both parts");
  }
}

async function assertLetters({ read }: Stage, caseNumber: string): Promise<Map<string, ReceivedLetter[]>> {
  const byKind = new Map<string, ReceivedLetter[]>();
  const ids = new Set<string>();
  for (const address of MAILBOXES) {
    for (const letter of await read(address)) {
      assertLetter(letter);
      equal(letter.caseNumber, caseNumber);
      ids.add(letter.headers["message-id"] ?? "");
      byKind.set(letter.kind, [...byKind.get(letter.kind) ?? [], letter]);
    }
  }
  equal(ids.size, [...byKind.values()].flat().length, "each letter once");
  return byKind;
}

/** The completion's files are the same for everybody, byte for byte. */
function assertSameFiles(completions: readonly ReceivedLetter[], job: PlayedJob): void {
  for (const { parsed } of completions) {
    deepEqual(
      parsed.attachments.map(({ filename, content }) => [filename, new Uint8Array(content)]),
      job.files.map(({ name, content }) => [name, content]),
    );
  }
}

/** Dovecot gives by IMAP what lies in its files. */
async function assertImap({ host }: Stage, letter: ReceivedLetter): Promise<void> {
  const login = ["--user", `${OFFICER}:${PASSWORD}`];
  const listed = await run("curl", [
    "-sS",
    ...login,
    `imap://127.0.0.1:${host.imap}/INBOX?HEADER%20X-Warifu-Kind%20completion`,
  ]);
  const [, number] = /\* SEARCH (\d+)/.exec(listed) ?? [];
  const raw = await run("curl", ["-sS", ...login, `imap://127.0.0.1:${host.imap}/INBOX;MAILINDEX=${number}`]);
  equal(raw.replaceAll("\r\n", "\n"), new TextDecoder().decode(letter.raw).replaceAll("\r\n", "\n"));
}

Deno.test("from a form by swaks to executed PDFs in Dovecot's mailboxes, only vouched mails acting", () =>
  withStage(async (stage) => {
    const { host, service, read } = stage;
    const job = await playMainJob(service.process.address, await demoScript(), undefined, {
      mailbox: watched(stage),
      post: (mail) => swaks(host.submission, mail),
    });
    await assertExecuted(stage.service, "peers", job);
    await until(
      "all completions",
      async () =>
        (await Promise.all(MAILBOXES.map(read))).every((letters) =>
          letters.some(({ kind }) => kind === "completion")
        ),
    );
    const letters = await assertLetters(stage, job.caseNumber);
    deepEqual([...letters].map(([kind, all]) => [kind, all.length]).sort(), [
      ["case-notice", 1],
      ["completion", 4],
      ["draft-summary", 1],
      ["receipt", 1],
      ["refusal", 1],
      ["request", 3],
    ]);
    const completions = letters.get("completion") ?? [];
    assertSameFiles(completions, job);
    await assertImap(stage, completions.find(({ to }) => to === OFFICER)!);
    const log = await host.log();
    match(log, /TLS connection established to 127\.0\.0\.1/);
    doesNotMatch(log, /warning: .*(?:milter|tls)/i);
    doesNotMatch(service.process.output, /@[a-z-]+\.example/);
  }));
