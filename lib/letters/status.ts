/**
 * `status`: where a case stands and what waits for whom.
 *
 * @module
 */
import type { PartyId, Phase } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import type { FieldRow, Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice, partyWords } from "./officer_notice.ts";
import { phaseWords } from "./phase_words.ts";
import { timeWords } from "./words.ts";

/** A party as the letter lists it. */
export type PartyStatus = {
  readonly id: PartyId;
  readonly name: string;
  readonly agreedAt: Instant | null;
  readonly handedOverAt: Instant | null;
  readonly viewedAt: Instant | null;
};

/** What the letter states. */
export type StatusFacts = {
  readonly about: AboutContract;
  readonly phase: Phase;
  readonly parties: readonly PartyStatus[];
  /** The reader wrote 取消, which goes through the case's page. */
  readonly withdrawing?: boolean;
  /** Cases that belong with it; none for most. */
  readonly linked?: readonly FieldRow[];
  readonly officerUrl: string;
};

function partyStatus({ agreedAt, handedOverAt, viewedAt }: PartyStatus): string {
  if (agreedAt !== null) return `${timeWords(agreedAt)} 同意・承認済み`;
  if (handedOverAt === null) return "依頼前又は送信中";
  return `${timeWords(handedOverAt)} 依頼済み（${viewedAt === null ? "未閲覧" : "閲覧済み"}）`;
}

/** What 取消 by mail leads to: the page, or after execution what can be done instead (R36). */
function howToWithdraw(phase: Phase): string {
  return phase === "executed" || phase === "completed"
    ? "締結済みのため、取り消すことはできません。訂正・変更が必要なときは、案件ページの「締結後の手続き」から、新しい案件として始めてください。"
    : "案件の取消しは、まだ行われていません。案件ページの「取り消す」で、理由を添えて行ってください。";
}

/** What can be done on the case's page, by the names of its buttons. */
function adviceIn(phase: Phase): string {
  switch (phase) {
    case "intake":
    case "drafted":
      return "くわしい経過の確認と、契約書の提出や「取り消す」などの手続きは、案件ページでできます。";
    case "circulating":
      return "くわしい経過の確認と、「再送する」「訂正版を送る」「確認者を変更する」「取り消す」などの手続きは、" +
        "案件ページでできます。";
    case "declined":
      return "続けるときは「再開する」「訂正版を送る」「確認者を変更する」、取りやめるときは「取り消す」を、" +
        "案件ページで押してください。";
    default:
      return "くわしい経過は、案件ページでご確認ください。";
  }
}

/** Writes the letter. */
export function writeStatus(head: LetterHead, facts: StatusFacts): Letter {
  const { about, phase, parties, withdrawing, linked = [], officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "案件の状況",
    text: "お問い合わせの案件の状況は、次のとおりです。",
    party: null,
    quote: null,
    rows: [
      { label: "状況", value: phaseWords(phase) },
      ...linked,
      ...parties.map((party) => ({ label: partyWords(party), value: partyStatus(party) })),
    ],
    advice: [
      ...withdrawing ? [howToWithdraw(phase)] : [],
      adviceIn(phase),
    ],
    officerUrl,
  });
}
