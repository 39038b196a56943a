/**
 * Letters that keep a case before its officers' eyes (R32): on 契約日 and after it, and when nothing has moved for
 * days. They go as `reminder`, the word that the agreement is closed as `expired`.
 *
 * @module
 */
import type { Day, Instant } from "../domain/instant.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, type AboutParty, officerNotice, partyWords } from "./officer_notice.ts";
import { dayWords, timeWords } from "./words.ts";

/** A party whose agreement is missing, and how far it has come. */
export type MissingParty = AboutParty & { readonly standing: string };

/** What all of them state. */
export type OfficerReminder = {
  readonly about: AboutContract;
  /** Where the case stands, in words. */
  readonly standing: string;
  readonly missing: readonly MissingParty[];
  readonly officerUrl: string;
};

const missingRows = (missing: readonly MissingParty[]) =>
  missing.map((party) => ({ label: partyWords(party), value: party.standing }));

/** 契約日 closes at 24:00; `today` whether that is tonight, or a day without business before the next morning. */
export function writeClosing(
  head: LetterHead,
  { contractDate, today, stopped, missing, standing, about, officerUrl }: OfficerReminder & {
    readonly contractDate: Day;
    readonly today: boolean;
    /** Whether nobody is asked any more, since someone did not agree. */
    readonly stopped: boolean;
  },
): Letter {
  const day = today ? "本日" : dayWords(contractDate);
  return officerNotice(head, {
    about,
    subject: today ? "本日が契約日です（手続き未了）" : "契約日が近づいています（手続き未了）",
    text: `${day}が契約日ですが、まだ全員の同意・承認がそろっていません。` +
      `${today ? "本日" : "契約日"}の24時を過ぎると、同意・承認の受付を終了します。`,
    party: null,
    quote: null,
    rows: [
      { label: "契約日", value: dayWords(contractDate) },
      { label: "状況", value: standing },
      ...missingRows(missing),
    ],
    advice: [
      stopped
        ? "先方とご相談のうえ、そのまま続けるときは、案件ページの「再開する」から理由を入力してください。"
        : "電話などで先方の状況をご確認ください。メールが見当たらないときは、案件ページの「再送する」で新しいリンクをお送りできます。",
      "間に合わないときは、先方とご相談のうえ、契約日を改めたPDFを「訂正版を送る」からお送りください。",
    ],
    officerUrl,
  });
}

const REOPENING = {
  reopen: "続ける場合は、案件ページの「再開する」から理由を入力してください。新しいリンクをお送りします。",
  correct:
    "契約書に契約日が記載されています。続ける場合は、契約日を改めたPDFを、案件ページの「訂正版を送る」からお送りください。",
} as const;

/** 契約日 has passed: the agreement is closed. `needs` says what opens it again. */
export function writeClosed(
  head: LetterHead,
  { contractDate, needs, missing, standing, about, officerUrl }: OfficerReminder & {
    readonly contractDate: Day;
    readonly needs: "reopen" | "correct";
  },
): Letter {
  return officerNotice(head, {
    about,
    subject: "契約日を過ぎたため受付を終了しました",
    text: "全員の同意・承認がそろわないまま契約日を過ぎたため、同意・承認の受付を終了しました。",
    party: null,
    quote: null,
    rows: [
      { label: "契約日", value: dayWords(contractDate) },
      { label: "状況", value: standing },
      ...missingRows(missing),
    ],
    advice: [REOPENING[needs], "取りやめる場合は「取り消す」を押してください。関係者にお知らせします。"],
    officerUrl,
  });
}

/** Nothing has moved since an instant. */
export function writeIdle(
  head: LetterHead,
  { since, days, next, missing, standing, about, officerUrl }: OfficerReminder & {
    readonly since: Instant;
    /** Business days since then. */
    readonly days: number;
    /** What moves it on. */
    readonly next: string;
  },
): Letter {
  return officerNotice(head, {
    about,
    subject: `${days}営業日、動きのない案件があります`,
    text: `この案件は、${timeWords(since)}から${days}営業日、動きがありません。`,
    party: null,
    quote: null,
    rows: [{ label: "状況", value: standing }, ...missingRows(missing)],
    advice: [next, "取りやめる場合は、案件ページから手続きできます。"],
    officerUrl,
  });
}
