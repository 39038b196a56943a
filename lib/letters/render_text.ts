/**
 * A letter as plain text: each URL stands alone on its line, each value on one line.
 *
 * @module
 */
import type { Block, FieldRow, FileRow, Letter, Signature } from "./letter.ts";
import { harmless, oneLine, sizeWords } from "./words.ts";

const RULE = "――――――――――――――――――――";

function fieldLines({ label, value, mark }: FieldRow): string[] {
  const line = `・${oneLine(label)}：${oneLine(value)}`;
  return mark === undefined ? [line] : [line, `　　※ ${oneLine(mark)}`];
}

function fileLines({ name, pages, size, sha256 }: FileRow): string[] {
  return [
    `・${oneLine(name)}`,
    `　　${pages > 0 ? `${pages}ページ、` : ""}${sizeWords(size)}`,
    `　　SHA-256：${oneLine(sha256)}`,
  ];
}

function linesOf(block: Block): string[] {
  switch (block.is) {
    case "paragraph":
      return harmless(block.text).split("\n");
    case "heading":
      return [`■ ${oneLine(block.text)}`];
    case "fields":
      return block.rows.flatMap(fieldLines);
    case "points":
      return block.points.map((point) => `・${oneLine(point)}`);
    case "quote":
      return harmless(block.text).split("\n").map((line) => `> ${line.trimEnd()}`);
    case "files":
      return block.files.flatMap(fileLines);
    case "link":
      return [`▼ ${oneLine(block.words)}`, block.url];
  }
}

function signatureLines(signature: Signature, caseNumber: string | null): string[] {
  const { publicBody, department, phone, email, service, helpUrl } = signature;
  return [
    RULE,
    ...caseNumber === null ? [] : [`案件番号：${caseNumber}`],
    oneLine(`${publicBody} ${department}`),
    ...phone === null ? [] : [`電話：${oneLine(phone)}`],
    ...email === null ? [] : [`メール：${oneLine(email)}`],
    `このメールは「${oneLine(service)}」が自動で送信しています。`,
    "操作の手引き・よくある質問：",
    helpUrl,
    RULE,
  ];
}

/** The text part of a letter. */
export function renderText(letter: Letter): string {
  const pieces = [
    ...letter.blocks.map(linesOf),
    signatureLines(letter.signature, letter.caseNumber),
  ].filter((lines) => lines.length > 0);
  const heads = letter.blocks.map((block) => block.is === "heading");
  return pieces.map((lines, index) => lines.join("\n") + (heads[index] ? "\n" : "\n\n")).join("").trimEnd() +
    "\n";
}
