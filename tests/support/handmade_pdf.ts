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
};

/** The file; each character of what is given becomes one byte. */
export function handmadePdf(pdf: HandmadePdf = {}): Uint8Array<ArrayBuffer> {
  const objects: Record<number, string> = {
    1: `<</Type/Catalog/Pages 2 0 R ${pdf.catalog ?? ""}>>`,
    2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>> ${pdf.page ?? ""}>>`,
    ...pdf.objects,
  };
  let text = "%PDF-1.7\n";
  const numbers = Object.keys(objects).map(Number);
  const offsets = numbers.map((number) => {
    const offset = text.length;
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`;
    return offset;
  });
  const xref = text.length;
  text += "xref\n0 1\n0000000000 65535 f \n";
  numbers.forEach((number, i) => text += `${number} 1\n${String(offsets[i]).padStart(10, "0")} 00000 n \n`);
  text += `trailer\n<</Size ${Math.max(...numbers) + 1}/Root 1 0 R ${pdf.trailer ?? ""}>>\n`;
  return latin1Bytes(`${text}startxref\n${xref}\n%%EOF\n`);
}

/** A stream's body. */
export function streamBody(data: string, entries = ""): string {
  return `<<${entries}/Length ${data.length}>>\nstream\n${data}\nendstream`;
}
