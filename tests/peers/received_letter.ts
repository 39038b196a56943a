/**
 * A letter as a foreign program kept it, byte for byte, and how a job is played with such letters.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type ParsedMail, simpleParser } from "mailparser";
import type { FullMail, ListedMail } from "../../lib/tasks/mailbox_client.ts";
import type { JobMailbox } from "../../lib/tasks/main_job.ts";
import { until } from "./until.ts";

/** A letter with its files. */
export type PeerLetter = FullMail & ListedMail & {
  /** What its attachments hold, in order. */
  readonly contents: readonly Uint8Array<ArrayBuffer>[];
};

/** A letter as it arrived. */
export type ReceivedLetter = PeerLetter & {
  readonly raw: Uint8Array;
  readonly parsed: ParsedMail;
};

/** Gives all letters to an address, as they arrived. */
export type ReadLetters = (to: string) => Promise<readonly ReceivedLetter[]>;

/** The letter in the bytes; `id` is what its keeper calls it. */
export async function receivedLetter(id: string, to: string, raw: Uint8Array): Promise<ReceivedLetter> {
  const parsed = await simpleParser(Buffer.from(raw), { skipTextToHtml: true, skipHtmlToText: true });
  const headers = Object.fromEntries(
    parsed.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).replace(/\r?\n/g, "").trim()]),
  );
  return {
    id,
    to,
    subject: parsed.subject ?? "",
    kind: headers["x-warifu-kind"] ?? "",
    caseNumber: headers["x-warifu-case"] ?? null,
    at: (parsed.date ?? new Date(0)).toISOString(),
    headers,
    text: parsed.text ?? "",
    html: parsed.html || "",
    attachments: parsed.attachments.map(({ filename = "", contentType, size }, at) => ({
      filename,
      contentType,
      size,
      url: `${id}#${at}`,
    })),
    contents: parsed.attachments.map(({ content }) => new Uint8Array(content)),
    raw,
    parsed,
  };
}

/** The letters as a played job reads them. */
export function mailboxOver(read: (to: string) => Promise<readonly PeerLetter[]>): JobMailbox {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>();
  const list = async (to: string) => {
    const letters = await read(to);
    for (const letter of letters) {
      letter.attachments.forEach(({ url }, at) => contents.set(url, letter.contents[at]!));
    }
    return [...letters];
  };
  return {
    list,
    expect: (wanted, patienceMs) =>
      until(`a letter "${wanted.kind}"`, async () => {
        const fitting = (await list(wanted.to)).filter((mail) =>
          mail.kind === wanted.kind && (wanted.fits?.(mail) ?? true)
        );
        return fitting.sort((a, b) => a.at < b.at ? -1 : 1).at(-1);
      }, patienceMs),
    download: (file) => Promise.resolve(contents.get(file.url)!),
  };
}

/** The bare address in a header of a letter. */
export function headerAddress({ headers }: Pick<FullMail, "headers">, name: string): string {
  const found = headers[name] ?? "";
  return /<([^>]+)>/.exec(found)?.[1] ?? found;
}
