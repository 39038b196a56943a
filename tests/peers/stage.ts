/**
 * A service with the foreign mail host before and behind it, and what people do there in a few words.
 *
 * @module
 */
import { type FullMail, linkIn } from "../../lib/tasks/mailbox_client.ts";
import { PlainBrowser } from "../../lib/tasks/plain_browser.ts";
import { freePorts } from "./free_port.ts";
import { type MailHost, startMailHost } from "./mail_host.ts";
import { maildirs } from "./maildir.ts";
import { type PeerService, peerService } from "./peer_service.ts";
import type { ReadLetters, ReceivedLetter } from "./received_letter.ts";
import { until } from "./until.ts";

/** What a test plays on. */
export type Stage = {
  readonly host: MailHost;
  readonly service: PeerService;
  readonly read: ReadLetters;
  /** Waits for a letter of a kind that fits. */
  expect(to: string, kind: string, fits?: (letter: ReceivedLetter) => boolean): Promise<ReceivedLetter>;
};

/** How a stage differs from the usual one. */
export type StageOptions = {
  /** Letters go out by the listener that takes only small ones. */
  readonly small?: boolean;
  /** Postfix hands mail over by LMTP instead of SMTP. */
  readonly lmtp?: boolean;
  /** Further records of DNS. */
  readonly zone?: Readonly<Record<string, readonly string[]>>;
};

/** Plays on a stage, and clears it away. */
export async function withStage(
  play: (stage: Stage) => Promise<void>,
  { small = false, lmtp = false, zone = {} }: StageOptions = {},
): Promise<void> {
  const service = await peerService();
  const [lmtpPort = 0] = freePorts(1);
  const { smtpPort } = service.process.address;
  const host = await startMailHost({
    service: lmtp ? `inward:inet:127.0.0.1:${lmtpPort}` : `smtp:[127.0.0.1]:${smtpPort}`,
  });
  const read = maildirs(host);
  try {
    const relay = small ? host.small : host.submission;
    await service.start({
      mailOutUrl: `smtp://127.0.0.1:${relay}`,
      zone: { ...host.zone, ...zone },
      dkim: host.botKey,
      environment: lmtp ? { LMTP_LISTEN: `127.0.0.1:${lmtpPort}` } : {},
    });
    await play({
      host,
      service,
      read,
      expect: (to, kind, fits = () => true) =>
        until(
          `a letter "${kind}"`,
          async () => (await read(to)).find((letter) => letter.kind === kind && fits(letter)),
        ),
    });
  } catch (error) {
    console.error(await host.log(), service.process.output);
    throw error;
  } finally {
    await service.close();
    await host.close();
  }
}

/** The officer's page of a case, opened anew from the link in a letter. */
export async function casePage(letter: Pick<FullMail, "text">): Promise<PlainBrowser> {
  const browser = new PlainBrowser();
  const { status } = await browser.open(linkIn(letter.text, "/o/"));
  if (status !== 200) throw new Error(`Cannot look at the case: the page answers ${status}`);
  return browser;
}

/** What the officer's page says of the letters to an address: what each is, its state, and why. */
export function deliveriesOn({ page: { html } }: PlainBrowser, to: string): string[] {
  const [, card = ""] = html.split("メールの送信状況");
  const rows = card.match(/<li\b[^>]*>[\s\S]*?<\/li>/g) ?? [];
  return rows.map((row) => row.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim())
    .filter((row) => row.includes(to));
}
