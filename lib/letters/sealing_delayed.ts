/**
 * `sealing-delayed`: tells the officer that a signature or timestamp waits, and that nothing is lost (R27).
 *
 * @module
 */
import { CERTIFICATE_STEP, type DelayCause, type SealStep } from "../domain/case.ts";
import type { Letter, LetterHead } from "./letter.ts";
import { type AboutContract, officerNotice } from "./officer_notice.ts";
import { partyLabel } from "./words.ts";

/** What the letter states. */
export type SealingDelayedFacts = {
  readonly about: AboutContract;
  readonly step: SealStep;
  /** Why it waits; null when it only takes longer. */
  readonly cause: DelayCause | null;
  readonly officerUrl: string;
};

const STEPS: Readonly<Record<string, string>> = {
  Sender: "送信者の電子署名",
  Conclusion: "締結の電子署名",
  DSS: "検証情報の付与",
  DocTimeStamp: "タイムスタンプの付与",
  [CERTIFICATE_STEP]: "合意締結証明書の発行",
};

const REASONS = {
  outage: "外部のサービスの都合などにより、電子署名又はタイムスタンプの処理に時間がかかっています。",
  certificate:
    "電子署名に使う本サービスの電子証明書の有効期限が切れているか、失効しているため、電子署名を付与できません。",
} as const;

const ADVICE = {
  outage: "操作は必要ありません。長く続く場合は、システムの管理者へお知らせください。",
  certificate:
    "お手数ですが、電子証明書の更新が必要であることを、システムの管理者へお知らせください。画面での操作は必要ありません。",
} as const;

const stepWords = (step: SealStep): string =>
  Object.hasOwn(STEPS, step) ? STEPS[step] ?? step : `${partyLabel(step)}の電子署名`;

/** Writes the letter. */
export function writeSealingDelayed(head: LetterHead, facts: SealingDelayedFacts): Letter {
  const { about, step, cause, officerUrl } = facts;
  return officerNotice(head, {
    about,
    subject: "電子署名・タイムスタンプの処理が遅れています",
    text: `${REASONS[cause ?? "outage"]}\n` +
      "これまでの同意や承認は失われません。自動で再試行し、整いしだい手続きを続けます。",
    party: null,
    quote: null,
    rows: [{ label: "待っている処理", value: stepWords(step) }],
    advice: [
      ADVICE[cause ?? "outage"],
      "全員の同意・承認が済んでいる場合、締結の事実は変わりません。",
    ],
    officerUrl,
  });
}
