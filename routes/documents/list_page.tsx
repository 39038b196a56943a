/**
 * One's own contracts: the list behind a mailed link, and one contract of it (R37).
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import type { CasePage } from "../../lib/flows/browse_cases.ts";
import { plainSearchFacts } from "../../lib/flows/case_search.ts";
import { executedFiles } from "../../lib/flows/documents.ts";
import { plainPhaseWords } from "../../lib/letters/phase_words.ts";
import { ContractView, type ContractViewProps } from "../archive/contract_view.tsx";
import { Exports, Paging, SearchForm } from "../archive/search_form.tsx";
import type { SearchQuery } from "../archive/search_query.ts";
import { Facts, Layout } from "../layout.tsx";
import { dayWords, sizeWords, timeWords, yenWords } from "../words.ts";

/** What the list shows. */
export type ListPageProps = {
  readonly path: string;
  readonly page: CasePage;
  readonly query: SearchQuery;
  /** Whether the files of a case are offered. */
  readonly offers: (state: Case) => boolean;
  readonly until: Instant | null;
};

function facts(state: Case): string {
  const { number, companies, contractDate, amount } = plainSearchFacts(state);
  const parts = [
    number,
    companies.join("、"),
    contractDate === null ? "" : `契約日 ${dayWords(contractDate)}`,
    amount === null ? "" : yenWords(amount),
    plainPhaseWords(state.phase),
  ];
  return parts.filter((part) => part !== "").join("・");
}

function Row({ path, state, offered }: {
  readonly path: string;
  readonly state: Case;
  readonly offered: boolean;
}): VNode {
  const title = plainSearchFacts(state).title || "契約名未定";
  const here = `${path}/${state.number}`;
  return (
    <li>
      {offered
        ? (
          <a class="row" href={here}>
            <b>{title}</b>
          </a>
        )
        : <b>{title}</b>}
      <small class="num">{facts(state)}</small>
      {offered &&
        executedFiles(state).map(({ filename, size }, index) => (
          <a key={filename} class="link" href={`${here}/${index + 1}.pdf`} download={filename}>
            {filename}（{sizeWords(size)}）
          </a>
        ))}
    </li>
  );
}

/** The contracts of an address. */
export function ListPage({ path, page, query, offers, until }: ListPageProps): VNode {
  const { cases } = page;
  return (
    <Layout title="契約書の一覧" wide>
      <section class="card">
        <h1>契約書の一覧</h1>
        <SearchForm action={path} query={query} states={false} />
        {until !== null && <p class="lead">このリンクの期限：{timeWords(until)}まで</p>}
      </section>
      <section class="card">
        <h2>{cases.length === 0 ? "該当する契約はありません。" : "該当する契約（新しい順）"}</h2>
        {cases.length > 0 && (
          <>
            <ul class="list">
              {cases.map((state) => (
                <Row key={state.number} path={path} state={state} offered={offers(state)} />
              ))}
            </ul>
            <Paging action={path} query={query} page={page} />
            <h2>まとめて保存する</h2>
            <p class="lead">
              該当するすべての契約の表（CSV）と、締結済みの契約書・証明書（ZIP）を保存できます。
            </p>
            <Exports path={path} query={query} />
          </>
        )}
      </section>
    </Layout>
  );
}

/** One executed contract: its facts, its files to save, its pages to read. */
export function ContractPage({ path, state, view }: {
  /** Of the list. */
  readonly path: string;
  readonly state: Case;
  readonly view: ContractViewProps;
}): VNode {
  const { title, companies, contractDate, amount } = plainSearchFacts(state);
  return (
    <Layout title={title} wide>
      <section class="card">
        <h1>{title}</h1>
        <Facts
          rows={[
            ["案件番号", state.number],
            ["商号又は名称", companies.join("、")],
            ...contractDate === null ? [] : [["契約日", dayWords(contractDate)] as const],
            ...amount === null ? [] : [["契約金額", yenWords(amount)] as const],
            ...state.executedAt === null ? [] : [["全員の同意", timeWords(state.executedAt)] as const],
          ]}
        />
        <div class="stack">
          {executedFiles(state).map(({ filename, size }, index) => (
            <a
              key={filename}
              class="btn ghost"
              href={`${path}/${state.number}/${index + 1}.pdf`}
              download={filename}
            >
              {filename}（{sizeWords(size)}）
            </a>
          ))}
          <a class="btn ghost" href={path}>一覧に戻る</a>
        </div>
      </section>
      <ContractView {...view} />
    </Layout>
  );
}
