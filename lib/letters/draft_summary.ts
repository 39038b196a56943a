/**
 * `draft-summary`: shows the officer what would go out; one tap on the page behind the link sends it (R12).
 *
 * @module
 */
import type { DraftSummary } from "./draft_summary_facts.ts";
import type { Block, FieldRow, Letter, LetterHead } from "./letter.ts";
import { dayWords, greeting, oneLine, partyLabel, subjectOf } from "./words.ts";

/** What the letter states. */
export type DraftSummaryFacts = {
  readonly officerName: string;
  readonly summary: DraftSummary;
  /** The executed case that it follows; none for most. */
  readonly linked?: readonly FieldRow[];
  readonly officerUrl: string;
};

function contractRows(summary: DraftSummary): FieldRow[] {
  const { contractDate, term, amount, copyTo } = summary;
  const onPage = "（確認画面で入力してください）";
  return [
    { label: "契約名", value: summary.title },
    { label: "商号又は名称", value: summary.company === "" ? "（読み取れていません）" : summary.company },
    { label: "契約日", value: contractDate === null ? onPage : dayWords(contractDate) },
    {
      label: "契約期間",
      value: term === null ? onPage : `${dayWords(term.from)}から${dayWords(term.to)}まで`,
    },
    { label: "契約金額", value: amount === null ? "（記載なし）" : `${amount.toLocaleString("ja-JP")}円` },
    { label: "アクセスコード", value: summary.accessCode ? "設定する" : "設定しない" },
    { label: "共有先", value: copyTo.length === 0 ? "（なし）" : copyTo.join("、") },
  ];
}

function partyRows(summary: DraftSummary): FieldRow[] {
  return summary.parties.map((party, index) => ({
    label: `${index + 1}番目　${partyLabel(party.id)}`,
    value: `${party.name} ${party.address}`,
  }));
}

/** Writes the letter. */
export function writeDraftSummary(head: LetterHead, facts: DraftSummaryFacts): Letter {
  const { summary, officerName, officerUrl, linked = [] } = facts;
  const warnings: Block[] = summary.warnings.length === 0
    ? [{ is: "paragraph", text: "自動の点検で、気になる点は見つかりませんでした。" }]
    : [
      { is: "heading", text: "ご確認いただきたい点" },
      { is: "points", points: summary.warnings },
    ];
  return {
    subject: subjectOf(head, `送信前の確認「${oneLine(summary.title, 60)}」`),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      greeting(officerName),
      {
        is: "paragraph",
        text: "契約書を受け付けました。まだ送信していません。\n" +
          "次の内容をご確認のうえ、確認画面の「この内容で送信する」を押してください。",
      },
      { is: "link", words: "確認画面を開く", url: officerUrl, main: true },
      ...warnings,
      { is: "heading", text: "契約の内容" },
      { is: "fields", rows: [...linked, ...contractRows(summary)] },
      { is: "heading", text: "確認・承認の順番" },
      { is: "fields", rows: partyRows(summary) },
      { is: "heading", text: "契約書のファイル" },
      { is: "files", files: summary.files },
      {
        is: "paragraph",
        text:
          "訂正がある場合は、訂正したPDFを添付してこのメールに返信するか、確認画面から入れ直してください。" +
          "お心当たりのない場合は、送信せずに案件ページをご確認ください。",
      },
    ],
  };
}
