/**
 * A verification report to read and to print (R39), like the signature panel of a PDF reader.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import { type Instant, jstDateTime } from "../../lib/domain/instant.ts";
import { readReason } from "../../lib/flows/read_reason.ts";
import type { VerifiedUpload } from "../../lib/flows/verify_upload.ts";
import {
  changeWords,
  coverageWords,
  faultWords,
  integrityWords,
  kindWords,
  levelWords,
  plain,
  timeWords,
} from "../../lib/pades/report_words.ts";
import { nextSteps, recordWords, uncoveredWords, verdictWords } from "../../lib/pades/verdict_words.ts";
import type { RevisionReport, Verdict } from "../../lib/pades/verification_report.ts";
import { Facts, Note, type NoteProps } from "../layout.tsx";
import { sizeWords } from "../words.ts";

/** A report with what it is about. */
export type ShownReport = VerifiedUpload & {
  readonly filename: string;
  readonly size: number;
  readonly at: Instant;
};

type Row = readonly [string, ComponentChildren];

const TONES: Readonly<Record<Verdict, NoteProps["tone"]>> = {
  "valid": "ok",
  "tampered": "err",
  "changed-after": "err",
  "not-ours": "warn",
  "unsigned": "warn",
  "unreadable": "warn",
};

/** Who did what: as the signature says where it can be trusted, else its words as words. */
function actRows(each: RevisionReport): Row[] {
  if (each.reason === null) return [];
  const act = each.intact && each.trusted ? readReason(each.reason) : null;
  if (!act) return [[each.intact && each.trusted ? "理由" : "理由（未確認）", plain(each.reason)]];
  return [
    ["誰が", `${plain(act.name)}（${plain(act.address)}）`],
    ["いつ", act.at],
    ["何を", act.did],
    ["認証方法", act.authentication],
  ];
}

function rowsOf(each: RevisionReport): Row[] {
  const who = each.who === null ? "不明" : plain(each.who);
  return [
    ...actRows(each),
    [each.kind === "signature" ? "署名の名義" : "発行者", `${who}（${trustWords(each)}）`],
    ["署名の日時", timeWords(each)],
    ...each.level === null ? [] : [["水準", levelWords(each.level)] as const],
    [
      "改ざん",
      each.intact
        ? `${integrityWords(each)}（対象：${coverageWords(each.covers)}）`
        : <b key="intact">{integrityWords(each)}</b>,
    ],
    ["この後の追加", changeWords(each)],
  ];
}

const trustWords = ({ trusted }: RevisionReport): string =>
  trusted ? "信頼する認証局の証明書" : "信頼できることを確かめられません";

function Revision({ each, place }: { readonly each: RevisionReport; readonly place: number }): VNode {
  return (
    <section class="card revision">
      <h2>{`${place}. ${kindWords(each.kind)}（${plain(each.field)}）`}</h2>
      {each.faults.length > 0 && (
        <Note tone="err">
          {each.faults.map((fault) => <div key={fault}>{faultWords(fault)}</div>)}
        </Note>
      )}
      <Facts rows={rowsOf(each)} />
    </section>
  );
}

function Verdicts(found: VerifiedUpload): VNode {
  const { report, onRecord } = found;
  const [match, meaning] = recordWords(found);
  const [first, rest] = splitSentence(verdictWords(report.verdict));
  return (
    <>
      <Note tone={TONES[report.verdict]} alert>
        <b>{first}</b>
        {rest}
      </Note>
      <Note tone={onRecord ? "ok" : "info"}>
        <b>{match}</b>
        {meaning}
      </Note>
    </>
  );
}

function splitSentence(words: string): readonly [string, string] {
  const end = words.indexOf("。") + 1;
  return [words.slice(0, end), words.slice(end)];
}

/** The report: the verdict first, then every signature in order. */
export function Report({ shown }: { readonly shown: ShownReport }): VNode {
  const { report } = shown;
  const uncovered = uncoveredWords(report);
  const steps = nextSteps(report.verdict);
  return (
    <>
      <section class="card">
        <h1>検証結果</h1>
        <Verdicts {...shown} />
        {uncovered && <p>{uncovered}</p>}
        {steps.length > 0 && (
          <>
            <h2>次にすること</h2>
            <ul class="text-list">{steps.map((step) => <li key={step}>{step}</li>)}</ul>
          </>
        )}
        <Facts
          rows={[
            ["ファイル名", plain(shown.filename) || "（名前なし）"],
            ["大きさ", sizeWords(shown.size)],
            ["SHA-256", <span key="hash" class="mono">{shown.sha256}</span>],
            ["検証した日時", jstDateTime(shown.at)],
            ["署名の数", `${report.revisions.length}`],
          ]}
        />
      </section>
      {report.revisions.map((each, index) => <Revision key={each.field} each={each} place={index + 1} />)}
    </>
  );
}
