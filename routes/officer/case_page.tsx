/**
 * The officer's page of one case: what to do next first, then what there is, then all that happened.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import { companyOf, problemsOf } from "../../lib/domain/consent_form.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { versionOf } from "../../lib/domain/rounds.ts";
import { agreementClosed } from "../../lib/domain/rules_of_circulation.ts";
import type { Delivery } from "../../lib/flows/deliveries.ts";
import type { Summary } from "../../lib/flows/summary.ts";
import { partyLabel } from "../../lib/letters/words.ts";
import { writerWord } from "../../lib/letters/writer_words.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";
import { CaseNumber } from "../case_number.tsx";
import { fieldRows, problemWords } from "../form_words.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import type { ShownDocument } from "../recipient/document_page.tsx";
import { dayWords, timeWords } from "../words.ts";
import { AnewActs } from "./anew_acts.tsx";
import { CaseActs } from "./case_acts.tsx";
import { DeliveriesCard } from "./deliveries_card.tsx";
import { FollowAct, LinkedCases } from "./follow_act.tsx";
import { Documents, ExecutedDocuments } from "./documents_card.tsx";
import { FormVersions } from "./form_versions.tsx";
import { type GuardOf, isOpen } from "./parts.tsx";
import { FormerRoundsCard } from "./former_rounds_card.tsx";
import { progressOf, tagOf, waitsFor } from "./phase_words.ts";
import { ProposalCard, WriterWarnings } from "./proposal_card.tsx";
import { SummaryCard } from "./summary_card.tsx";
import { toldHistory } from "./told_history.ts";
import { UploadAct } from "./upload_act.tsx";

/** What the page shows. */
export type CasePageProps = {
  readonly path: string;
  /** Where the list of the departments' cases is. */
  readonly list: string;
  readonly guard: GuardOf;
  readonly state: Case;
  readonly history: readonly RecordedEvent[];
  /** Its letters, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Of a case that waits to be sent. */
  readonly summary: Summary | null;
  /** The form as it came, beside what was read of it, until the contract is sent. */
  readonly original: VNode | null;
  /** Its documents, as many as are shown. */
  readonly preview: readonly ShownDocument[];
  readonly settings: Settings;
  readonly at: Instant;
};

function Overview({ list, state, settings, at }: CasePageProps): VNode {
  const tag = tagOf(state);
  const waits = waitsFor(state, at);
  const { form, draft } = state;
  return (
    <section class="card">
      <div class="heading">
        <h1>{draft?.title || form?.contractName || "契約名未定の案件"}</h1>
        <span class={`tag ${tag.tone}`}>{tag.words}</span>
      </div>
      {waits && <p class="lead">{waits}</p>}
      {state.delayedStep !== null && (
        <Note tone="warn">
          {state.delayedCause === "certificate"
            ? "本サービスの電子証明書の有効期限が切れているか、失効しているため、電子署名の付与が止まっています。" +
              "システムの管理者へお知らせください。更新されしだい、自動で続けます。"
            : "電子署名の付与が遅れています。自動で続けていますので、操作は不要です。"}
        </Note>
      )}
      <Facts
        rows={[
          ["案件番号", <CaseNumber key="number" number={state.number} />],
          ["所属", departmentOf(settings, state.departmentId)?.name ?? state.departmentId],
          ["事業者", form ? companyOf(form) : "読み取れませんでした"],
          ["連絡先", `${state.contact.name} ${state.contact.address}`],
          ...state.check ? [["差出人の確認", writerWord(state.check)] as const] : [],
          ...draft?.contractDate ? [["契約日", dayWords(draft.contractDate)] as const] : [],
          ...versionOf(state) > 1 ? [["版", `第${versionOf(state)}版`] as const] : [],
        ]}
      />
      {state.check && <WriterWarnings check={state.check} />}
      <a class="link" href={list}>案件の一覧</a>
    </section>
  );
}

function FormCard({ path, original, state }: CasePageProps): VNode {
  const { form } = state;
  const open = isOpen(state);
  const problems = form ? problemsOf(form) : [];
  return (
    <section class="card">
      <h2>同意書の内容</h2>
      {!form && <Note tone="err">同意書を読み取れませんでした。届いたメールをご確認ください。</Note>}
      {form && problems.length > 0 && open && (
        <Note tone="warn">
          <b>ご確認ください</b>
          <ul class="text-list">
            {problems.map((problem) => (
              <li key={problem.field + problem.fault}>{problemWords(form, problem)}</li>
            ))}
          </ul>
        </Note>
      )}
      {form && <Facts rows={fieldRows(form)} />}
      <div class="stack pair">
        {!original && <a class="btn ghost" href={`${path}/form`}>届いた同意書と見比べる</a>}
        {open && <a class="btn ghost" href={`${path}/mend`}>読み取りを直す</a>}
      </div>
    </section>
  );
}

function Parties({ state, at }: CasePageProps): VNode {
  return (
    <section class="card">
      <h2>確認の状況</h2>
      <ol class="parties">
        {state.parties.map((party) => {
          const { words, tone } = progressOf(state, party, at);
          return (
            <li key={party.id}>
              <b>{party.name} 様</b>
              <small>{partyLabel(party.id)}・{party.address}</small>
              <span class={`tag ${tone}`}>{words}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Events on the page itself, the newest: all stand on a page of their own. */
const NEWEST = 50;

function History({ path, state, settings, history }: CasePageProps): VNode {
  return (
    <details class="card">
      <summary>これまでの経過（{history.length}件）</summary>
      {history.length > NEWEST && <p class="lead">新しい{NEWEST}件を示しています。</p>}
      <ol class="history">
        {toldHistory(history, state, settings).slice(-NEWEST).map(({ at, words, hash }) => (
          <li key={hash}>
            <time class="num" dateTime={at}>{timeWords(at)}</time>
            <span>{words}</span>
          </li>
        ))}
      </ol>
      <a class="btn ghost" href={`${path}/history`}>すべての経過（印刷用）を開く</a>
    </details>
  );
}

/** The page. */
export function CasePage(props: CasePageProps): VNode {
  const { path, guard, state, summary, settings } = props;
  const department = departmentOf(settings, state.departmentId)?.name ?? "";
  const open = isOpen(state);
  // What goes on with a stopped case stands first; else it is the rarer thing.
  const stopped = state.phase === "declined" || agreementClosed(state, props.at);
  const anewActs = <AnewActs {...props} maxBytes={settings.limits.maxPdfBytes} />;
  return (
    <Layout title={`案件 ${state.number}`} side={department} wide script>
      <Overview {...props} />
      <LinkedCases {...props} />
      <ProposalCard {...props} />
      {summary && <SummaryCard path={path} guard={guard} summary={summary} preview={props.preview} />}
      {open && (
        <section class="card">
          <UploadAct
            path={path}
            guard={guard}
            replaces={state.draft !== null}
            maxBytes={settings.limits.maxPdfBytes}
          />
        </section>
      )}
      {state.parties.length > 0 && <Parties {...props} />}
      {state.phase === "completed" && <ExecutedDocuments {...props} />}
      {state.draft && !open && state.phase !== "completed" && <Documents {...props} />}
      <div class="stack pair">
        <FormCard {...props} />
        {props.original}
      </div>
      {stopped && anewActs}
      <CaseActs {...props} />
      {!stopped && anewActs}
      <FollowAct {...props} />
      <DeliveriesCard deliveries={props.deliveries} />
      <FormerRoundsCard path={path} history={props.history} />
      <FormVersions history={props.history} />
      <History {...props} />
    </Layout>
  );
}
