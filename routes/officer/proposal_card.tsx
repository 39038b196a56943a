/**
 * A consent form that came later and waits for the officer's word (R7): what it changes, and the button.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import { EMPTY_FORM } from "../../lib/domain/consent_form.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { agreementClosed } from "../../lib/domain/rules_of_circulation.ts";
import { proposalDigest } from "../../lib/domain/rules_of_correction.ts";
import type { WriterCheck } from "../../lib/domain/writer_check.ts";
import { formChanges } from "../../lib/flows/form_versions.ts";
import { writerWarningWords, writerWord } from "../../lib/letters/writer_words.ts";
import { fieldRows } from "../form_words.ts";
import { Facts, Note } from "../layout.tsx";
import { Act, type GuardOf } from "./parts.tsx";

/** What about a mail's writer may deceive. */
export function WriterWarnings({ check }: { readonly check: WriterCheck }): VNode | null {
  const sentences = writerWarningWords(check);
  if (sentences.length === 0) return null;
  return (
    <Note tone="warn">
      <b>差出人についてのご注意</b>
      <ul class="text-list">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
    </Note>
  );
}

const shown = (value: string): string => value === "" ? "（空欄）" : value;

/** What is other than on the form that counts. */
function Changes({ state }: { readonly state: Case }): VNode {
  const changes = formChanges(state.form ?? EMPTY_FORM, state.proposal?.form ?? EMPTY_FORM);
  if (changes.length === 0) return <Note tone="info">いまの同意書と同じ内容です。</Note>;
  return (
    <Note tone="warn">
      <b>いまの同意書から変わるところ</b>
      <ul class="text-list">
        {changes.map(({ label, before, after }) => (
          <li key={label}>{label}：{shown(before)} → {shown(after)}</li>
        ))}
      </ul>
    </Note>
  );
}

const SENT_HELP =
  "すでに送信した契約書を、新しい同意書の確認者に、はじめから送り直します。これまでの同意は効力を失い、" +
  "送信済みのリンクは使えなくなります。確認依頼を受け取った方には、その旨をお知らせします。";

/** The button, where the case allows it. */
function Accept({ path, guard, state, at }: ProposalCardProps): VNode {
  const sent = state.phase === "circulating" || state.phase === "declined";
  if (!sent && state.phase !== "intake" && state.phase !== "drafted") {
    return <Note tone="info">この案件は、同意書を差し替えられる段階を過ぎています。</Note>;
  }
  if (sent && agreementClosed(state, at)) {
    return (
      <Note tone="warn">
        契約日を過ぎているため、いまは差し替えられません。先に「訂正版を送る」か「再開する」で手続きを再開してください。
      </Note>
    );
  }
  return (
    <Act
      path={path}
      step="accept"
      guard={guard}
      danger={sent}
      heading="同意書を差し替える"
      {...sent ? { help: SENT_HELP } : {}}
    >
      <input type="hidden" name="digest" value={proposalDigest(state)} />
    </Act>
  );
}

/** What the card needs. */
export type ProposalCardProps = {
  readonly path: string;
  readonly guard: GuardOf;
  readonly state: Case;
  readonly at: Instant;
};

/** The card; nothing while no form waits. */
export function ProposalCard(props: ProposalCardProps): VNode | null {
  const { proposal } = props.state;
  if (!proposal) return null;
  return (
    <section class="card">
      <h2>新しい同意書が届いています</h2>
      <p class="lead">{proposal.from}から届きました。差し替えるまで、案件の内容は変わりません。</p>
      {proposal.check && <Facts rows={[["差出人の確認", writerWord(proposal.check)]]} />}
      {proposal.check && <WriterWarnings check={proposal.check} />}
      <Changes state={props.state} />
      <Facts rows={fieldRows(proposal.form)} />
      <Accept {...props} />
    </section>
  );
}
