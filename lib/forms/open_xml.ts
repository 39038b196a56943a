/**
 * What all Office Open XML files that we write share.
 *
 * @module
 */

/** Begins every part. */
export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Written into the zip, so that the same content gives the same file; the earliest that a zip can hold. */
export const OPEN_XML_DATE = "1980-01-01 12:00:00";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text made safe in XML; characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  // deno-lint-ignore no-control-regex -- they are what is taken out (XML 1.0 §2.2)
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  return plain.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
}
