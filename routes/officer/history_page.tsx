/**
 * The whole history of a case (監査証跡) on a page to be read and printed: every event with its time and who did it,
 * bound to the one before by its hash. Whether the chain holds is proven each time the page is opened.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import { companyOf } from "../../lib/domain/consent_form.ts";
import { type Instant, jstDateTime } from "../../lib/domain/instant.ts";
import { auditWords, type RecordFault } from "../../lib/letters/audit_words.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { toldHistory } from "./told_history.ts";

/** Digits of a hash that are shown: enough to compare by eye. */
const SHOWN_DIGITS = 16;

/** What the page shows. */
export type HistoryPageProps = {
  readonly path: string;
  readonly state: Case;
  readonly history: readonly RecordedEvent[];
  /** All that is wrong with the records; none for a whole history. */
  readonly faults: readonly RecordFault[];
  readonly settings: Settings;
  readonly at: Instant;
};

function Proof({ history, faults }: HistoryPageProps): VNode {
  if (faults.length === 0) {
    return (
      <Note tone="ok">
        <b>{`${history.length}件の記録は、すべて揃っており、書き換えられていません。`}</b>
        <br />
        この画面を開いたときに、記録の要約値（ハッシュ値）を計算し直し、はじめから終わりまでつながっていることを確かめました。
      </Note>
    );
  }
  return (
    <Note tone="err" alert>
      <b>記録に異常があります。システムの管理者へお知らせください。</b>
      <ul class="text-list">
        {faults.map((fault, index) => <li key={index}>{`${auditWords(fault)}。`}</li>)}
      </ul>
    </Note>
  );
}

/** The page. */
export function HistoryPage(props: HistoryPageProps): VNode {
  const { path, state, history, settings, at } = props;
  const stated = history.findLast((entry) => entry?.event?.did === "certified")?.event;
  const certified = stated?.did === "certified" ? stated.historyHead : undefined;
  return (
    <Layout title={`経過 ${state.number}`} side={departmentOf(settings, state.departmentId)?.name ?? ""} wide>
      <section class="card">
        <h1>すべての経過（監査証跡）</h1>
        <Facts
          rows={[
            ["案件番号", state.number],
            ["契約名", state.draft?.title || state.form?.contractName || ""],
            ["事業者", state.form ? companyOf(state.form) : ""],
            ["確かめた日時", jstDateTime(at)],
            ["最後の記録の要約値", <span class="mono" key="head">{state.head}</span>],
          ]}
        />
        <Proof {...props} />
      </section>
      <section class="card">
        <h2>記録（{history.length}件）</h2>
        <ol class="history">
          {toldHistory(history, state, settings).map(({ at: time, actor, words, hash }, index) => (
            <li key={index}>
              <span class="num">
                {index + 1}. {time && jstDateTime(time)}
              </span>
              <span>
                {words}
                <br />
                <small>{actor}</small>
                <br />
                <small class="mono">
                  {hash.slice(0, SHOWN_DIGITS)}
                  {hash === certified &&
                    "（合意締結証明書に記した要約値）"}
                </small>
              </span>
            </li>
          ))}
        </ol>
        <Note tone="info">
          時刻は日本時間です。各行の英数字は、その記録と直前の記録の要約値から計算した値のはじめの{SHOWN_DIGITS}桁です。記録が一つでも変わると、それより後の値がすべて変わります。
        </Note>
        <a class="btn ghost" href={path}>案件のページに戻る</a>
      </section>
    </Layout>
  );
}
