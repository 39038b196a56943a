/**
 * Plays the main job from outside, as its people would: the vendor and the officer write mails over SMTP, and
 * everyone presses buttons on pages. Every step may be repeated after a fault, so the job also ends well when the
 * service is killed and started again meanwhile.
 *
 * @module
 */
import type { ServiceAddress } from "./server_process.ts";
import { type FullMail, linkIn, type ListedMail, MailboxClient, type MailFile } from "./mailbox_client.ts";
import { PlainBrowser } from "./plain_browser.ts";
import { type PostedFile, type PostedMail, postMail } from "./post_mail.ts";

/** Who plays, and with which papers. */
export type JobScript = {
  readonly vendor: string;
  readonly officer: string;
  /** Addresses in the order in which they agree: confirmers, then approvers. */
  readonly parties: readonly string[];
  readonly departmentAddress: string;
  /** The consent form as a file, or as labelled text in the mail's body. */
  readonly form: PostedFile | string;
  readonly contracts: readonly PostedFile[];
  /** Lines of the officer's mail: 契約日 and the like. */
  readonly lines: readonly string[];
  /** Whether the officer puts the contracts on the case's page, as large ones need it, instead of mailing them. */
  readonly uploads?: boolean;
};

/** Where the people of the job find their mail. */
export type JobMailbox = Pick<MailboxClient, "list" | "expect" | "download">;

/** How the people of the job write and read mail, where it is not by the service's own door and mailbox. */
export type JobMails = { readonly mailbox: JobMailbox; post(mail: PostedMail): Promise<void> };

/** A mail as it was found in the mailbox. */
type FoundMail = FullMail & ListedMail;

/** What came of it. */
export type PlayedJob = {
  readonly caseNumber: string;
  /** The executed PDFs and the certificate, by file name. */
  readonly files: readonly { readonly name: string; readonly content: Uint8Array<ArrayBuffer> }[];
  /** From the last agreement's answer to the completion mail in the officer's mailbox, in ms. */
  readonly completionMs: number;
};

/** Told after each step. */
export type Progress = (step: string, detail: string) => void;

const REPEATS = 60;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Repeats a step that failed, since the service may be down at the moment. */
async function persist<T>(step: () => Promise<T>): Promise<T> {
  for (let repeat = 0;; repeat++) {
    try {
      return await step();
    } catch (error) {
      if (repeat >= REPEATS) throw error;
      await pause(250);
    }
  }
}

function assertOpened(page: { readonly status: number; readonly html: string }, doing: string): void {
  if (page.status < 400) return;
  const words = page.html.replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ").replace(/\s+/g, " ").slice(0, 400);
  throw new Error(`Cannot ${doing}: the page answers ${page.status}: ${words}`);
}

/** Reads and agrees behind one link; a link that was used already shows the done page, and nothing is pressed. */
async function agree(link: string): Promise<void> {
  const browser = new PlainBrowser();
  assertOpened(await browser.open(link), "open the request");
  if (!browser.offers("利用規約に同意して書類を開く")) return;
  assertOpened(await browser.press("利用規約に同意して書類を開く"), "open the documents");
  assertOpened(await browser.press("書類の内容に同意"), "ask for the last word");
  assertOpened(await browser.press("同意して確認完了"), "agree");
}

/** Names of the upload form's fields by the labels that a mail's lines have. */
const UPLOAD_FIELDS: Readonly<Record<string, string>> = { 契約日: "contractDate", 契約期間: "term" };

/** Puts contracts on the case's page. */
async function upload(
  browser: PlainBrowser,
  link: string,
  contracts: readonly PostedFile[],
  lines: readonly string[],
): Promise<void> {
  assertOpened(await browser.open(link), "open the case");
  const fields = lines.map((line): [string, string] => {
    const [label = "", value = ""] = line.split(/[:：]\s*/, 2);
    const name = UPLOAD_FIELDS[label];
    if (!name) throw new Error(`Cannot upload: the form has no field for "${label}"`);
    return [name, value];
  });
  const pdf = contracts.map(({ filename, contentType, content }) =>
    new File([content], filename, { type: contentType })
  );
  const page = await browser.press("契約書を出す", { ...Object.fromEntries(fields), pdf });
  assertOpened(page, "upload the contracts");
}

/** Sends what the summary shows; a contract that is on its way already offers no such button. */
async function send(browser: PlainBrowser, link: string): Promise<void> {
  assertOpened(await browser.open(link), "open the summary");
  if (!browser.offers("この内容で送信する")) return;
  assertOpened(await browser.press("この内容で送信する"), "send the contract");
}

