/**
 * The pages on which a person answers: agree, do not agree, ask.
 *
 * @module
 */
import type { VNode } from "preact";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import { Facts, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { Frame, Steps, Tick, WORDS } from "./parts.tsx";
import type { Base } from "./visit.ts";

/** What each of these pages needs. */
export type AnswerFormProps = {
  readonly base: Base;
  readonly path: string;
  readonly guard: string;
  readonly title: string;
  readonly counterpart: string;
  /** Whether the form came back because something was missing. */
  readonly incomplete?: boolean;
};

/** The last question before an agreement, for browsers without the dialog. */
export function ConfirmPage(props: AnswerFormProps & { readonly documents: string }): VNode {
  const { base, path, guard, title, counterpart, incomplete, documents } = props;
  return (
    <Frame base={base} title="同意の確認">
      {base === "/c" && <Steps at={1} />}
      <section class="card">
        <h1>この内容で同意しますか</h1>
        {incomplete && (
          <Note tone="err" alert>
            <b>「書類の内容を確認しました」に印を付けてください。</b>
          </Note>
        )}
        <Facts rows={[["契約名", title], ["相手方", counterpart]]} />
        <p>
          「{WORDS
            .agree}」を押すと、この書類に同意した記録として電子署名を付します。この操作は取り消せません。
        </p>
        <form method="post" action={`${path}/agree`} class="stack">
          <Guard value={guard} />
          <input type="hidden" name="documents" value={documents} />
          <Tick name="read">書類の内容を確認しました</Tick>
          <button class="btn primary" type="submit">{WORDS.agree}</button>
          <a class="btn ghost" href={`${path}/document`}>書類に戻る</a>
        </form>
      </section>
    </Frame>
  );
}

const REASONS = ["内容の修正をお願いしたい", "確認する人が異なる", "心当たりがない", "その他"];

/** 「同意しない」 with a reason (R23). */
export function DeclinePage({ base, path, guard, counterpart, incomplete }: AnswerFormProps): VNode {
  return (
    <Frame base={base} title="同意しない場合">
      <section class="card">
        <h1>同意しない場合</h1>
        <p class="lead">
          理由は{counterpart}に伝わり、手続きはいったん止まります。訂正した書類が、あらためて届くことがあります。
        </p>
        {incomplete && (
          <Note tone="err" alert>
            <b>理由を選ぶか、書いてください。</b>理由は{MAX_TEXT - 100}文字までです。
          </Note>
        )}
        <form method="post" action={`${path}/decline`} class="stack">
          <fieldset>
            <legend>理由を選んでください</legend>
            {REASONS.map((reason) => (
              <label key={reason} class="radio">
                <input type="radio" name="kind" value={reason} required />
                <span>{reason}</span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for="reason">詳しい理由（任意）</label>
            <textarea id="reason" name="reason" maxLength={MAX_TEXT - 100}></textarea>
          </div>
          <Guard value={guard} />
          <button class="btn danger" type="submit">{WORDS.decline}</button>
          <a class="btn ghost" href={`${path}/document`}>書類に戻る</a>
        </form>
        <p class="lead">
          質問や日程の相談だけのときは、<a href={`${path}/question`}>{WORDS.ask}</a>をご利用ください。
        </p>
      </section>
    </Frame>
  );
}

/** 「質問・日程の相談」: a message to the officer that stops nothing (R23). */
export function QuestionPage({ base, path, guard, counterpart, incomplete }: AnswerFormProps): VNode {
  return (
    <Frame base={base} title={WORDS.ask}>
      <section class="card">
        <h1>{WORDS.ask}</h1>
        <p class="lead">
          {counterpart}の担当者にメールで届きます。手続きは止まらず、あとから同意することもできます。
        </p>
        {incomplete && (
          <Note tone="err" alert>
            <b>質問の内容を書いてください。</b>
            {MAX_TEXT}文字までです。
          </Note>
        )}
        <form method="post" action={`${path}/question`} class="stack">
          <div class="field">
            <label for="question">質問・相談の内容</label>
            <textarea id="question" name="question" maxLength={MAX_TEXT} required></textarea>
          </div>
          <Guard value={guard} />
          <button class="btn primary" type="submit">{WORDS.ask}</button>
          <a class="btn ghost" href={`${path}/document`}>書類に戻る</a>
        </form>
      </section>
    </Frame>
  );
}
