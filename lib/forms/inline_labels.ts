/**
 * Labels within a line, behind the value of another one: 「氏名 山田太郎 メールアドレス a@b.example」.
 *
 * @module
 */
import { type Label, readLabel } from "./label.ts";

/** Where within a line a label may begin: behind a blank or a mark, or where letters of another kind follow. */
const STARTS =
  /(?<=[\s、,，;；／/|｜(（【\[・])(?=[^\s、,，;；／/|｜)）】\]・])|(?<=[^\x20-\x7eＡ-Ｚａ-ｚ])(?=TEL|FAX|E-?mail|ＴＥＬ|ＦＡＸ|Ｅ-?ｍａｉｌ)/gi;
const MAX_PARTS = 12;
/** Longer lines are prose. */
const MAX_LINE = 400;

/** The parts of a line, each but the first with its own label. */
export function inlineParts(line: string): string[] {
  if (line.length > MAX_LINE) return [line];
  const parts: string[] = [];
  let from = 0;
  for (const { index } of line.matchAll(STARTS)) {
    if (index < valueStart(line, from) || parts.length >= MAX_PARTS || !isLabelled(line.slice(index))) {
      continue;
    }
    parts.push(line.slice(from, index));
    from = index;
  }
  return [...parts, line.slice(from)].map((part, index, all) =>
    index < all.length - 1 ? part.replace(/[\s、,，;；／/|｜(（【\[・]+$/, "") : part
  ).map((part, index) => index === 0 ? part : withoutOpenEnd(part));
}

/** Where the value of a line begins that starts at a place, so that no label is cut in two. */
function valueStart(line: string, from: number): number {
  const rest = readLabel(line.slice(from))?.rest;
  return rest === undefined ? from + 1 : line.length - rest.length;
}

/** A closing bracket whose opening one was cut off with the part before. */
const withoutOpenEnd = (part: string): string =>
  /[(（]/.test(part) ? part : part.replace(/[)）】\]]\s*$/, "");

/** Whether a text surely begins with a label: by a colon, or since what follows is what it asks for. */
export function isLabelled(text: string): boolean {
  const label = readLabel(text);
  // 「（内線 12）FAX」 is no twelfth label.
  if (label === null || /^[(（]?[\d０-９]/.test(text)) return false;
  const value = label.rest.normalize("NFKC");
  if (label.shape === "parted") return /^[^\n]{1,30}?[:：]/.test(text) || fits(label, value);
  if (/^(?:TEL|FAX)/i.test(text.normalize("NFKC"))) return true;
  return label.shape === "spaced" && fits(label, value);
}

function fits({ attributes, role, number }: Label, value: string): boolean {
  if (attributes.includes("mail")) return /^[\s<(]*[\w.+-]+\s*@/.test(value);
  if (attributes.includes("phone") || attributes.includes("other")) {
    return /^[\s(]*[0+][\d()\s-]{8,}/.test(value);
  }
  return role === "confirmer" && number !== undefined && value !== "";
}

/** Whether a line holds a label behind another value. */
export const hasInlineLabels = (line: string): boolean => inlineParts(line).length > 1;
