/**
 * File names from outside, made fit to be shown and stored.
 *
 * @module
 */

/** Characters of a name, its ending included. */
const MAX_LENGTH = 120;

/** What a file without a name is called. */
const NAMELESS = "添付ファイル";

/** Endings of nameless files, so that whoever opens them knows what they are. */
const ENDINGS: Readonly<Record<string, string>> = {
  "application/pdf": ".pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
  "application/msword": ".doc",
  "application/vnd.ms-excel": ".xls",
  "application/zip": ".zip",
  "image/jpeg": ".jpg",
  "image/png": ".png",
  "message/rfc822": ".eml",
  "text/csv": ".csv",
  "text/html": ".html",
  "text/plain": ".txt",
};

/** Controls, unseen marks, and marks of direction, which make `.exe` look like `.docx`. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029\ufffd]/gu;

/** A name without path, controls and direction marks, NFC but for kanji, at most 120 characters; never empty. */
export function safeName(name: string, contentType = ""): string {
  const last = composed(name).replace(UNSEEN, "").split(/[/\\]/).pop() ?? "";
  const plain = last.replace(/[<>:"|?*]/g, "_").trim().replace(/^\.+/, "").replace(/[. ]+$/, "");
  if (plain === "") return NAMELESS + (ENDINGS[contentType] ?? "");
  return shortened(plain);
}

/** NFC, but for kanji, which it would change into others: U+FA19 is not U+795E to who has it in a name. */
const composed = (name: string): string =>
  name.replace(/\P{Script=Han}+/gu, (piece) => piece.normalize("NFC"));

/** Cuts the middle, since the ending says what a file is. */
function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= MAX_LENGTH) return name;
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(name)?.[0] ?? "";
  return characters.slice(0, MAX_LENGTH - ending.length).join("") + ending;
}
