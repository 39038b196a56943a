/**
 * Damaged mails through the reader, as the worker runs it: files are read to their end and dropped.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { UnreadableError } from "../../../lib/domain/unreadable.ts";
import { DEFAULT_MESSAGE_LIMITS } from "../../../lib/mail/message_limits.ts";
import { readMessage, type StoreFile } from "../../../lib/mail/read_message.ts";
import { damageMail } from "../mail_mutations.ts";
import { type Bytes, chooseSmall, Finding, fixtureSeeds, type FuzzTarget } from "../target.ts";

const PIECE_BYTES = 16 << 10;

async function* pieces(bytes: Bytes): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.slice(at, at + PIECE_BYTES);
  await Promise.resolve();
}

const drop: StoreFile = async (content) => {
  const hash = createHash("sha256");
  let size = 0;
  for await (const piece of content) {
    hash.update(piece);
    size += piece.length;
  }
  return { blob: hash.digest("hex"), size };
};

/** Whether an error was thrown by our own code: what a vendor's throws counts as a damaged mail (`mail_reader_worker.ts`). */
function isOurs(error: unknown): boolean {
  const [first = ""] = /^ +at .*$/m.exec(error instanceof Error ? error.stack ?? "" : "") ?? [];
  return !first.includes("node_modules") && !first.includes("node:");
}

/** The target. */
export const mailTarget: FuzzTarget = {
  name: "mail",
  count: 20_000,
  seeds: async () => [
    ...await fixtureSeeds("mails", /\.eml$/),
    ...await fixtureSeeds("mails_further", /\.eml$/),
  ],
  choose: chooseSmall,
  mutate: (seed, seeds, dice) => damageMail(seed.bytes, dice, dice.pick(seeds).bytes),
  prepare: () =>
    Promise.resolve(async (input) => {
      try {
        const mail = await readMessage(pieces(input), "a@example.jp", drop, DEFAULT_MESSAGE_LIMITS);
        const bad = mail.attachments.find(({ filename }) => /[/\\\p{Cc}\p{Bidi_Control}]/u.test(filename));
        if (bad) throw new Finding("the name of a file is not safe");
        return `read, ${mail.automatic ?? "by a person"}, ${mail.attachments.length} files`;
      } catch (error) {
        if (error instanceof UnreadableError) return error.code;
        if (error instanceof Finding || isOurs(error)) throw error;
        return "mail_damaged";
      }
    }),
};
