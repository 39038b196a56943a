/**
 * The pages after an answer.
 *
 * @module
 */
import { type ComponentChildren, Fragment, type VNode } from "preact";
import type { SealedDocument } from "../../lib/domain/case.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { CaseNumber } from "../case_number.tsx";
import { DepartmentContact } from "../contact.tsx";
import { Facts, Note } from "../layout.tsx";
import { ReadingText } from "../reading_text.tsx";
import { timeWords } from "../words.ts";
import { Frame, Steps, titleOf } from "./parts.tsx";
import { ProgressCard } from "./progress.tsx";
import type { Base, Visit } from "./visit.ts";

const Seal = (): VNode => (
  <svg class="seal" viewBox="0 0 76 76" fill="none" aria-hidden="true">
    <circle cx="38" cy="38" r="35" stroke="currentColor" stroke-width="3" />
    <path
      d="m24 39 10 10 19-21"
      stroke="currentColor"
      stroke-width="4.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);

function Saving({ path, documents }: {
  readonly path: string;
  readonly documents: readonly SealedDocument[];
}): VNode {
  return (
    <div class="stack">
      {documents.map(({ name }, index) => (
        <a key={name} class="btn ghost" href={`${path}/documents/${index + 1}.pdf?save=1`}>
          PDFを保存する{documents.length > 1 && `（${name}）`}
        </a>
      ))}
    </div>
  );
}

/** After the agreement; shown again whenever the link is opened. */
export function DonePage({ visit, settings }: {
  readonly visit: Visit;
  readonly settings: Settings;
}): VNode {
  const { base, path, party, state } = visit;
  const executed = state.phase === "executed" || state.phase === "completed";
  return (
    <Frame base={base} title="確認が完了しました" script>
      {base === "/c" && <Steps at={3} />}
      <section class="card">
        {base === "/c" && <Seal />}
        <h1 class="center">確認が完了しました</h1>
        <p class="center">
          ご対応ありがとうございました。{executed
            ? "全員の確認がそろいました。電子署名を付した契約書をメールでお送りします。"
            : "関係者全員の確認がそろうと、電子署名を付した契約書をメールでお送りします。"}
        </p>
        <Facts
          rows={[
            ["契約名", titleOf(visit)],
            ["同意した方", `${party.name} 様`],
            ["同意した日時", party.agreedAt ? timeWords(party.agreedAt) : ""],
            ["案件番号", <CaseNumber key="number" number={state.number} />],
          ]}
        />
        <Saving path={path} documents={state.draft?.documents ?? []} />
        <Note tone="ok">この画面は閉じてかまいません。</Note>
      </section>
      <ProgressCard visit={visit} />
      <DepartmentContact settings={settings} departmentId={state.departmentId} number={null} />
    </Frame>
  );
}

/** A short word that something was taken in. */
export function ThanksPage({ base, heading, back, children }: {
  readonly base: Base;
  readonly heading: string;
  /** Where the document is, when there still is one. */
  readonly back?: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <Frame base={base} title={heading}>
      <section class="card">
        <h1>{heading}</h1>
        <p>
          {/* As in Note: or the strings of a list would be escaped twice. */}
          <Fragment>{children}</Fragment>
        </p>
        {back
          ? <a class="btn ghost" href={back}>書類に戻る</a>
          : <Note tone="ok">この画面は閉じてかまいません。</Note>}
      </section>
    </Frame>
  );
}

/** The text of one document on a page of its own. */
export function TextPage({ base, path, name, texts }: {
  readonly base: Base;
  readonly path: string;
  readonly name: string;
  readonly texts: readonly string[] | null;
}): VNode {
  return (
    <Frame base={base} title={name}>
      <section class="card">
        <h1>{name}</h1>
        {texts === null
          ? <p>文字を取り出せませんでした。PDF をご覧ください。</p>
          : <ReadingText texts={texts} />}
        <Note tone="info">PDF から取り出した文字です。契約の内容は PDF が正となります。</Note>
        <a class="btn ghost" href={`${path}/document`}>書類に戻る</a>
      </section>
    </Frame>
  );
}
