/**
 * PDFs as scanners make them: each page is one JPEG of paper that is never quite white.
 *
 * @module
 */
import { jpegWasm, startJpeg } from "../../lib/adapters/jpeg.ts";
import type { Drawing } from "../../lib/adapters/png.ts";
import type { Image } from "./png_image.ts";

/** Paper with a tint: what share of red, green and blue it gives back. */
export type Paper = readonly [red: number, green: number, blue: number];

/** Paper that has yellowed, and grey as copiers see it. */
export const PAPERS: Readonly<Record<"cream" | "grey", Paper>> = {
  cream: [0.97, 0.95, 0.9],
  grey: [0.96, 0.96, 0.96],
};

/** The spread of a scanner's noise, in levels of 255. */
const NOISE = 14;

/** What a scanner would see of a printed page that lies a little askew. */
export function scanOf({ width, height, rgb }: Image, paper: Paper, seed = 1): Drawing {
  const rgbx = new Uint8Array(width * height * 4);
  let state = seed;
  const dice = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32 - 0.5;
  for (let y = 0; y < height; y++) {
    const slant = Math.floor(y * 0.006);
    for (let x = 0; x < width; x++) {
      const from = (y * width + Math.min(width - 2, x + slant)) * 3;
      const noise = (dice() + dice()) * NOISE;
      for (let channel = 0; channel < 3; channel++) {
        const level = (rgb[from + channel]! * 2 + rgb[from + 3 + channel]!) / 3;
        const seen = level * paper[channel]! + noise;
        rgbx[(y * width + x) * 4 + channel] = seen < 0 ? 0 : seen > 255 ? 255 : seen;
      }
    }
  }
  return { width, height, rgbx };
}

/** A scan as the scanner keeps it. */
export type ScannedPage = { readonly width: number; readonly height: number; readonly jpeg: Uint8Array };

/** Makes scans into pages. */
export async function scanner(): Promise<(scan: Drawing) => ScannedPage> {
  const writer = await startJpeg(await WebAssembly.compile(await Deno.readFile(jpegWasm())));
  return (scan) => ({ width: scan.width, height: scan.height, jpeg: writer.write(scan, false) });
}

/** One A4 PDF of all pages. */
export function scannedPdf(pages: readonly ScannedPage[]): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const offsets: number[] = [];
  let size = 0;
  const write = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? new TextEncoder().encode(part) : part;
    chunks.push(bytes);
    size += bytes.length;
  };
  const object = (...parts: readonly (string | Uint8Array)[]) => {
    offsets.push(size);
    write(`${offsets.length} 0 obj\n`);
    parts.forEach(write);
    write("\nendobj\n");
  };
  write("%PDF-1.7\n");
  object("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pages.map((_, index) => `${index * 3 + 3} 0 R`).join(" ");
  object(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  pages.forEach(({ width, height, jpeg }, index) => {
    const own = index * 3 + 3;
    const content = "q 595 0 0 842 0 0 cm /Scan Do Q";
    object(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${own + 1} 0 R`,
      ` /Resources << /XObject << /Scan ${own + 2} 0 R >> >> >>`,
    );
    object(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
    const facts =
      `/Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8`;
    object(`<< ${facts} /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`, jpeg, "\nendstream");
  });
  const xref = size;
  write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`);
  for (const offset of offsets) write(`${String(offset).padStart(10, "0")} 00000 n \n`);
  write(`trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
