/**
 * The cases of an officer's departments: where each stands, what waits for whom, since when (R38).
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import { daysBetween, type Instant, jstDay } from "../../lib/domain/instant.ts";
import type { CasePage } from "../../lib/flows/browse_cases.ts";
import { STATE_GROUPS } from "../../lib/flows/case_filter.ts";
import { searchFacts } from "../../lib/flows/case_search.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";
import { Exports, Paging, SearchForm } from "../archive/search_form.tsx";
import type { SearchQuery } from "../archive/search_query.ts";
import { Layout } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { dayWords, yenWords } from "../words.ts";
import { tagOf, waitsFor } from "./phase_words.ts";

/** What the list shows. */
export type OfficerListProps = {
  /** Of the link: `/o/<token>`. */
  readonly path: string;
  /** Whose list it is. */
  readonly name: string;
  readonly departments: readonly string[];
  readonly page: CasePage;
  readonly query: SearchQuery;
  readonly settings: Settings;
  readonly at: Instant;
};

/** How long a case that is under way has been so. */
function age({ phase, openedAt }: Case, at: Instant): string {
  const open: readonly string[] = STATE_GROUPS.open;
  if (!open.includes(phase)) return "";
  const days = daysBetween(jstDay(openedAt), jstDay(at));
  return days === 0 ? "本日受付" : `受付から${days}日`;
}

function Row({ state, props }: { readonly state: Case; readonly props: OfficerListProps }): VNode {
  const { path, departments, settings, at } = props;
  const { number, title, companies, contractDate, amount } = searchFacts(state);
  const { words, tone } = tagOf(state);
  const facts = [
    number,
    companies.join("、"),
    contractDate === null ? "" : `契約日 ${dayWords(contractDate)}`,
    amount === null ? "" : yenWords(amount),
    departments.length > 1 ? departmentOf(settings, state.departmentId)?.name ?? "" : "",
  ];
  const now = [waitsFor(state, at) ?? "", age(state, at)].filter((part) => part !== "").join(" ");
  return (
    <li>
      <a class="row" href={`${path}/cases/${number}`}>
        <span>
          <b>{title || "契約名未定の案件"}</b> <span class={`tag ${tone}`}>{words}</span>
        </span>
        <small class="num">{facts.filter((part) => part !== "").join("・")}</small>
        {now !== "" && <small class="num">{now}</small>}
      </a>
    </li>
  );
}

/** The list. */
export function OfficerListPage(props: OfficerListProps): VNode {
  const { path, name, departments, page, query, settings } = props;
  const { cases } = page;
  const names = departments.map((id) => departmentOf(settings, id)?.name ?? id);
  return (
    <Layout title="案件の一覧" side={name} wide>
      <section class="card">
        <h1>案件の一覧</h1>
        <p class="lead">{names.join("、")}</p>
        <SearchForm action={`${path}/list`} query={query} states />
      </section>
      <section class="card">
        <h2>{cases.length === 0 ? "該当する案件はありません。" : "該当する案件（新しい順）"}</h2>
        {cases.length > 0 && (
          <>
            <ul class="list">
              {cases.map((state) => <Row key={state.number} state={state} props={props} />)}
            </ul>
            <Paging action={`${path}/list`} query={query} page={page} />
            <h2>まとめて保存する</h2>
            <p class="lead">
              該当するすべての案件の表（CSV）と、締結済みの契約書・証明書（ZIP）を保存できます。
            </p>
            <Exports path={path} query={query} />
          </>
        )}
      </section>
    </Layout>
  );
}

/** The words on the button that mails the list's link. */
export const LIST_WORDS = "一覧のリンクを送る";

/** Behind the link of a single case: the list has a link of its own, so that a mail passed on shows one case alone. */
export function AskListPage({ path, guard }: { readonly path: string; readonly guard: string }): VNode {
  return (
    <Layout title="案件の一覧">
      <section class="card">
        <h1>案件の一覧</h1>
        <p>
          所属の案件の一覧は、専用のリンクから開きます。登録されている担当者のメールアドレスにお送りします。
        </p>
        <form method="post" action={`${path}/list`} class="stack">
          <Guard value={guard} />
          <button class="btn primary" type="submit">{LIST_WORDS}</button>
          <a class="btn ghost" href={path}>案件のページに戻る</a>
        </form>
      </section>
    </Layout>
  );
}
