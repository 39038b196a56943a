/**
 * 「訂正版を送る」 and 「確認者を変更する」: sending a contract anew before it is executed (R34, R35).
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { versionOf } from "../../lib/domain/rounds.ts";
import { agreementClosed } from "../../lib/domain/rules_of_circulation.ts";
import { ConfirmerFields } from "../consent_form_fields.tsx";
import { Note } from "../layout.tsx";
import { TextField } from "../text_field.tsx";
import { dayWords } from "../words.ts";
import { Act, type GuardOf, ReasonField } from "./parts.tsx";
import { PdfField } from "./upload_act.tsx";

/** What the acts depend on. */
export type AnewActsProps = {
  readonly path: string;
  readonly guard: GuardOf;
  readonly state: Case;
  readonly at: Instant;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
};

/** Fields of a correction with the label that a mail's line would have, and what an empty one means. */
export const CORRECTION_FIELDS = [
  ["contractDate", "契約日", "例：令和8年12月1日"],
  ["title", "契約名", ""],
  ["term", "契約期間", "例：令和8年12月1日〜令和9年3月31日"],
  ["amount", "契約金額", "例：1,200,000円"],
  ["approvers", "承認者", "例：会計 花子 <hanako@example.lg.jp>"],
] as const;

/** 「訂正版を送る」. */
export function CorrectAct({ path, guard, state, at, maxBytes }: AnewActsProps): VNode {
  const late = agreementClosed(state, at);
  const date = state.draft?.contractDate ?? null;
  const [[dateName, dateLabel, dateHelp], ...others] = CORRECTION_FIELDS;
  return (
    <Act
      path={path}
      step="correct"
      guard={guard}
      multipart
      danger
      heading={`契約書を訂正する（第${versionOf(state) + 1}版）`}
      help={"訂正した契約書のPDFを、はじめの確認者からあらためて確認していただきます。押すとすぐに送信されます。" +
        "これまでの同意は効力を失い、送信済みのリンクは使えなくなります。確認依頼を受け取った方には、変わったところと理由をお知らせします。"}
    >
      <PdfField id="correct-pdf" maxBytes={maxBytes} />
      {late && date !== null && (
        <Note tone="warn">契約日（{dayWords(date)}）を過ぎています。新しい契約日を入力してください。</Note>
      )}
      <TextField
        autocomplete="off"
        name={dateName}
        label={late ? dateLabel : `${dateLabel}（変わるとき）`}
        help={`${dateHelp}。契約書の記載と同じ日付にしてください。`}
        required={late}
      />
      <details class="more">
        <summary>そのほかに変わる項目（任意）</summary>
        <div class="stack">
          <p class="help">空欄の項目は、先に送った内容のままです。</p>
          {others.map(([name, label, help]) => (
            <TextField autocomplete="off" key={name} name={name} label={label} help={help} />
          ))}
        </div>
      </details>
      <ReasonField
        id="correct-reason"
        optional
        help="確認依頼を受け取った方へのメールに、そのまま記します。"
      />
      <label class="check">
        <input type="checkbox" name="declared" value="yes" required />
        <span>訂正した契約書またはその覚書です。内容を確認しました。</span>
      </label>
    </Act>
  );
}

function ConfirmersAct({ path, guard, state }: AnewActsProps): VNode | null {
  if (!state.form) return null;
  const bounced = state.parties[state.turn]?.bounced && state.phase === "circulating";
  return (
    <Act
      path={path}
      step="confirmers"
      guard={guard}
      danger
      heading="確認者を変える"
      help={bounced
        ? "メールが届かず、まだ書類を開いていない方のメールアドレスだけを直すときは、その方だけに送り直します。" +
          "ほかの変更では、同じ契約書を全員に送り直し、これまでの同意は効力を失います。"
        : "同じ契約書を、はじめの確認者から全員に送り直します。これまでの同意は効力を失い、送信済みのリンクは使えなくなります。" +
          "確認依頼を受け取った方には、理由をお知らせします。"}
    >
      <ConfirmerFields form={state.form} />
      <ReasonField id="confirmers-reason" help="確認依頼を受け取った方へのメールに、そのまま記します。" />
    </Act>
  );
}

/** Both acts, while the case is on its way; others may only follow a correction once 契約日 has passed. */
export function AnewActs(props: AnewActsProps): VNode | null {
  const { state, at } = props;
  if (state.phase !== "circulating" && state.phase !== "declined") return null;
  return (
    <section class="card">
      <h2>訂正・確認者の変更</h2>
      <CorrectAct {...props} />
      {!agreementClosed(state, at) && <ConfirmersAct {...props} />}
    </section>
  );
}
