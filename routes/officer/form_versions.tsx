/**
 * The versions of the consent form on the officer's page, each with what changed.
 *
 * @module
 */
import type { VNode } from "preact";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import {
  type FormChange,
  type FormVersion,
  formVersions,
  type VersionOrigin,
} from "../../lib/flows/form_versions.ts";
import { timeWords } from "../words.ts";

const ORIGINS: Readonly<Record<VersionOrigin, (by: string) => string>> = {
  mail: (by) => `${by}からメールで届きました。`,
  web: (by) => `${by}が入力画面から提出しました。`,
  accepted: (by) => `${by}が差し替えました。`,
  mended: (by) => `${by}が読み取りを直しました。`,
};

const shown = (value: string): string => value === "" ? "（空欄）" : value;

function Change({ change: { label, before, after } }: { readonly change: FormChange }): VNode {
  return <li>{label}：{shown(before)} → {shown(after)}</li>;
}

function Version({ version: { at, origin, by, changes }, first }: {
  readonly version: FormVersion;
  readonly first: boolean;
}): VNode {
  return (
    <li>
      <time class="num" dateTime={at}>{timeWords(at)}</time>
      <div>
        {ORIGINS[origin](by)}
        {!first && changes.length === 0 && "内容は同じです。"}
        {changes.length > 0 && (
          <ul class="text-list">
            {changes.map((change) => <Change key={change.label} change={change} />)}
          </ul>
        )}
      </div>
    </li>
  );
}

/** The versions; nothing while there is only one. */
export function FormVersions({ history }: { readonly history: readonly RecordedEvent[] }): VNode | null {
  const versions = formVersions(history);
  if (versions.length < 2) return null;
  return (
    <details class="card">
      <summary>同意書の版（{versions.length}件）</summary>
      <ol class="history">
        {versions.map((version, index) => <Version key={index} version={version} first={index === 0} />)}
      </ol>
    </details>
  );
}
