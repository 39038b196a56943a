/**
 * All letters of the main job in maildev, a catcher of mails that nobody here wrote: what it makes of them is what
 * we meant.
 */
import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { demoScript } from "../../lib/tasks/demo_script.ts";
import { playMainJob } from "../../lib/tasks/main_job.ts";
import { freePorts } from "./free_port.ts";
import { BOT_DOMAIN, MAILBOXES, SIGNED_DOMAINS } from "./mail_host_files.ts";
import { peerPackages } from "./packages.ts";
import { peerService } from "./peer_service.ts";
import { mailboxOver, type ReadLetters, type ReceivedLetter, receivedLetter } from "./received_letter.ts";
import { swaks } from "./swaks.ts";
import { until } from "./until.ts";

/** A mail as maildev understands it. */
type CaughtMail = {
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly to: readonly { readonly address: string }[];
  readonly from: readonly { readonly name: string; readonly address: string }[];
  readonly attachments?: readonly { readonly filename: string; readonly size: number }[];
};

async function ask<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`Cannot ask maildev: it answers ${response.status}`);
  return await response.json();
}

/** Reads what it caught, in its original bytes. */
function caughtBy(api: string): ReadLetters {
  const known = new Map<string, ReceivedLetter>();
  return async (to) => {
    const mails = await ask<CaughtMail[]>(`${api}/email`);
    const letters: ReceivedLetter[] = [];
    for (const { id } of mails.filter((mail) => mail.to.some(({ address }) => address === to))) {
      const source = async () => await (await fetch(`${api}/email/${id}/download`)).bytes();
      const letter = known.get(id) ?? await receivedLetter(id, to, await source());
      known.set(id, letter);
      letters.push(letter);
    }
    return letters;
  };
}

async function withMaildev(play: (smtpPort: number, api: string) => Promise<void>): Promise<void> {
  const [smtp = 0, web = 0] = freePorts(2);
  const folder = await Deno.makeTempDir({ prefix: "warifu-maildev-" });
  const here = ["--ip", "127.0.0.1", "--web-ip", "127.0.0.1", "--mail-directory", folder];
  const child = new Deno.Command("node", {
    args: [
      `${peerPackages()}/node_modules/maildev/dist/bin/maildev.js`,
      "-s",
      `${smtp}`,
      "-w",
      `${web}`,
      ...here,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const api = `http://127.0.0.1:${web}/api`;
  try {
    await until("maildev answers", () => ask<unknown>(`${api}/email`).catch(() => null));
    await play(smtp, api);
  } finally {
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  }
}

const comparable = (text: string): string => text.replace(/\r\n/g, "\n").trim();

/** What is read of a page: maildev cleans the rest of what might do harm. */
const body = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0].replace(/\s+/g, "") ?? "";

/** Takes a letter as maildev shows it for what we meant. */
async function assertUnderstood(api: string, letter: ReceivedLetter): Promise<void> {
  const caught = await ask<CaughtMail>(`${api}/email/${letter.id}`);
  equal(caught.subject, letter.subject);
  match(caught.subject, /見本県/);
  deepEqual(caught.from, [{ name: "見本県電子契約", address: "keiyaku@bot.example.lg.jp" }]);
  deepEqual(caught.to.map(({ address }) => address), [letter.to]);
  equal(comparable(caught.text), comparable(letter.text));
  ok(body(letter.html).length > 500);
  equal(body(caught.html), body(letter.html));
  deepEqual(
    (caught.attachments ?? []).map(({ filename, size }) => [filename, size]),
    letter.attachments.map(({ filename, size }) => [filename, size]),
  );
}

Deno.test("maildev gets every letter of the main job once and understands it", () =>
  withMaildev(async (smtpPort, api) => {
    const service = await peerService();
    try {
      const mx = [...SIGNED_DOMAINS, BOT_DOMAIN].map((name) => [`MX ${name}`, [`10 mx.${name}`]]);
      await service.start({
        mailOutUrl: `smtp://127.0.0.1:${smtpPort}`,
        zone: Object.fromEntries(mx),
        dkim: null,
        environment: { MAIL_AUTH: "observe" },
      });
      const read = caughtBy(api);
      const { address } = service.process;
      const job = await playMainJob(address, await demoScript(), undefined, {
        mailbox: mailboxOver(read),
        post: (mail) => swaks(address.smtpPort, mail),
      });
      equal(job.files.length, 2);
      const all = async () => (await Promise.all(MAILBOXES.map(read))).flat();
      await until(
        "all completions",
        async () => (await all()).filter(({ kind }) => kind === "completion").length === MAILBOXES.length,
      );
      const letters = await all();
      deepEqual(letters.map(({ kind }) => kind).sort(), [
        "case-notice",
        ...Array<string>(4).fill("completion"),
        "draft-summary",
        "receipt",
        ...Array<string>(3).fill("request"),
      ]);
      for (const letter of letters) await assertUnderstood(api, letter);
    } finally {
      await service.close();
    }
  }));
