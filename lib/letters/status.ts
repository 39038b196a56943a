/**
 * `status`: where a case stands and what waits for whom.
 *
 * @module
 */
import type { PartyId, Phase } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice, partyWords } from "./officer_notice.ts";
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
  readonly officerUrl: string;
};

const PHASES: Readonly<Record<Phase, string>> = {
  intake: "同意書の受付（契約書の提出待ち）",
  drafted: "契約書の受付（送信前の確認待ち）",
  circulating: "確認・承認の手続き中",
  declined: "「同意しない」との回答により停止中",
  executed: "締結済み（電子署名・タイムスタンプの処理中）",
  completed: "締結完了",
  paper: "紙の契約として終了",
  refused: "電子契約の対象外として終了",
  withdrawn: "取消しにより終了",
};

function partyStatus({ agreedAt, handedOverAt, viewedAt }: PartyStatus): string {
  if (agreedAt !== null) return `${timeWords(agreedAt)} 同意・承認済み`;
  if (handedOverAt === null) return "依頼前又は送信中";
  return `${timeWords(handedOverAt)} 依頼済み（${viewedAt === null ? "未閲覧" : "閲覧済み"}）`;
}

/** Writes the letter. */
export function writeStatus(head: LetterHead, facts: StatusFacts): Letter {
  const { about, phase, parties, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "案件の状況",
    text: "お問い合わせの案件の状況は、次のとおりです。",
    party: null,
    quote: null,
    rows: [
      { label: "状況", value: PHASES[phase] },
      ...parties.map((party) => ({ label: partyWords(party), value: partyStatus(party) })),
    ],
    advice: ["くわしい経過の確認と、再送・取消し・再開などの手続きは、案件ページでできます。"],
    officerUrl,
  });
}
