/**
 * `paper`: tells the officers that the vendor wishes a contract on paper (R8).
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";

/** What the letter states. */
export type PaperFacts = {
  readonly about: AboutContract;
  readonly contactName: string;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writePaper(head: LetterHead, facts: PaperFacts): Letter {
  const { about, contactName, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "紙の契約書を希望する旨の連絡がありました",
    text: "事業者から、紙の契約書を希望する旨の連絡がありました。この案件は「紙の契約」として終了しました。",
    party: null,
    quote: null,
    rows: [{ label: "連絡された方", value: contactName }],
    advice: [
      "紙の契約書による手続きを進めてください。",
      "この案件あてに契約書のPDFを送っても、受け付けられません。電子契約に戻す場合は、あらためて同意書の提出を受けてください。",
    ],
    officerUrl,
  });
}