/** One played job on one service. */
class MainJob {
  readonly #script: JobScript;
  readonly #mails: JobMails;
  readonly #mailbox: JobMailbox;
  readonly #run = crypto.randomUUID();
  /** The officer's one: a link belongs to the first browser that acts with it. */
  readonly #browser = new PlainBrowser();

  constructor(script: JobScript, mails: JobMails) {
    this.#script = script;
    this.#mails = mails;
    this.#mailbox = mails.mailbox;
  }

  async play(progress: Progress): Promise<PlayedJob> {
    const { officer, parties } = this.#script;
    const notice = await this.#openCase(progress);
    const { contracts, lines, uploads = false } = this.#script;
    await persist(() =>
      uploads ? upload(this.#browser, linkIn(notice.text, "/o/"), contracts, lines) : this.#handIn(notice)
    );
    const names = contracts.map((file) => file.filename).join("、");
    progress("契約書", `${names} を担当者が${uploads ? "画面" : "メール"}で提出`);
    const expect = (to: string, kind: string) =>
      this.#mailbox.expect({ to, kind, fits: (mail) => mail.caseNumber === notice.caseNumber }, 120_000);
    const summary = await expect(officer, "draft-summary");
    await persist(() => send(this.#browser, linkIn(summary.text, "/o/")));
    progress("送信", "担当者が内容を確かめて送信");
    for (const party of parties) {
      const request = await expect(party, "request");
      await persist(() => agree(linkIn(request.text, "/c/")));
      progress("同意", `${party} が同意`);
    }
    const agreedAt = performance.now();
    const completion = await expect(officer, "completion");
    const completionMs = performance.now() - agreedAt;
    const files = await persist(() => this.#filesOf(completion));
    progress("締結", `${files.length} 件の電子ファイルが全員に届いた`);
    return { caseNumber: notice.caseNumber ?? "", files, completionMs };
  }

  async #openCase(progress: Progress): Promise<FoundMail> {
    const { vendor, officer, departmentAddress, form } = this.#script;
    const earlier = new Set((await persist(() => this.#mailbox.list(officer))).map((mail) => mail.id));
    const mail = {
      id: `form-${this.#run}`,
      from: vendor,
      to: departmentAddress,
      subject: "電子契約同意書の提出",
      text: typeof form === "string" ? form : "お世話になっております。\n同意書をお送りします。\n",
      files: typeof form === "string" ? [] : [form],
    };
    await persist(() => this.#mails.post(mail));
    progress("同意書", `${typeof form === "string" ? "本文" : form.filename} を事業者がメールで提出`);
    const notice = await this.#mailbox.expect({
      to: officer,
      kind: "case-notice",
      fits: (each) => !earlier.has(each.id),
    });
    progress("受付", `案件番号 ${notice.caseNumber}`);
    return notice;
  }

  #handIn(notice: FoundMail): Promise<void> {
    const { officer, contracts, lines } = this.#script;
    return this.#mails.post({
      id: `contract-${this.#run}`,
      from: officer,
      to: headerOf(notice, "reply-to"),
      subject: `Re: ${notice.subject}`,
      text: `${lines.join("\n")}\n`,
      files: contracts,
    });
  }

  async #filesOf(completion: FoundMail): Promise<PlayedJob["files"]> {
    const attached = completion.attachments.filter((file) => file.contentType === "application/pdf");
    if (attached.length > 0) {
      return await Promise.all(attached.map(async (file: MailFile) => ({
        name: file.filename,
        content: await this.#mailbox.download(file),
      })));
    }
    return await this.#filesBehind(linkIn(completion.text, "/d/"));
  }

  async #filesBehind(link: string): Promise<PlayedJob["files"]> {
    const browser = new PlainBrowser();
    assertOpened(await browser.open(link), "open the download page");
    const files = [];
    for (const { href, download } of browser.downloads()) {
      const response = await fetch(href);
      if (!response.ok) throw new Error(`Cannot download a file: the answer is ${response.status}`);
      files.push({ name: download, content: await response.bytes() });
    }
    return files;
  }
}

function headerOf(mail: FullMail, name: string): string {
  const found = Object.entries(mail.headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (!found) throw new Error(`Cannot answer the mail: it has no header "${name}"`);
  return /<([^>]+)>/.exec(found)?.[1] ?? found.trim();
}

/** The people write to the service's own door and read in its own mailbox. */
const ownMails = ({ http, smtpPort }: ServiceAddress): JobMails => ({
  mailbox: new MailboxClient(http),
  post: (mail) => postMail(smtpPort, mail),
});

/** Plays the main job once on a service that runs. Throws `Error` when a step does not succeed in time. */
export function playMainJob(
  address: ServiceAddress,
  script: JobScript,
  progress: Progress = () => {},
  mails: JobMails = ownMails(address),
): Promise<PlayedJob> {
  return new MainJob(script, mails).play(progress);
}
