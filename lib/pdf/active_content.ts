/**
 * Content that acts or hides (R13): programs, commands, attached files, forms that draw themselves. A contract
 * must look the same to all who sign it.
 *
 * @module
 */
import type { PdfFile } from "./pdf_file.ts";
import { reachableDicts } from "./reachable.ts";
import type { UploadFault } from "./upload_check.ts";
import { isDict, nameText, type PdfDict, type PdfValue } from "./values.ts";

/** What may be found. */
export type ActiveContent = Extract<UploadFault, "xfa" | "javascript" | "launch_action" | "embedded_files">;

/** The gravest comes first: a clerk is told one reason. */
const BY_GRAVITY: readonly ActiveContent[] = ["xfa", "javascript", "launch_action", "embedded_files"];

/** The gravest active content of a document, or null. Names are compared decoded, so `/J#61vaScript` hides nothing. */
export function activeContent(pdf: PdfFile): ActiveContent | null {
  const found = new Set<ActiveContent>();
  if (drawsItself(pdf)) found.add("xfa");
  if (listsAttachments(pdf)) found.add("embedded_files");
  for (const dict of reachableDicts(pdf)) {
    const content = contentOf(pdf, dict);
    if (content !== null) found.add(content);
  }
  return BY_GRAVITY.find((each) => found.has(each)) ?? null;
}

/** Adobe's XML forms: what is shown is not in the pages. */
function drawsItself(pdf: PdfFile): boolean {
  const form = pdf.dict(pdf.catalog.get("AcroForm"));
  return form?.has("XFA") === true || pdf.resolve(pdf.catalog.get("NeedsRendering")) === true;
}

function listsAttachments(pdf: PdfFile): boolean {
  const tree = pdf.dict(pdf.dict(pdf.catalog.get("Names"))?.get("EmbeddedFiles"));
  const entries = pdf.array(tree?.get("Names")) ?? pdf.array(tree?.get("Kids")) ?? [];
  return entries.length > 0;
}

/** ISO 32000-2 §12.6.4 (actions), §7.11.4 (embedded files), §12.5.6.15 (file attachment annotations). */
function contentOf(pdf: PdfFile, dict: PdfDict): ActiveContent | null {
  const action = dict.has("S") ? nameText(pdf.resolve(dict.get("S"))) : undefined;
  if (action === "JavaScript" || (dict.has("JS") && isScript(pdf, dict, action))) return "javascript";
  if (action === "Launch") return "launch_action";
  if (action === "GoToE" || isDict(resolved(pdf, dict, "EF"))) return "embedded_files";
  if (nameText(resolved(pdf, dict, "Type")) === "EmbeddedFile") return "embedded_files";
  return nameText(resolved(pdf, dict, "Subtype")) === "FileAttachment" ? "embedded_files" : null;
}

/** /JS of a rendition action, or of an action that some viewers take without its /S. */
function isScript(pdf: PdfFile, dict: PdfDict, action: string | undefined): boolean {
  if (action !== undefined) return action === "Rendition";
  const script = pdf.resolve(dict.get("JS"));
  return isDict(script) ? !dict.has("Subtype") : script !== null;
}

function resolved(pdf: PdfFile, dict: PdfDict, key: string): PdfValue | undefined {
  return dict.has(key) ? pdf.resolve(dict.get(key)) : undefined;
}
