/**
 * Content that acts or hides (R13): programs, commands, attached files, forms that draw themselves. A contract
 * must look the same to all who sign it.
 *
 * @module
 */
import { inTurns } from "./in_turns.ts";
import type { PdfFile } from "./pdf_file.ts";
import { reachableDicts } from "./reachable.ts";
import { textOf } from "./text_string.ts";
import type { UploadFault } from "./upload_check.ts";
import { isDict, isString, nameText, type PdfDict, type PdfValue } from "./values.ts";

/** What may be found. */
export type ActiveContent = Extract<UploadFault, "xfa" | "javascript" | "launch_action" | "embedded_files">;

/** The gravest comes first: a clerk is told one reason. */
const BY_GRAVITY: readonly ActiveContent[] = ["xfa", "javascript", "launch_action", "embedded_files"];

/** Actions that are refused (ISO 32000-2 §12.6.4): they run, open, send or fetch something, or play it. */
const ACTIONS: Readonly<Record<string, ActiveContent>> = {
  JavaScript: "javascript",
  Launch: "launch_action",
  GoToR: "launch_action",
  ImportData: "launch_action",
  SubmitForm: "launch_action",
  GoToE: "embedded_files",
  Movie: "embedded_files",
  Rendition: "embedded_files",
  RichMediaExecute: "embedded_files",
  Sound: "embedded_files",
};

/** Annotations that hold a file, or what is no page (§12.5.6). */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  "3D",
  "FileAttachment",
  "Movie",
  "RichMedia",
  "Screen",
  "Sound",
]);

/**
 * The gravest active content of a document, or null. Names are compared decoded, so `/J#61vaScript` hides nothing.
 * Throws `UnreadableError` for an object that can't be read.
 */
export async function activeContent(pdf: PdfFile): Promise<ActiveContent | null> {
  const found = new Set<ActiveContent>();
  if (drawsItself(pdf)) found.add("xfa");
  if (listsAttachments(pdf)) found.add("embedded_files");
  await inTurns(pdf, reachableDicts(pdf), (dict) => {
    const content = contentOf(pdf, dict);
    if (content !== null) found.add(content);
  });
  return BY_GRAVITY.find((each) => found.has(each)) ?? null;
}

/** Adobe's XML forms: what is shown is not in the pages. */
function drawsItself(pdf: PdfFile): boolean {
  const form = pdf.dict(pdf.catalog.get("AcroForm"));
  return form?.has("XFA") === true || pdf.resolve(pdf.catalog.get("NeedsRendering")) === true;
}

/** Attached files, or a portfolio (§12.3.5), whose pages are but its cover. */
function listsAttachments(pdf: PdfFile): boolean {
  if (pdf.dict(pdf.catalog.get("Collection"))) return true;
  const tree = pdf.dict(pdf.dict(pdf.catalog.get("Names"))?.get("EmbeddedFiles"));
  const entries = pdf.array(tree?.get("Names")) ?? pdf.array(tree?.get("Kids")) ?? [];
  return entries.length > 0;
}

function contentOf(pdf: PdfFile, dict: PdfDict): ActiveContent | null {
  const action = nameText(resolved(pdf, dict, "S"));
  if (runsScript(pdf, dict, action)) return "javascript";
  if (action !== undefined && Object.hasOwn(ACTIONS, action)) return ACTIONS[action]!;
  // §7.11.4: file specifications with a file in them, and such files.
  if (isDict(resolved(pdf, dict, "EF"))) return "embedded_files";
  if (nameText(resolved(pdf, dict, "Type")) === "EmbeddedFile") return "embedded_files";
  return ANNOTATIONS.has(nameText(resolved(pdf, dict, "Subtype")) ?? "") ? "embedded_files" : null;
}

/** /JS of a rendition action, or of an action that some viewers take without its /S; or a script for an address. */
function runsScript(pdf: PdfFile, dict: PdfDict, action: string | undefined): boolean {
  if (action === "URI") {
    const address = resolved(pdf, dict, "URI");
    return isString(address) && /^[\0-\x20]*javascript:/i.test(textOf(address));
  }
  if (!dict.has("JS")) return false;
  if (action !== undefined) return action === "Rendition";
  const script = pdf.resolve(dict.get("JS"));
  return isDict(script) ? !dict.has("Subtype") : script !== null;
}

function resolved(pdf: PdfFile, dict: PdfDict, key: string): PdfValue | undefined {
  return dict.has(key) ? pdf.resolve(dict.get(key)) : undefined;
}
