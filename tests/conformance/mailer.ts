/**
 * What every `Mailer` must do. Run by the test of each adapter.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { type Blobs, type Mailer, type OutgoingMail, PortError } from "../../lib/ports.ts";

/** A letter as it was handed over, whatever the way. */
export type Delivered = {
  readonly to: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly attachments: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
};

/** A mailer with a view of what arrived. */
export type MailerUnderTest = {
  readonly mailer: Mailer;
  readonly blobs: Blobs;
  delivered(): Promise<readonly Delivered[]>;
  remove(): Promise<void>;
};

/** A letter with everything in it. */
export const LETTER: OutgoingMail = {
  id: "R8-000123/4/request/1f/0",
  messageId: "<letter-1@bot.example.lg.jp>",
  from: { name: "見本県電子契約（会計局）", address: "keiyaku@bot.example.lg.jp" },
  to: "tanaka@example.co.jp",
  replyTo: "keiyaku+c.R8-000123.abcdefghijklmnop@bot.example.lg.jp",
  subject:
    "見本県会計局会計管理課様から「令和８年度　庁内事務用品単価契約（その１）」の確認依頼が届いています",
  text: "確認してください。\n\nhttps://keiyaku.example.lg.jp/c/" + "A".repeat(60) + "\n\n.\n以上 😀\n",
  html: '<p>確認してください。</p><p><a href="https://keiyaku.example.lg.jp/c/AAAA">開く</a></p>',
  headers: {
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "X-Warifu-Case": "R8-000123",
    "X-Warifu-Kind": "request",
    "References": "<first@bot.example.lg.jp> <second@bot.example.lg.jp>",
  },
  attachments: [],
};

/** Registers the suite for one adapter. */
export function mailerConformance(adapter: string, open: () => Promise<MailerUnderTest>): void {
  const test = (behaviour: string, body: (under: MailerUnderTest) => Promise<void>) =>
    Deno.test(`${adapter}: ${behaviour}`, async () => {
      const under = await open();
      try {
        await body(under);
      } finally {
        under.mailer.close();
        await under.remove();
      }
    });

  test("a letter arrives as it was written", async ({ mailer, delivered }) => {
    await mailer.send(LETTER);
    const [letter, ...others] = await delivered();
    deepEqual(others, []);
    equal(letter?.to, LETTER.to);
    equal(letter?.fromName, LETTER.from.name);
    equal(letter?.fromAddress, LETTER.from.address);
    equal(letter?.replyTo, LETTER.replyTo);
    equal(letter?.subject, LETTER.subject);
    equal(letter?.text.trimEnd(), LETTER.text.trimEnd());
    equal(letter?.html.trimEnd(), LETTER.html);
    equal(letter?.messageId, LETTER.messageId);
  });

  test("headers are kept to the letter", async ({ mailer, delivered }) => {
    await mailer.send(LETTER);
    const [letter] = await delivered();
    for (const [name, value] of Object.entries(LETTER.headers)) {
      equal(letter?.headers.get(name.toLowerCase()), value);
    }
  });

  test("an attachment is the concatenation of its parts", async ({ mailer, blobs, delivered }) => {
    const base = new Uint8Array(300_000).map((_, n) => (n * 7) & 255);
    const tail = new Uint8Array(11_000).map((_, n) => n & 255);
    const parts = [(await blobs.put(base)).sha256, (await blobs.put(tail)).sha256];
    const filename = "庁内事務用品単価契約書（締結済）.pdf";
    await mailer.send({ ...LETTER, attachments: [{ filename, contentType: "application/pdf", parts }] });
    const [file] = (await delivered())[0]!.attachments;
    equal(file?.filename, filename);
    equal(file?.contentType, "application/pdf");
    deepEqual(new Uint8Array(file!.content), new Uint8Array([...base, ...tail]));
  });

  test("a letter whose attachment is missing is not sent", async ({ mailer, blobs, delivered }) => {
    const there = (await blobs.put(new Uint8Array(5))).sha256;
    const attachments = [{
      filename: "a.pdf",
      contentType: "application/pdf",
      parts: [there, "0".repeat(64)],
    }];
    await rejects(mailer.send({ ...LETTER, attachments }), (error) => error instanceof PortError);
    deepEqual(await delivered(), []);
  });

  test("many letters at once all arrive", async ({ mailer, delivered }) => {
    const ids = Array.from({ length: 12 }, (_, n) => `letter-${n}`);
    await Promise.all(
      ids.map((id) => mailer.send({ ...LETTER, id, messageId: `<${id}@bot.example.lg.jp>` })),
    );
    const arrived = new Set((await delivered()).map(({ messageId }) => messageId));
    equal(arrived.size, 12);
  });

  test("it is ready", async ({ mailer }) => {
    ok(await mailer.ready());
  });
}
