/**
 * The search form of a list, with what comes of it: a table, an archive, further pages.
 *
 * @module
 */
import type { VNode } from "preact";
import type { CasePage } from "../../lib/flows/browse_cases.ts";
import type { StateGroup } from "../../lib/flows/case_filter.ts";
import { Note } from "../layout.tsx";
import { TextField } from "../text_field.tsx";
import { MAX_WRITTEN, queryOf, SEARCH_FIELDS, type SearchQuery } from "./search_query.ts";

const GROUPS: Readonly<Record<StateGroup, string>> = {
  open: "手続き中のすべて",
  intake: "契約書待ち",
  drafted: "送信前の確認",
  circulating: "確認依頼中",
  declined: "不同意",
  concluded: "締結済み",
  over: "締結せずに終了",
};

function StateField({ value }: { readonly value: string }): VNode {
  return (
    <div class="field">
      <label for="state">状況</label>
      <select id="state" name="state">
        <option value="">すべて</option>
        {Object.entries(GROUPS).map(([group, words]) => (
          <option key={group} value={group} selected={group === value}>{words}</option>
        ))}
      </select>
    </div>
  );
}

/** The form. `action` is where the list is; `states` offers 状況, which is for officers. */
export function SearchForm({ action, query, states }: {
  readonly action: string;
  readonly query: SearchQuery;
  readonly states: boolean;
}): VNode {
  const { written, faults } = query;
  const field = (name: keyof typeof written) => ({
    name,
    value: written[name],
    fault: faults.has(name),
    maxLength: MAX_WRITTEN,
  });
  const narrowed = SEARCH_FIELDS.some((name) => name !== "q" && written[name] !== "");
  return (
    <form method="get" action={action} class="stack" role="search">
      {faults.size > 0 && (
        <Note tone="err" alert>読み取れない日付または金額がありました。その条件は使わずに検索しました。</Note>
      )}
      <TextField {...field("q")} label="語" help="契約名、会社名、案件番号など" />
      <details class="more" open={narrowed}>
        <summary>契約日・契約金額・相手方{states && "・状況"}で絞り込む</summary>
        <div class="stack">
          <fieldset class="pair">
            <legend>契約日</legend>
            <TextField {...field("from")} label="この日から" help="例：令和8年4月1日、2026-04-01" />
            <TextField {...field("to")} label="この日まで" help="例：令和9年3月31日、令和8年度" />
          </fieldset>
          <fieldset class="pair">
            <legend>契約金額</legend>
            <TextField {...field("min")} label="この金額から" help="例：1,000,000円、100万円" />
            <TextField {...field("max")} label="この金額まで" help="例：5,000,000円" />
          </fieldset>
          <TextField {...field("party")} label="相手方" />
          {states && <StateField value={written.state} />}
        </div>
      </details>
      <button class="btn primary" type="submit">検索</button>
    </form>
  );
}

/** The table and the archive of all that fits, not of the page alone. */
export function Exports({ path, query }: { readonly path: string; readonly query: SearchQuery }): VNode {
  return (
    <div class="stack pair">
      <a class="btn ghost" href={`${path}/list.csv${queryOf(query)}`} download>CSV</a>
      <a class="btn ghost" href={`${path}/list.zip${queryOf(query)}`} download>ZIP</a>
    </div>
  );
}

/** The way to the next page, and back to the first. */
export function Paging({ action, query, page }: {
  readonly action: string;
  readonly query: SearchQuery;
  readonly page: CasePage;
}): VNode | null {
  if (page.next === null && query.behind === null) return null;
  return (
    <nav class="stack pair" aria-label="ページ">
      {query.behind !== null && <a class="btn ghost" href={action + queryOf(query)}>最初のページへ</a>}
      {page.next !== null && <a class="btn ghost" href={action + queryOf(query, page.next)}>次のページへ</a>}
    </nav>
  );
}
