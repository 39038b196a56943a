/**
 * Where a case stands, in words.
 *
 * @module
 */
import { awaitedParty, type Case, type Party, type Phase } from "../../lib/domain/case.ts";
import { problemsOf } from "../../lib/domain/consent_form.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { agreementClosed, needsCorrection } from "../../lib/domain/rules_of_circulation.ts";
import { timeWords } from "../words.ts";
import { agreeing } from "./history_words.ts";

/** A state with the tone of its tag. */
export type StateTag = { readonly words: string; readonly tone: "" | "ok" | "warn" | "err" };

const PHASES: Readonly<Record<Phase, StateTag>> = {
  intake: { words: "契約書待ち", tone: "" },
  drafted: { words: "送信前の確認", tone: "warn" },
  circulating: { words: "確認依頼中", tone: "" },
  declined: { words: "不同意", tone: "err" },
  executed: { words: "締結済み（電子署名の仕上げ中）", tone: "ok" },
  completed: { words: "締結済み", tone: "ok" },
  paper: { words: "紙の契約", tone: "" },
  refused: { words: "電子契約の対象外", tone: "" },
  withdrawn: { words: "取消し", tone: "err" },
};

const PAST_SHOWN =
  "契約日を過ぎており、その契約日が契約書に記載されています。続けるときは「訂正版を送る」で、契約日を改めたPDFを" +
  "送ってください。取りやめるときは「取り消す」で手続きしてください。";

/** Where the case stands. */
export const tagOf = ({ phase }: Case): StateTag => PHASES[phase];

/** Who or what is awaited now; null when nothing is. */
export function waitsFor(state: Case, at: Instant): string | null {
  if (state.phase === "intake") {
    const blocked = state.form === null || problemsOf(state.form).some(({ blocking }) => blocking);
    return blocked
      ? "同意書の内容が整っていません。「読み取りを直す」で直すか、事業者からの再提出をお待ちください。"
      : "契約書の提出をお待ちしています。";
  }
  if (state.phase === "drafted") return "内容を確認し、「この内容で送信する」を押すと、確認依頼が届きます。";
  if (state.phase === "declined") {
    return "「同意しない」との回答があり、手続きが止まっています。" +
      (needsCorrection(state, at)
        ? PAST_SHOWN
        : "先方と調整のうえ、同じ内容で続けるときは「再開する」、内容を改めるときは「訂正版を送る」、" +
          "取りやめるときは「取り消す」で手続きしてください。");
  }
  if (state.phase === "executed") return "全員が同意しました。電子署名とタイムスタンプを付与しています。";
  const party = awaitedParty(state);
  if (!party) return null;
  if (needsCorrection(state, at)) return PAST_SHOWN;
  if (agreementClosed(state, at)) {
    return "契約日を過ぎたため、同意の受付を終了しています。「再開する」で理由を入力すると続けられます。";
  }
  if (party.issue === 0) return "書類に電子署名を付与しています。終わると、次の方に確認依頼が届きます。";
  return `${party.name} 様の確認をお待ちしています。`;
}

/** How far a party has come. */
export function progressOf(state: Case, party: Party, at: Instant): StateTag {
  if (party.agreedAt !== null) {
    return { words: `${agreeing(state, party.id)} ${timeWords(party.agreedAt)}`, tone: "ok" };
  }
  if (party.bounced) return { words: "メールが届いていません", tone: "err" };
  if (party.issue === 0) return { words: "順番待ち", tone: "" };
  if (party.locked) return { words: "アクセスコードの誤りにより停止中", tone: "err" };
  if (state.phase !== "circulating") return { words: "未回答", tone: "" };
  if (party.handedOverAt === null) return { words: "送信中", tone: "" };
  if (party.expiresAt !== null && at >= party.expiresAt) return { words: "リンクの期限切れ", tone: "err" };
  const until = party.expiresAt ? `期限 ${timeWords(party.expiresAt)}` : "";
  return { words: `${party.viewedAt === null ? "未開封" : "開封済み"}・${until}`, tone: "warn" };
}
