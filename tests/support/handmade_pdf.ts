/**
 * Makes PDFs object by object, for structures that no honest program writes.
 *
 * @module
 */
import { latin1Bytes } from "../../lib/pdf/characters.ts";

/** A one-page document: catalog 1, pages 2, page 3; what is given replaces these or comes after. */
export type HandmadePdf = {
  /** More entries of the catalog. */
  readonly catalog?: string;
  /** More entries of the page. */
  readonly page?: string;
  /** Bodies of objects by number: `<<…>>`, `[…]`, or with `stream … endstream`. */
  readonly objects?: Readonly<Record<number, string>>;
  /** More entries of the trailer. */
  readonly trailer?: string;
  /** The line end everywhere but within streams; a line feed by default. */
  readonly eol?: string;
  /** What ends an entry of the cross-reference table: two bytes by the standard. */
  readonly entryEnd?: string;
  /** Generations of objects that do not have 0. */
  readonly generations?: Readonly<Record<number, number>>;
  /** The version in the header. */
  readonly version?: string;
};

/** The file; each character of what is given becomes one byte. */
export function handmadePdf(pdf: HandmadePdf = {}): Uint8Array<ArrayBuffer> {
  const objects: Record<number, string> = {
    1: `<</Type/Catalog/Pages 2 0 R ${pdf.catalog ?? ""}>>`,
    2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>> ${pdf.page ?? ""}>>`,
    ...pdf.objects,
  };
  const { eol = "\n", entryEnd = " \n", generations = {}, version = "1.7" } = pdf;
  let text = `%PDF-${version}${eol}`;
  const numbers = Object.keys(objects).map(Number);
  const offsets = numbers.map((number) => {
    const offset = text.length;
    text += `${number} ${generations[number] ?? 0} obj${eol}${objects[number]}${eol}endobj${eol}`;
    return offset;
  });
  const xref = text.length;
  text += `xref${eol}0 1${eol}0000000000 65535 f${entryEnd}`;
  numbers.forEach((number, i) => {
    const generation = String(generations[number] ?? 0).padStart(5, "0");
    text += `${number} 1${eol}${String(offsets[i]).padStart(10, "0")} ${generation} n${entryEnd}`;
  });
  text += `trailer${eol}<</Size ${Math.max(...numbers) + 1}/Root 1 0 R ${pdf.trailer ?? ""}>>${eol}`;
  return latin1Bytes(`${text}startxref${eol}${xref}${eol}%%EOF${eol}`);
}

/** A stream's body. */
export function streamBody(data: string, entries = ""): string {
  return `<<${entries}/Length ${data.length}>>\nstream\n${data}\nendstream`;
}
