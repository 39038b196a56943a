/**
 * A world that gets mail, for tests of what becomes of it.
 *
 * @module
 */
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import type { World } from "../../lib/flows/world.ts";
import { caseAddress } from "../../lib/mail/bot_address.ts";
import { type PaperMail, paperWorld } from "../support/paper_world.ts";
import { FORM } from "../support/sample_case.ts";

/** A vendor who is on no list. */
export const VENDOR = "jimu@vendor.example.jp";
/** Where mail goes. */
export const BOT = "keiyaku@bot.example.lg.jp";
/** A form as a file that the reader of these tests understands. */
export const json = (form: ConsentForm = FORM) => ({
  filename: "同意書.docx",
  content: JSON.stringify(form),
});
/** A mail with a form. */
export const FORM_MAIL: PaperMail = { from: VENDOR, subject: "同意書", text: "送ります。", files: [json()] };

/** A world in which a form has opened a case. */
export async function withCase(form: ConsentForm = FORM) {
  const paper = paperWorld();
  const entry = await paper.post({ ...FORM_MAIL, files: [json(form)] });
  const number = entry.caseNumber!;
  return { ...paper, number, address: caseAddress(BOT, number, paper.world.keys) };
}
/** The text of a mail that was written anew. */
export async function textShown({ blobs }: World, mail: string): Promise<string> {
  const shown = new TextDecoder().decode(await blobs.get(mail));
  return new TextDecoder().decode(Uint8Array.fromBase64(shown.split("\r\n\r\n")[2]!.split("\r\n--")[0]!));
}
/** Kinds and recipients of letters, sorted. */
export const kinds = (orders: readonly { letter: string; to: string }[]) =>
  orders.map(({ letter, to }) => `${letter} ${to}`).sort();
