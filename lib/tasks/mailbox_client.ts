/**
 * Reads the built-in mailbox over HTTP, as the people of a played case read their mail.
 *
 * @module
 */

/** A mail as the mailbox lists it. */
export type ListedMail = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly kind: string;
  readonly caseNumber: string | null;
  readonly at: string;
};

/** A file of a mail. */
export type MailFile = {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
};

/** A mail in full. */
export type FullMail = {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly MailFile[];
};

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A reader of one service's mailbox. */
export class MailboxClient {
  readonly #base: string;

  /** `base` is the service's public address. */
  constructor(base: string) {
    this.#base = base;
  }

  /** All mails to an address, as the mailbox orders them. */
  async list(to: string): Promise<ListedMail[]> {
    return await this.#json(`/dev/mailbox/messages?to=${encodeURIComponent(to)}`);
  }

  /** One mail. */
  async read(id: string): Promise<FullMail> {
    return await this.#json(`/dev/mailbox/messages/${encodeURIComponent(id)}`);
  }

  /** The bytes of an attached file. */
  async download(file: MailFile): Promise<Uint8Array<ArrayBuffer>> {
    const response = await fetch(new URL(file.url, this.#base));
    if (!response.ok) throw new Error(`Cannot download a file: the answer is ${response.status}`);
    return await response.bytes();
  }

  /** Waits for the newest mail of a kind that fits. Throws `Error` when none comes in time. */
  async expect(
    wanted: { readonly to: string; readonly kind: string; readonly fits?: (mail: ListedMail) => boolean },
    patienceMs = 60_000,
  ): Promise<FullMail & ListedMail> {
    const { to, kind, fits = () => true } = wanted;
    const end = performance.now() + patienceMs;
    do {
      const mails = await this.list(to).catch(() => []);
      const fitting = mails.filter((mail) => mail.kind === kind && fits(mail));
      const found = fitting.sort((a, b) => a.at < b.at ? -1 : 1).at(-1);
      const full = found && await this.read(found.id).catch(() => null);
      if (found && full) return { ...found, ...full };
      await pause(40);
    } while (performance.now() < end);
    throw new Error(`Cannot go on: no mail "${kind}" came within ${patienceMs} ms`);
  }

  async #json<T>(path: string): Promise<T> {
    const response = await fetch(this.#base + path, { headers: { accept: "application/json" } });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`Cannot read the mailbox: the answer is ${response.status}`);
    }
    return await response.json() as T;
  }
}

/** The first link in a mail's text that leads to a page (`/c/`, `/o/`, `/d/`…); it stands alone on its line. */
export function linkIn(text: string, page: string): string {
  const link = text.split(/\r?\n/).map((line) => line.trim()).find((line) =>
    /^https?:\/\/\S+$/.test(line) && new URL(line).pathname.startsWith(page)
  );
  if (!link) throw new Error(`Cannot follow a link to "${page}": the mail has none`);
  return link;
}
