/**
 * Where a case stands, as letters say it: in full to officers, in plain to everyone else.
 *
 * @module
 */
import type { Phase } from "../domain/case.ts";

const TO_OFFICERS: Readonly<Record<Phase, string>> = {
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

const TO_OTHERS: Readonly<Record<Phase, string>> = {
  ...TO_OFFICERS,
  // What the officer has not sent yet is the officer's own affair.
  intake: "同意書を受け付け、契約書を準備中",
  drafted: "同意書を受け付け、契約書を準備中",
};

/** A phase in words for an officer. */
export const phaseWords = (phase: Phase): string => TO_OFFICERS[phase];

/** A phase in words for a vendor's or any other person. */
export const plainPhaseWords = (phase: Phase): string => TO_OTHERS[phase];
