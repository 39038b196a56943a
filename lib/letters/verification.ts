/**
 * `verification`: what was found in the PDFs that someone sent to be verified (R39).
 *
 * @module
 */
import type { Block, FieldRow, Letter, LetterHead } from "./letter.ts";
import { oneLine, subjectOf } from "./words.ts";

/** One file as the letter reports it, in words. */
export type VerifiedFile = {
  readonly name: string;
  /** The verdict, in a sentence or two. */
  readonly verdict: string;
  readonly rows: readonly FieldRow[];
  /** Each signature: what it is, and what was found. */
  readonly signatures: readonly { readonly title: string; readonly rows: readonly FieldRow[] }[];
  /** What to do next, a sentence each. */
  readonly steps: readonly string[];
};

/** What the letter states. */
export type VerificationFacts = {
  readonly files: readonly VerifiedFile[];
  /** Why further PDFs of the mail were not looked at, a sentence each. */
  readonly passedOver: readonly string[];
  /** The page where anyone has a PDF verified. */
  readonly verifyUrl: string;
};

const NO_FILE =
  "検証するPDFファイルが添付されていませんでした。お手数ですが、件名又は本文の先頭に「検証」と書き、署名済みのPDFファイルを添付して、もう一度お送りください。";

function fileBlocks(file: VerifiedFile, place: number): Block[] {
  return [
    { is: "heading", text: `${place}. ${oneLine(file.name, 80) || "（名前のないファイル）"}` },
    { is: "paragraph", text: `【検証結果】${file.verdict}` },
    { is: "fields", rows: file.rows },
    ...file.signatures.flatMap(({ title, rows }): Block[] => [
      { is: "paragraph", text: title },
      { is: "fields", rows },
    ]),
    ...file.steps.length === 0 ? [] : [
      { is: "paragraph", text: "【次にすること】" } as const,
      { is: "points", points: file.steps } as const,
    ],
  ];
}

/** Writes the letter. */
export function writeVerification(head: LetterHead, facts: VerificationFacts): Letter {
  const { files, passedOver, verifyUrl } = facts;
  const looked = files.length > 0 || passedOver.length > 0;
  return {
    subject: subjectOf(head, looked ? "電子署名の検証結果" : "検証するPDFファイルのお願い"),
    caseNumber: head.caseNumber,
    signature: head.signature,
    blocks: [
      {
        is: "paragraph",
        text: looked
          ? "お送りいただいたPDFファイルの電子署名を検証しました。結果は次のとおりです。"
          : `検証のご依頼をいただき、ありがとうございます。\n${NO_FILE}`,
      },
      ...files.flatMap((file, index) => fileBlocks(file, index + 1)),
      ...passedOver.length === 0 ? [] : [{ is: "points", points: passedOver } as const],
      { is: "paragraph", text: "次のページでも、どなたでもPDFファイルを検証できます。" },
      { is: "link", words: "電子署名を検証する", url: verifyUrl },
    ],
  };
}
