/**
 * The pages before the document: the terms, and the access code where one is asked.
 *
 * @module
 */
import type { VNode } from "preact";
import { Facts, Note } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { Guard } from "../posted_form.tsx";
import { Frame, Steps, WORDS } from "./parts.tsx";
import type { Base } from "./visit.ts";

/** What differs from one terms page to the next. */
export const TERMS_VALUES = [
  "token",
  "guard",
  "title",
  "sender",
  "name",
  "contractDate",
  "deadline",
] as const;

/** Those values, by name. */
export type TermsValues = Readonly<Record<(typeof TERMS_VALUES)[number], string>>;

/** The first page: what has come, from whom, until when; and the terms (R21). */
export function TermsPage({ base, terms, values }: {
  readonly base: Base;
  readonly terms: string;
  readonly values: TermsValues;
}): VNode {
  const { token, title, sender, name, contractDate, deadline } = values;
  return (
    <Frame base={base} path={`/c/${token}`} title="契約書類が届いています">
      {base === "/c" && <Steps at={0} />}
      <section class="card">
        <h1>契約書類が届いています</h1>
        <p class="lead">
          内容をご確認のうえ、問題がなければ同意してください。会員登録や費用は必要ありません。
        </p>
        <Facts
          rows={[
            ["契約名", title],
            ["差出人", sender],
            ["ご確認される方", `${name} 様`],
            ["契約日", contractDate],
            ["確認の期限", deadline],
          ]}
        />
      </section>
      <section class="card">
        <h2 id="terms-heading">利用規約</h2>
        <div class="terms" tabIndex={0} role="region" aria-labelledby="terms-heading">
          <Markdown text={terms} topLevel={3} />
        </div>
        <form method="post" action={`${base}/${token}/open`} class="stack">
          <Guard value={values.guard} />
          <button class="btn primary" type="submit">{WORDS.open}</button>
        </form>
        <Note tone="info">この時点では、まだ契約に同意したことにはなりません。</Note>
      </section>
    </Frame>
  );
}

/** Asks for the access code; tells nothing about the contract (R24). */
export function CodePage({ base, path, guard, triesLeft }: {
  readonly base: Base;
  readonly path: string;
  readonly guard: string;
  /** Tries left after a wrong code; null before the first. */
  readonly triesLeft: number | null;
}): VNode {
  const wrong = triesLeft !== null;
  return (
    <Frame base={base} path={path} title="アクセスコードの入力">
      <section class="card">
        <h1>アクセスコードを入力してください</h1>
        <p class="lead" id="code-help">
          担当課から、メールとは別の方法（電話など）でお知らせしているコードです。
        </p>
        {wrong && (
          <Note tone="err" alert>
            <b>コードが違います。</b>あと{triesLeft}回入力できます。
          </Note>
        )}
        <form method="post" action={`${path}/code`} class="stack">
          <div class="field">
            <label for="code">アクセスコード</label>
            <input
              class="code"
              id="code"
              name="code"
              type="text"
              autocomplete="one-time-code"
              autocapitalize="off"
              spellcheck={false}
              required
              maxLength={100}
              aria-describedby="code-help"
              aria-invalid={wrong ? "true" : undefined}
            />
          </div>
          <Guard value={guard} />
          <button class="btn primary" type="submit">{WORDS.code}</button>
        </form>
        <Note tone="info">
          この画面が何度も表示されるときは、Cookie を使える標準のブラウザーで開いてください。
        </Note>
      </section>
    </Frame>
  );
}
