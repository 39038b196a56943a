/**
 * Files of older office programmes, told apart by their bytes, so that the right one may be asked to convert them.
 *
 * @module
 */

/** What a file becomes: a text document or a spreadsheet of today, with the ending of the old one. */
export type OldFormat = {
  readonly ending: "doc" | "xls" | "odt" | "ods" | "rtf";
  readonly into: "docx" | "xlsx";
};

/** In so many bytes an OLE file names its streams, as far as forms go ([MS-CFB] §2.6). */
const LOOKED_AT = 8_000_000;

/** The old format of a file; null for any other and for what needs a password. */
export function oldFormatOf(bytes: Uint8Array): OldFormat | null {
  const head = latin1(bytes.subarray(0, 200));
  if (head.startsWith("{\\rtf")) return { ending: "rtf", into: "docx" };
  // The first file of OpenDocument is its type, not packed (ODF 1.3 part 2, §3.3).
  if (head.startsWith("PK\x03\x04")) {
    if (head.includes("application/vnd.oasis.opendocument.text")) return { ending: "odt", into: "docx" };
    if (head.includes("application/vnd.oasis.opendocument.spreadsheet")) {
      return { ending: "ods", into: "xlsx" };
    }
    return null;
  }
  if (!head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return null;
  const text = latin1(bytes.subarray(0, LOOKED_AT));
  if (text.includes(wide("EncryptedPackage"))) return null;
  if (text.includes(wide("WordDocument"))) return { ending: "doc", into: "docx" };
  if (text.includes(wide("Workbook")) || text.includes(wide("Book"))) return { ending: "xls", into: "xlsx" };
  return null;
}

const latin1 = (bytes: Uint8Array): string => new TextDecoder("latin1").decode(bytes);

/** A name as it stands in the directory of an OLE file: UTF-16. */
const wide = (name: string): string => [...name].map((char) => `${char}\0`).join("");
