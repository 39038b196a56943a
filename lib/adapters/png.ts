/**
 * Writes PNG images of drawn pages: quick to make and small to send. Text on paper becomes sixteen greys,
 * which nobody can tell from the drawing; anything with colour keeps all of it.
 *
 * @module
 */
import { crc32, deflateSync } from "node:zlib";

/** A drawing: rows from the top, four bytes a pixel (red, green, blue, ignored), on white. */
export type Drawing = { readonly width: number; readonly height: number; readonly rgbx: Uint8Array };

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** How far apart the channels of a pixel may be that still counts as grey: image codecs shift them a little. */
const GREY_TOLERANCE = 12;
/** So many coloured pixels are still taken for such a shift, and not for a seal or a figure. */
const COLOURED_PIXELS = 40;
// PNG (ISO/IEC 15948) §11.2.1, table 11.1
const GREYSCALE = 0;
const TRUECOLOUR = 2;

/** The drawing as a PNG file. */
export function encodePng(drawing: Drawing): Uint8Array<ArrayBuffer> {
  return isGrey(drawing.rgbx)
    ? file(drawing, 4, GREYSCALE, greyRows(drawing), 4)
    : file(drawing, 8, TRUECOLOUR, colourRows(drawing), 2);
}

/** Whether pixels (four bytes each) have no colour but what codecs shift; a seal of a few pixels is colour. */
export function isGrey(rgbx: Uint8Array): boolean {
  let coloured = 0;
  for (let at = 0; at + 3 < rgbx.length; at += 4) {
    const red = rgbx[at]!, green = rgbx[at + 1]!, blue = rgbx[at + 2]!;
    if (red === green && green === blue) continue;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) <= GREY_TOLERANCE) continue;
    if (++coloured > COLOURED_PIXELS) return false;
  }
  return true;
}

/** Two pixels a byte, each row led by its filter: none, since few levels compress best as they are. */
function greyRows({ width, height, rgbx }: Drawing): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((1 + Math.ceil(width / 2)) * height);
  const level = (at: number) => ((rgbx[at + 1]! + 8) / 17) | 0;
  let to = 0, from = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = 0;
    for (let x = 0; x < width; x += 2) {
      rows[to++] = (level(from) << 4) | (x + 1 < width ? level(from + 4) : 15);
      from += x + 1 < width ? 8 : 4;
    }
  }
  return rows;
}

/** Three bytes a pixel, each row led by its filter: the difference to the row above (§9.2, type 2). */
function colourRows({ width, height, rgbx }: Drawing): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((1 + width * 3) * height);
  let to = 0, from = 0;
  for (let y = 0; y < height; y++) {
    rows[to++] = 2;
    for (let x = 0; x < width; x++, from += 4) {
      const above = from - width * 4;
      for (let channel = 0; channel < 3; channel++) {
        rows[to++] = rgbx[from + channel]! - (y === 0 ? 0 : rgbx[above + channel]!);
      }
    }
  }
  return rows;
}

function file(
  { width, height }: Drawing,
  depth: number,
  colourType: number,
  rows: Uint8Array<ArrayBuffer>,
  level: number,
): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, depth);
  header.setUint8(9, colourType);
  return join([
    SIGNATURE,
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", deflateSync(rows, { level })),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** Length, type, data, and the CRC of type and data (§5.3). */
function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
