/**
 * One attached file: what it is by its first bytes, and the form in it or the reason why there is none.
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { buildForm, type BuiltForm } from "./build_form.ts";
import type { ConsentReading, FormFile } from "./consent_reading.ts";
import { docxLayout } from "./docx_layout.ts";
import { joinMembers } from "./joined_members.ts";
import type { CMapSource } from "./pdf_document.ts";
import { pdfLayout } from "./pdf_layout.ts";
import type { Layout } from "./piece.ts";
import { textLayout } from "./text_layout.ts";
import { damaged, UnreadableForm } from "./unreadable_form.ts";
import { xlsxLayouts } from "./xlsx_layout.ts";
import { type ZipEntry, ZipFile } from "./zip_file.ts";

/** Larger files are no consent forms. */
const MAX_FORM_BYTES = 30 * 1024 * 1024;
/** First bytes of JPEG, PNG, GIF, TIFF and BMP. */
const PICTURES = ["\xff\xd8\xff", "\x89PNG", "GIF8", "II*\0", "MM\0*", "BM"];
/** Files of a plain zip that are looked at. */
const MAX_INNER = 10;

/** Reads one file. Never throws for what is inside. */
export async function readFormFile(file: FormFile, cMap: CMapSource | undefined): Promise<ConsentReading> {
  try {
    const forms = await formsIn(file.content, cMap, false);
    const best = fullest(forms.filter((form) => form.isForm));
    if (best === null) return { read: false, why: "no_form", file: file.filename };
    return { read: true, form: named(best.form, file.filename), fields: best.fields, file: file.filename };
  } catch (error) {
    if (error instanceof UnreadableForm) return { read: false, why: error.why, file: file.filename };
    // Bytes that no reader foresaw are as good as damaged: the original is kept, and a person looks at it.
    if (error instanceof UnreadableError || error instanceof RangeError || error instanceof TypeError) {
      return { read: false, why: "damaged", file: file.filename };
    }
    throw error;
  }
}

/** The form with the most values, and with it those of further members of a 共同企業体, in the order of the sheets. */
function fullest(forms: readonly BuiltForm[]): BuiltForm | null {
  const most = [...forms].sort((a, b) => b.fields.length - a.fields.length)[0];
  if (most === undefined) return null;
  const joined = joinMembers(forms, forms.some((form) => form.isVenture));
  return joined !== null && joined.form.vendors.length > most.form.vendors.length ? joined : most;
}

/** Whoever looks for a doubtful value should know in which file. */
const named = (form: ConsentForm, file: string): ConsentForm =>
  form.unsure === undefined ? form : {
    ...form,
    unsure: form.unsure.map((each) => ({ ...each, source: `${file.slice(0, 60)} ${each.source}` })),
  };

async function formsIn(
  bytes: Uint8Array<ArrayBuffer>,
  cMap: CMapSource | undefined,
  inner: boolean,
): Promise<BuiltForm[]> {
  if (bytes.length > MAX_FORM_BYTES) throw damaged("it is too large");
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return [buildForm(await pdfLayout(bytes, cMap))];
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) {
    return await formsInZip(bytes, cMap, inner);
  }
  if (head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) throw compoundFile(bytes);
  if (head.startsWith("{\\rtf")) throw new UnreadableForm("old_format", "Cannot read the form: it is RTF");
  if (PICTURES.some((start) => head.startsWith(start)) || /^.{4}ftyp(?:heic|heix|mif1)/s.test(head)) {
    throw new UnreadableForm("scanned", "Cannot read the form: it is a picture");
  }
  if (head.startsWith("7z\xbc\xaf\x27\x1c") || head.startsWith("Rar!")) {
    throw new UnreadableForm("old_format", "Cannot read the form: its archive is of another kind");
  }
  const text = plainText(bytes);
  return text === null ? [] : [buildForm(textLayout(text, (line) => `${line}行目`))];
}

/** Larger texts are no forms. In bytes. */
const MAX_TEXT_BYTES = 200_000;

/** The text of a file that is nothing but text, as UTF-8 or as Windows in Japan writes it; null for any other. */
function plainText(bytes: Uint8Array): string | null {
  if (bytes.length === 0 || bytes.length > MAX_TEXT_BYTES || bytes.some((byte) => byte < 9)) return null;
  for (const encoding of ["utf-8", "shift_jis"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/** An OLE file holds an old document, or a new one behind a password ([MS-OFFCRYPTO] §2.3.4). */
function compoundFile(bytes: Uint8Array<ArrayBuffer>): UnreadableForm {
  const name = [..."EncryptedPackage"].flatMap((char) => [char, "\0"]).join("");
  const encrypted = new TextDecoder("latin1").decode(bytes).includes(name);
  return encrypted
    ? new UnreadableForm("encrypted", "Cannot read the form: the document needs a password")
    : new UnreadableForm("old_format", "Cannot read the form: its format is too old");
}

async function formsInZip(
  bytes: Uint8Array<ArrayBuffer>,
  cMap: CMapSource | undefined,
  inner: boolean,
): Promise<BuiltForm[]> {
  const zip = new ZipFile(bytes);
  if (zip.encrypted) throw new UnreadableForm("encrypted", "Cannot read the form: the zip needs a password");
  const layouts = await officeLayouts(zip);
  if (layouts !== null) return layouts.map(buildForm);
  if (inner) throw damaged("it is a zip within a zip");
  const forms: BuiltForm[] = [];
  let fault: unknown = null;
  for (const entry of zip.entries.filter(isDocument).slice(0, MAX_INNER)) {
    try {
      forms.push(...await formsIn(await zip.read(entry), cMap, true));
    } catch (error) {
      fault = error;
    }
  }
  if (!forms.some((form) => form.isForm) && fault !== null) throw fault;
  return forms;
}

const isDocument = (entry: ZipEntry): boolean =>
  !entry.name.endsWith("/") && !/(?:^|\/)(?:\._|__MACOSX)/.test(entry.name);

/** The layouts of an Office document; null for a zip that is none. */
async function officeLayouts(zip: ZipFile): Promise<Layout[] | null> {
  if (zip.has("word/document.xml")) return [await docxLayout(zip)];
  if (zip.has("xl/workbook.xml")) return await xlsxLayouts(zip);
  if (zip.has("content.xml")) {
    throw new UnreadableForm("old_format", "Cannot read the form: it is OpenDocument");
  }
  return null;
}
