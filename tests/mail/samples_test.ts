/**
 * Forty mails as Japanese mail programs, gateways and attackers write them, against what a person reads in them.
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { DEFAULT_MESSAGE_LIMITS } from "../../lib/mail/message_limits.ts";
import type { AutomaticReason, ReadMail } from "../../lib/mail/read_mail.ts";
import { readMessage } from "../../lib/mail/read_message.ts";

type Truth = {
  readonly subject?: string;
  readonly text?: string;
  readonly files?: readonly string[];
  readonly nested?: readonly string[];
  readonly form?: "tanaka" | "suzuki" | "yamada";
  readonly reply?: string;
  readonly auto?: string;
  readonly dsn?: { readonly recipient: string; readonly status: string };
  readonly opaque?: boolean;
  readonly nfd?: boolean;
  readonly ppap_password?: string;
  readonly sender?: string;
};

const FOLDER = new URL("../fixtures/mails/", import.meta.url);
const truths = JSON.parse(Deno.readTextFileSync(new URL("mails_truth.json", FOLDER))) as Record<
  string,
  Truth
>;

const REASONS: Readonly<Record<string, AutomaticReason>> = {
  "auto-replied": "auto-submitted",
  mdn: "report",
  "null-sender": "null-sender",
  precedence: "precedence",
  list: "list",
  subject: "subject",
};

/** Values of the form that must stand in the text, label and value on one line. */
const FORMS = {
  tanaka: [/契約名[：\t ].*庁内事務用品/, /確認者.*/, /minato-bungu\.example\.co\.jp/],
  suzuki: [/■契約名 \S+/, /確認者/],
  yamada: [
    /^提出日\t2026\/12\/3$/m,
    /^商号又は名称\t山田システムサービス合同会社$/m,
    /^契約名\t学校ＩＣＴ支援員派遣業務委託$/m,
    /^確認者1 メールアドレス\thanako@yamada-sys\.example\.jp$/m,
  ],
} as const;

/** Reads a sample in pieces of an odd size, so that every mark is cut somewhere. */
async function readSample(name: string, envelopeFrom: string): Promise<{ mail: ReadMail; hashes: string[] }> {
  const raw = await Deno.readFile(new URL(name, FOLDER));
  const hashes: string[] = [];
  const mail = await readMessage(
    (async function* () {
      for (let at = 0; at < raw.length; at += 1_009) {
        yield await Promise.resolve(raw.subarray(at, at + 1_009));
      }
    })(),
    envelopeFrom,
    async (content) => {
      const hash = createHash("sha256");
      let size = 0;
      for await (const piece of content) {
        hash.update(piece);
        size += piece.length;
      }
      hashes.push(hash.digest("hex"));
      return { blob: hashes.at(-1)!, size };
    },
    DEFAULT_MESSAGE_LIMITS,
  );
  return { mail, hashes };
}

for (const [name, truth] of Object.entries(truths)) {
  Deno.test(`sample ${name}`, async () => {
    const envelopeFrom = truth.auto === "null-sender" ? "" : "sender@example.co.jp";
    const { mail } = await readSample(name, envelopeFrom);
    if (truth.subject !== undefined) equal(mail.subject, truth.subject);
    if (truth.text !== undefined) ok(mail.text.includes(truth.text), mail.text);
    const files = truth.files ?? truth.nested;
    if (files !== undefined) deepEqual(mail.attachments.map((file) => file.filename), files);
    for (const pattern of truth.form ? FORMS[truth.form] : []) ok(pattern.test(mail.text), mail.text);
    if (truth.reply !== undefined) equal(mail.newText.split("\n")[0], truth.reply);
    equal(mail.automatic, truth.auto === undefined ? null : REASONS[truth.auto]!);
    equal(mail.bounce?.recipient ?? null, truth.dsn?.recipient ?? null);
    equal(mail.bounce?.status ?? null, truth.dsn?.status ?? null);
    if (truth.nfd) equal(mail.attachments[0]?.filename, mail.attachments[0]?.filename.normalize("NFC"));
    if (truth.ppap_password !== undefined) ok(mail.text.includes(truth.ppap_password));
    if (truth.sender !== undefined) deepEqual(mail.from.map((from) => from.address), [truth.sender]);
  });
}

Deno.test("samples of the same form carry the same bytes, however they were wrapped", async () => {
  const wrapped = Object.entries(truths).filter(([name, { files, nested, opaque }]) =>
    !name.startsWith("5") && ((files ?? nested) !== undefined || (opaque && name.startsWith("13")))
  );
  ok(wrapped.length >= 9);
  const hashes = await Promise.all(
    wrapped.map(async ([name]) => (await readSample(name, "a@example.jp")).hashes),
  );
  equal(new Set(hashes.flat()).size, 1);
});

Deno.test("a sample that was signed as a whole gives its form", async () => {
  const { mail } = await readSample("13_smime_signed_opaque.eml", "a@example.jp");
  deepEqual(mail.attachments.map(({ filename }) => filename), [
    "電子契約同意書兼メールアドレス確認書（物品・役務）.docx",
  ]);
  ok(mail.newText.includes("同意書を添付にて提出いたします"));
  deepEqual(mail.closed, []);
});

Deno.test("a sample that is encrypted is closed, and says so", async () => {
  const { mail } = await readSample("14_smime_encrypted.eml", "a@example.jp");
  deepEqual(mail.closed, ["smime_encrypted"]);
  deepEqual(mail.attachments, []);
});

Deno.test("a report names the mail it is about", async () => {
  const { mail } = await readSample("43_dsn_bounce.eml", "");
  deepEqual(mail.bounce, {
    originalMessageId: "c1.s2@bot.city-sakurano.example.lg.jp",
    recipient: "tanaka@minato-bungu.example.co.jp",
    action: "failed",
    status: "5.1.1",
    diagnostic: "550 5.1.1 User unknown",
  });
});

Deno.test("two From fields count as two senders", async () => {
  const { mail } = await readSample("60_two_from.eml", "evil@evil.example");
  deepEqual(mail.from.map(({ address }) => address), [
    "evil@evil.example",
    "tanaka@minato-bungu.example.co.jp",
  ]);
});

Deno.test("names with paths and turned text are made harmless", async () => {
  const traversal = await readSample("63_filename_traversal.eml", "a@example.jp");
  deepEqual(traversal.mail.attachments.map(({ filename }) => filename), ["passwd..x.docx"]);
  const turned = await readSample("64_rtlo_filename.eml", "a@example.jp");
  deepEqual(turned.mail.attachments.map(({ filename }) => filename), ["同意書xcod.exe"]);
});

Deno.test("NUL and bare line ends do no harm", async () => {
  const { mail } = await readSample("61_nul_and_bare_lf.eml", "a@example.jp");
  equal(mail.text, "abc\nd");
});

Deno.test("references come oldest first, the mail answered last", async () => {
  const { mail } = await readSample("30_reply_gmail.eml", "a@example.jp");
  deepEqual(mail.references, [
    "c1.s1@bot.city-sakurano.example.lg.jp",
    "c1.s2@bot.city-sakurano.example.lg.jp",
  ]);
  equal(mail.messageId, "m1@minato-bungu.example.co.jp");
});
