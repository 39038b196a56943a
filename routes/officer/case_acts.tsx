/**
 * The acts that a case allows in its phase; what it does not allow is not offered.
 *
 * @module
 */
import type { VNode } from "preact";
import { awaitedParty, type Case } from "../../lib/domain/case.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { agreementClosed, needsCorrection } from "../../lib/domain/rules_of_circulation.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { TextField } from "../text_field.tsx";
import { Act, type GuardOf, ReasonField } from "./parts.tsx";

/** What the acts depend on. */
export type CaseActsProps = {
  readonly path: string;
  readonly guard: GuardOf;
  readonly state: Case;
  readonly settings: Settings;
  readonly at: Instant;
};

function HandAct({ path, guard, state, settings }: CaseActsProps): VNode {
  return (
    <Act
      path={path}
      step="hand"
      guard={guard}
      heading="担当の所属を変える"
      help="別の所属の契約であるときは、その所属の担当者に引き継ぎます。"
    >
      <div class="field">
        <label for="department">引き継ぐ所属</label>
        <select id="department" name="department" required>
          <option value="">選んでください</option>
          {settings.departments.filter(({ id }) => id !== state.departmentId).map(({ id, name }) => (
            <option key={id} value={id}>{name}</option>
          ))}
        </select>
      </div>
    </Act>
  );
}

function CodeAct({ path, guard, state }: CaseActsProps): VNode {
  return (
    <Act
      path={path}
      step="code"
      guard={guard}
      heading="アクセスコード"
      help={state.draft?.accessCode
        ? "設定されています。新しいコードに変えるか、空欄で送信すると外れます。"
        : "設定すると、書類を開く前に入力が必要になります。コードは電話などメール以外の方法でお伝えください。"}
    >
      <TextField autocomplete="off" name="code" label="アクセスコード" />
    </Act>
  );
}

/** All acts besides sending and uploading. */
export function CaseActs(props: CaseActsProps): VNode | null {
  const { path, guard, state, at } = props;
  const open = state.phase === "intake" || state.phase === "drafted";
  const round = state.phase === "circulating" || state.phase === "declined";
  if (!open && !round) return null;
  const party = awaitedParty(state);
  const late = state.phase === "circulating" && agreementClosed(state, at);
  return (
    <section class="card">
      <h2>その他の手続き</h2>
      {party && party.issue > 0 && party.agreedAt === null && (
        <Act
          path={path}
          step="resend"
          guard={guard}
          heading="確認依頼を送り直す"
          help={`${party.name} 様に新しいリンクを送ります。前のリンクは使えなくなります。`}
        />
      )}
      {(late || state.phase === "declined") && !needsCorrection(state, at) && (
        <Act path={path} step="reopen" guard={guard} heading="受付を再開する">
          <ReasonField
            id="reopen-reason"
            help="記録に残り、すでに同意した方へのメールに、そのまま記します。"
          />
        </Act>
      )}
      {state.draft && <CodeAct {...props} />}
      {open && props.settings.departments.length > 1 && <HandAct {...props} />}
      {open && (
        <Act
          path={path}
          step="refuse"
          guard={guard}
          danger
          heading="電子契約の対象外とする"
          help="電子契約にできない契約のときは、理由を添えて事業者に知らせ、案件を終了します。"
        >
          <ReasonField id="refuse-reason" help="事業者へのメールに、そのまま記します。" />
        </Act>
      )}
      <Act
        path={path}
        step="withdraw"
        guard={guard}
        danger
        heading="案件を取り消す"
        help={open
          ? "この案件を終了し、同意書を提出した方に知らせます。確認依頼はまだ送られていません。"
          : "送信済みのリンクはすぐに使えなくなり、確認依頼を受け取った方に取消しを知らせます。"}
      >
        <ReasonField
          id="withdraw-reason"
          help="受け取る方へのメールに、そのまま記します。"
        />
      </Act>
    </section>
  );
}
