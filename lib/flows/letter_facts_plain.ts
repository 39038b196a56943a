/**
 * Letters that belong to no case.
 *
 * @module
 */
import { writeHelp } from "../letters/help.ts";
import type { LetterHead } from "../letters/letter.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import { writeQuestion } from "../letters/question.ts";
import { writeRefusal } from "../letters/refusal.ts";
import type { Attachment, Sha256 } from "../ports.ts";
import type { LetterDraft } from "./letter_facts.ts";
import { digestLetter } from "./letter_facts_digest.ts";
import { departmentListLetter, documentsLetter } from "./letter_facts_lists.ts";
import { verificationLetter } from "./letter_facts_verification.ts";
import type { LinkMint } from "./letter_links.ts";
import type { World } from "./world.ts";

/** A received mail as an attachment, as it came; none where the letter must go without files. */
export function originalMail({ withoutFiles }: LetterOrder, blob: Sha256, name: string): Attachment[] {
  return blob === "" || withoutFiles
    ? []
    : [{ filename: `${name}.eml`, contentType: "message/rfc822", parts: [blob] }];
}

/** The letter that points out what the bot can do. */
export function helpLetter(world: World, head: LetterHead): LetterDraft {
  const { publicUrl } = world;
  return {
    letter: writeHelp(head, {
      formsUrl: `${publicUrl}/forms`,
      verifyUrl: `${publicUrl}/verify`,
      documentsUrl: `${publicUrl}/documents`,
    }),
  };
}

/** The letter of an order without a case; null for kinds that always belong to one. */
export async function letterWithoutCase(
  source: {
    readonly world: World;
    readonly order: LetterOrder;
    readonly head: LetterHead;
    readonly links: LinkMint;
  },
): Promise<LetterDraft | null> {
  const { world, order, head } = source;
  const { about } = order;
  if (order.letter === "help") return helpLetter(world, head);
  if (order.letter === "documents-link") return await documentsLetter(source);
  if (order.letter === "digest") return await digestLetter(source);
  if (order.letter === "status") return await departmentListLetter(source);
  if (about && "verify" in about) return await verificationLetter(world, head, about);
  if (about && "reasons" in about) return { letter: writeRefusal(head, about) };
  if (about && "question" in about) {
    const attachments = originalMail(order, about.mail, "original");
    const facts = {
      about: { title: "", company: "" },
      party: null,
      from: about.from,
      question: about.question,
      check: about.check ?? null,
      attached: attachments.length > 0,
      officerUrl: null,
    };
    return { letter: writeQuestion(head, facts), attachments };
  }
  return null;
}
