/**
 * 「検証」 by mail (R39): anyone writes the word and attaches PDFs, and gets a report. It changes nothing and tells
 * nothing of a case beyond what the file says and whether it is on record, so it needs no proof of who wrote.
 *
 * @module
 */
import type { ReadMail } from "../mail/read_mail.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { file, type Incoming } from "./inbox_filing.ts";
import { letterEntry } from "./orders.ts";
import { keepOnly } from "./pass_on.ts";
import { attachedPapers, attachedPdfs } from "./take_contract.ts";
import { now, type World } from "./world.ts";

/** Most PDFs of one mail that are verified. */
const MAX_VERIFIED = 5;
/** An executed PDF is larger than what was uploaded by its seals, in bytes. */
const ROOM_FOR_SEALS = 4 << 20;
/** Longest name of a file that is kept in an order. */
const MAX_NAME = 120;

const WORD =
  /^検証(?:の?(?:依頼|お願い|希望)|をお?願い(?:し|いたし|致し)ます|を?して(?:ください|下さい))?(?:$|[\s:、。!])/;

/** Whether a mail asks for verification: by its subject, or the first line of its new text. */
export function asksForVerification({ subject, newText }: Pick<ReadMail, "subject" | "newText">): boolean {
  return [newText, subject].some((text) => WORD.test(text.normalize("NFKC").trim()));
}

/** Files to look at, and a sentence for each kind that is passed over. */
function chosen(world: World, mail: ReadMail) {
  const most = world.settings.limits.maxPdfBytes + ROOM_FOR_SEALS;
  const pdfs = attachedPdfs(mail);
  const fitting = pdfs.filter(({ size }) => size <= most);
  const taken = fitting.slice(0, MAX_VERIFIED);
  const others = attachedPapers(mail).length - pdfs.length;
  const passedOver = [
    ...pdfs.length > fitting.length
      ? [
        `${Math.floor(most / (1 << 20))} MBを超えるファイル${
          pdfs.length - fitting.length
        }件は、検証していません。`,
      ]
      : [],
    ...fitting.length > taken.length
      ? [
        `一度に検証できるのは${MAX_VERIFIED}件までです。残りの${
          fitting.length - taken.length
        }件は、分けてお送りください。`,
      ]
      : [],
    ...others > 0 ? [`PDFでない添付ファイル${others}件は、検証していません。`] : [],
  ];
  return {
    verify: taken.map(({ filename, blob }) => ({ name: filename.slice(0, MAX_NAME), blob })),
    passedOver,
  };
}

/** Orders the answer, to the mail's writer. Above the day's share the mail is only kept. */
export async function takeVerification(world: World, incoming: Incoming): Promise<void> {
  const { entry, mail, writer } = incoming;
  const besides = await answerAllowance(world, writer.address, "verification");
  if (!besides) return await keepOnly(world, incoming, null);
  const letter = letterEntry(
    { letter: "verification", to: writer.address, party: null, about: chosen(world, mail) },
    { caseNumber: null, name: `mail/${entry.value.id}`, at: now(world) },
  );
  await file(world, incoming, { fate: "answered", caseNumber: null, letters: [letter], besides });
}
