/**
 * The history of a case in plain words: one sentence an event.
 *
 * @module
 */
import type { Case, PartyId } from "../../lib/domain/case.ts";
import type { CaseEvent, Opening } from "../../lib/domain/case_event.ts";
import { CLOSING_STEPS, partyOf } from "../../lib/domain/case.ts";
import { roundOf } from "../../lib/domain/rounds.ts";
import { referenceWords, relationWords } from "../../lib/letters/relation_words.ts";
import { authenticationWords } from "../../lib/letters/words.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";

function stepWords(state: Case, step: string): string {
  switch (step as typeof CLOSING_STEPS[number] | "Sender") {
    case "Sender":
      return "送信の電子署名";
    case "Conclusion":
      return "締結の電子署名";
    case "DSS":
      return "検証情報";
    case "DocTimeStamp":
      return "文書タイムスタンプ";
    default:
      return `${partyOf(state, step)?.name ?? step} 様の電子署名`;
  }
}

/** What a party does by agreeing: the public body's own approve (R25). */
export const agreeing = (state: Case, party: PartyId): string =>
  partyOf(state, party)?.role === "approver" ? "承認" : "同意";

const reasonWords = (reason: string): string => reason === "" ? "（記入なし）" : reason;

const REMINDERS = {
  link_ends: "リンクの期限が近い",
  contract_in_three_days: "契約日の3日前",
  contract_tomorrow: "契約日の前日",
} as const;

const INQUIRIES = { status: "状況", resend: "再送", withdraw: "取消" } as const;

const OPENED_AS = {
  confirmer: "確認者",
  approver: "承認者",
  officer: "契約担当者",
  contact: "事業者の担当者",
  copy: "共有先",
} as const;

function fileWords(state: Case, file: Opening["file"]): string {
  if (file === "all") return "書類";
  if (file === "certificate") return "合意締結証明書";
  return `書類${file + 1}「${state.draft?.documents[file]?.name ?? ""}」`;
}

function openingWords({ who, as, file, what, round = 1 }: Opening, state: Case): string {
  const person = state.parties.find(({ address }) => address === who)?.name;
  const name = person ? `${person} 様` : who;
  const former = round < roundOf(state) ? `以前の版（${round}回目の送信）の` : "";
  return `${name}（${OPENED_AS[as]}）が${former}${fileWords(state, file)}を${
    what === "view" ? "開きました" : "ダウンロードしました"
  }。`;
}

/** What happened, as a sentence. Names are those of `state`: give the case as it was after the event. */
export function historyWords(event: CaseEvent, state: Case, settings: Settings): string {
  const who = "party" in event ? `${partyOf(state, event.party)?.name ?? event.party} 様` : "";
  switch (event.did) {
    case "opened":
      if (event.refersTo) return `${referenceWords(event.refersTo)}として始めました。`;
      return event.form
        ? "同意書を受け付けました。"
        : "メールを受け付けました（同意書を読み取れませんでした）。";
    case "formProposed":
      return "新しい同意書が届きました。";
    case "formAccepted":
      return "新しい同意書に差し替えました。";
    case "formMended":
      return "同意書の読み取りを直しました。";
    case "formRefused":
      return `同意書を断りました。理由：${event.reason}`;
    case "paperWished":
      return "事業者が紙の契約書を希望しました。";
    case "handedOn":
      return `担当を${
        departmentOf(settings, event.departmentId)?.name ?? event.departmentId
      }に変更しました。`;
    case "drafted":
      return `契約書が出されました（${event.draft.documents.map(({ name }) => name).join("、")}）。`;
    case "sent":
      return `${event.by.name}が内容を確認し、送信しました。`;
    case "corrected":
      return `${event.by.name}が訂正版（第${event.version}版）を送信しました。それまでの同意は効力を失いました。理由：${
        reasonWords(event.reason)
      }`;
    case "confirmersChanged":
      return `${event.by.name}が確認者を改め、契約書を送り直しました。それまでの同意は効力を失いました。理由：${
        reasonWords(event.reason)
      }`;
    case "addressMended":
      return `${who}のメールアドレスを${event.address}に直しました。理由：${reasonWords(event.reason)}`;
    case "sealed":
      return `${stepWords(state, event.step)}を書類${event.document + 1}に付与しました。`;
    case "sealingDelayed":
      return event.cause === "certificate"
        ? "本サービスの電子証明書が使えないため、電子署名の付与が止まっています。"
        : "電子署名の付与が遅れています。自動で続けています。";
    case "requested":
      return event.by === "service" ? `${who}への確認依頼を用意しました。` : `${who}に再送しました。`;
    case "handedOver":
      return `${who}に確認依頼メールを送りました。`;
    case "reminded":
      return `${who}に確認依頼を再度ご案内しました（${event.why.map((why) => REMINDERS[why]).join("、")}）。`;
    case "bounced":
      return `${who}へのメールが届きませんでした。`;
    case "viewed":
      return `${who}が書類を開きました。`;
    case "fileOpened":
      return openingWords(event, state);
    case "codeRefused":
      return `${who}がアクセスコードを間違えました。`;
    case "codeLocked":
      return `${who}のリンクを停止しました（アクセスコードの誤り）。`;
    case "codeSet":
      return event.accessCode === null ? "アクセスコードを外しました。" : "アクセスコードを設定しました。";
    case "agreed":
      return `${who}が${agreeing(state, event.party)}しました（${
        authenticationWords(event.authentication)
      }）。`;
    case "declined":
      return `${who}が同意しませんでした。理由：${event.reason}`;
    case "asked":
      return `${who}から質問・相談がありました：${event.question}`;
    case "linkRequested":
      return `${who}が新しいリンクを請求しました。`;
    case "withdrawn":
      return `取り消しました。理由：${event.reason}`;
    case "inquired":
      return `${event.by}がメールで「${INQUIRIES[event.word]}」を求めました。`;
    case "reopened":
      return `受付を再開しました。理由：${event.reason}`;
    case "followed":
      return `この契約の${relationWords(event.relation)}として、新しい案件 ${event.number} を始めました。`;
    case "certified":
      return "合意締結証明書を作成しました。";
    case "completed":
      return "締結済みの契約書を関係者全員に送りました。";
    case "renewed":
      return event.file === "certificate"
        ? "合意締結証明書の文書タイムスタンプを更新しました。"
        : `書類${event.file + 1}の文書タイムスタンプを更新しました。`;
  }
}
