/**
 * Makes PDFs of one page by hand, for sizes and contents that no honest program writes.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";

/** A page to make: its size in points, its content operators, and bytes that nothing refers to. */
export type PlainPage = {
  readonly width?: number;
  readonly height?: number;
  readonly content?: string;
  readonly ballast?: number;
};

/** The PDF: Helvetica is its only font, as `/F1`. */
export function plainPdf(page: PlainPage): Uint8Array<ArrayBuffer> {
  const stream = (bytes: Uint8Array, entries = "") => [
    `<< /Length ${bytes.length}${entries} >>\nstream\n`,
    bytes,
    "\nendstream",
  ];
  const objects: (string | Uint8Array)[][] = [
    ["<< /Type /Catalog /Pages 2 0 R >>"],
    ["<< /Type /Pages /Kids [3 0 R] /Count 1 >>"],
    [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.width ?? 595} ${
        page.height ?? 842
      }] /Contents 4 0 R ` +
      "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    ],
    stream(deflateSync(page.content ?? ""), " /Filter /FlateDecode"),
    stream(new Uint8Array(page.ballast ?? 0).fill(0x20)),
  ];
  const chunks: Uint8Array[] = [];
  let size = 0;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    chunks.push(bytes);
    size += bytes.length;
  };
  write("%PDF-1.7\n");
  const offsets = objects.map((object, index) => {
    const offset = size;
    for (const part of [`${index + 1} 0 obj\n`, ...object, "\nendobj\n"]) write(part);
    return offset;
  });
  const xref = size;
  write(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) write(`${String(offset).padStart(10, "0")} 00000 n \n`);
  write(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
  return new Uint8Array(Buffer.concat(chunks));
}
