/**
 * The pages with which people come to their own contracts (R37).
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { plainSearchFacts } from "../../lib/flows/case_search.ts";
import { type CaseFile, executedFiles } from "../../lib/flows/documents.ts";
import { plainPhaseWords } from "../../lib/letters/phase_words.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { TextField } from "../text_field.tsx";
import { dayWords, sizeWords, timeWords, yenWords } from "../words.ts";

/** The words on the buttons. */
export const WORDS = { ask: "リンクを送る", search: "検索" } as const;

/** Asks for the address. */
export function AskPage({ guard, fault }: { readonly guard: string; readonly fault: boolean }): VNode {
  return (
    <Layout title="契約書の一覧">
      <section class="card">
        <h1>契約書の一覧を請求する</h1>
        <p class="lead">
          契約の手続きに使ったメールアドレスを入力してください。そのメールアドレスに、関わる契約書の一覧のリンクをお送りします。パスワードは必要ありません。
        </p>
        {fault && (
          <Note tone="err" alert>
            メールアドレスの形になっていません。「@」の前後をご確認ください。
          </Note>
        )}
        <form method="post" action="/documents" class="stack">
          <Guard value={guard} />
          <TextField
            name="address"
            label="メールアドレス"
            keyboard="email"
            required
            fault={fault}
            maxLength={254}
          />
          <button class="btn primary" type="submit">{WORDS.ask}</button>
        </form>
        <Note tone="info">
          メールでも請求できます。件名に「一覧」と書いて、本サービスのメールアドレスへお送りください。
        </Note>
      </section>
    </Layout>
  );
}

/** After the address was given: the same whoever it is. */
export function AskedPage(): VNode {
  return (
    <Layout title="メールをご確認ください">
      <section class="card">
        <h1>メールをご確認ください</h1>
        <p>入力されたメールアドレスに、契約書の一覧のリンクをお送りします。数分お待ちください。</p>
        <Note tone="info">
          届かないときは、迷惑メールフォルダーもご確認ください。続けて何度も請求された場合、お送りしないことがあります。
        </Note>
      </section>
    </Layout>
  );
}

function Downloads({ path, state }: { readonly path: string; readonly state: Case }): VNode {
  return (
    <div class="stack">
      {executedFiles(state).map(({ filename, size }: CaseFile, index) => (
        <a
          key={filename}
          class="btn ghost"
          href={`${path}/${state.number}/${index + 1}.pdf`}
          download={filename}
        >
          {filename}（{sizeWords(size)}）
        </a>
      ))}
    </div>
  );
}

function CaseCard({ path, state, files }: {
  readonly path: string;
  readonly state: Case;
  readonly files: boolean;
}): VNode {
  const { number, title, companies, contractDate, amount } = plainSearchFacts(state);
  return (
    <section class="card">
      <h2>{title || "契約名未定"}</h2>
      <Facts
        rows={[
          ["案件番号", number],
          ["商号又は名称", companies.join("、")],
          ...contractDate === null ? [] : [["契約日", dayWords(contractDate)] as const],
          ...amount === null ? [] : [["契約金額", yenWords(amount)] as const],
          ["状況", plainPhaseWords(state.phase)],
        ]}
      />
      {files && <Downloads path={path} state={state} />}
    </section>
  );
}

/** What the list shows. */
export type ListPageProps = {
  readonly path: string;
  readonly cases: readonly Case[];
  readonly more: boolean;
  /** What was looked for. */
  readonly search: string;
  /** Whether the files of a case are offered. */
  readonly offers: (state: Case) => boolean;
  readonly until: Instant | null;
};

/** The contracts of an address. */
export function ListPage({ path, cases, more, search, offers, until }: ListPageProps): VNode {
  return (
    <Layout title="契約書の一覧" wide>
      <section class="card">
        <h1>契約書の一覧</h1>
        <form method="get" action={path} class="stack" role="search">
          <TextField
            name="q"
            label="語"
            help="契約名、会社名、案件番号、契約日（令和8年12月1日、2026年12月）、契約金額で探せます。"
            value={search}
            maxLength={100}
          />
          <button class="btn ghost" type="submit">{WORDS.search}</button>
        </form>
        <p class="lead">
          {cases.length === 0
            ? "該当する契約はありません。"
            : `${cases.length}件（新しい順）${
              more ? "。ほかにもあるときは、検索で絞り込んでください。" : ""
            }`}
        </p>
        {until !== null && <p>このリンクの期限：{timeWords(until)}まで</p>}
      </section>
      {cases.map((state) => <CaseCard key={state.number} path={path} state={state} files={offers(state)} />)}
    </Layout>
  );
}
