/**
 * What the composer begins with: an answer to a letter, a mail once more, a sample, or nothing but a writer.
 *
 * @module
 */
import type { OutgoingMail } from "../../lib/ports.ts";
import { type Instant, jstDay, jstParts } from "../../lib/domain/instant.ts";
import { isOfficer } from "../../lib/flows/staff.ts";
import type { KeptMail } from "../../lib/mail/kept_mail.ts";
import { arrivedOf } from "./arrived_mail.ts";
import type { MailboxDesk } from "./mailbox_desk.ts";
import { CONTRACT_LINES, type SampleMail, sampleMails } from "./sample_mails.ts";
import { SAMPLE_VENDORS } from "./sample_people.ts";

/** What the form is filled with. */
export type Draft = Pick<SampleMail, "from" | "to" | "subject" | "text" | "attached"> & {
  /** Without angle brackets; empty for no answer. */
  readonly inReplyTo: string;
  /** What that mail refers to, with spaces between. */
  readonly references: string;
};

/** What the address of the composer asks for; an empty text for nothing. */
export type DraftWish = Readonly<Record<"reply" | "again" | "sample" | "word" | "from", string>>;

const EMPTY = { subject: "", text: "", attached: [], inReplyTo: "", references: "" };

/** The draft for a wish. */
export async function draftFor(desk: MailboxDesk, wish: DraftWish): Promise<Draft> {
  const { world, mailbox } = desk;
  const letter = await mailbox.letter(wish.reply);
  if (letter) return answerTo(desk, letter.entry, letter.mail, wish.word);
  const arrived = wish.again === "" ? null : await arrivedOf(world, wish.again);
  if (arrived) {
    const { entry, mail } = arrived;
    const { from, to } = entry.envelope;
    return {
      ...EMPTY,
      from,
      to: to.join(", "),
      subject: mail?.subject ?? "",
      inReplyTo: mail?.messageId ?? "",
      references: mail?.references.join(" ") ?? "",
    };
  }
  const to = world.settings.bot.address;
  if (wish.word !== "") return { ...EMPTY, from: wish.from, to, subject: wish.word, text: `${wish.word}\n` };
  const sample = sampleMails(world.settings).find(({ name }) => name === wish.sample);
  return { ...EMPTY, from: wish.from, to, ...sample };
}

/** As mail programs begin a quotation; the readers know it by that. */
function quoted({ at }: KeptMail, { from, text }: OutgoingMail): string {
  const introduction = `${whenWords(at)} ${from.name} <${from.address}>:`;
  return [introduction, ...text.trimEnd().split("\n").map((line) => `> ${line}`.trimEnd())].join("\n");
}

function whenWords(at: Instant): string {
  const [year, month, day] = jstDay(at).split("-");
  const { hour, minute } = jstParts(at);
  return `${year}年${Number(month)}月${Number(day)}日 ${hour}:${String(minute).padStart(2, "0")}`;
}

/** What a contract officer answers to the notice of a form: the contract that fits the sample form. */
function contractFor({ world }: MailboxDesk, entry: KeptMail, mail: OutgoingMail): string | null {
  if (entry.kind !== "case-notice" || !isOfficer(world.settings, entry.to)) return null;
  const plain = (text: string) => text.replace(/\s/g, "");
  const text = plain(mail.text);
  const found = Object.entries(SAMPLE_VENDORS).find(([, { contract }]) => text.includes(plain(contract)));
  return found ? `contract-${found[0]}` : null;
}

function answerTo(desk: MailboxDesk, entry: KeptMail, mail: OutgoingMail, word: string): Draft {
  const contract = word === "" ? contractFor(desk, entry, mail) : null;
  const begun = word !== "" ? `${word}\n` : contract === null ? "" : CONTRACT_LINES;
  return {
    from: mail.to,
    to: mail.replyTo ?? mail.from.address,
    subject: `Re: ${mail.subject}`,
    text: `${begun}\n\n${quoted(entry, mail)}\n`,
    attached: contract === null ? [] : [contract],
    inReplyTo: mail.messageId.replace(/^<|>$/g, ""),
    references: (mail.headers["References"] ?? "").replace(/[<>]/g, ""),
  };
}
