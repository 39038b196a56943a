/**
 * What a verdict means, and what to do about it (R39).
 *
 * @module
 */
import type { Verdict, VerificationReport } from "./verification_report.ts";

const VERDICTS: Readonly<Record<Verdict, string>> = {
  "valid": "有効です。電子署名が付与された後、内容は変更されていません。",
  "tampered": "改ざんされています。署名された内容又は署名そのものが書き換えられています。",
  "changed-after": "電子署名が付与された後に、変更が加えられています。",
  "not-ours":
    "署名者を確かめられません。信頼する認証局から発行された、有効な証明書による署名ではありません。",
  "unsigned": "電子署名がありません。",
  "unreadable": "PDFとして読み取れません。ファイルが壊れているか、パスワードで保護されています。",
};

/** The sentence for a verdict. */
export const verdictWords = (verdict: Verdict): string => VERDICTS[verdict];

const FETCH_AGAIN =
  "締結時のメールに添付されたファイル、又はダウンロードのページから受け取ったファイルで、もう一度お確かめください。";
const ASK = "それでも同じ結果のときは、契約を担当する所属へお知らせください。";

const NEXT_STEPS: Readonly<Record<Verdict, readonly string[]>> = {
  "valid": [],
  "tampered": ["このファイルは、契約の証拠として使わないでください。", FETCH_AGAIN, ASK],
  "changed-after": [
    "追加された部分は、署名した方が確認したものではありません。注釈の記入、入力欄への記入、別のソフトでの保存でも、この結果になります。",
    FETCH_AGAIN,
    ASK,
  ],
  "not-ours": [
    "この結果は、改ざんされたという意味ではありません。誰の署名かを、このサービスでは確かめられないという意味です。",
    "ほかのサービスで署名された書類は、そのサービスの検証画面、又は署名者の認証局を信頼するように設定したPDFソフトでお確かめください。",
  ],
  "unsigned": [
    "印刷や変換をして作り直したPDFには、電子署名が残りません。受け取ったままのファイルでお確かめください。",
  ],
  "unreadable": [
    "受け取ったままのPDFファイルでお確かめください。開くときにパスワードが必要なファイルは検証できません。",
  ],
};

/** What to do next, a sentence each; empty when nothing is to be done. */
export const nextSteps = (verdict: Verdict): readonly string[] => NEXT_STEPS[verdict];

/**
 * Whether a file is on record, and as which version: the first sentence is the answer, the second says what it
 * means.
 */
export function recordWords(
  { onRecord, renewedSince }: { readonly onRecord: boolean; readonly renewedSince: boolean },
): readonly [string, string] {
  if (!onRecord) {
    return [
      "このサービスの記録とは一致しません。",
      "締結前の書類、ほかのサービスの書類、受け取った後に変更されたファイルは一致しません。",
    ];
  }
  return [
    "このサービスの記録と一致します。",
    "このサービスで締結した書類、又は発行した証明書そのものです。" +
    (renewedSince
      ? "なお、タイムスタンプを更新した新しい版があります。長く保管するときは、新しい版をダウンロードしてください。"
      : ""),
  ];
}

/** What stands behind the last signature, in a sentence; null when nothing does. */
export function uncoveredWords({ uncoveredBytes, revisions }: VerificationReport): string | null {
  if (uncoveredBytes === 0) return null;
  const bytes = uncoveredBytes.toLocaleString("ja-JP");
  return revisions.at(-1)?.changedAfter === "validation-data"
    ? `最後の署名の後に、検証に使う情報（証明書と失効情報）が ${bytes} バイト追加されています。内容の変更ではありません。`
    : `最後の署名の後に、署名で保護されていない ${bytes} バイトがあります。`;
}
