/**
 * Chooses how a drawn page is sent: letters and lines as PNG, scanned paper as JPEG.
 *
 * @module
 */
import type { PageImage } from "../ports.ts";
import type { JpegWriter } from "./jpeg.ts";
import { type Drawing, encodePng, isGrey } from "./png.ts";

/** Every so many rows are looked at. */
const ROW_STEP = 5;
/** Below this share of changing pixels a page is certainly letters on plain paper. */
const PLAIN_BELOW = 0.12;
/** Above this share it is certainly a picture. */
const PICTURE_ABOVE = 0.4;

/** How many pixels differ from their left neighbour, as a share: scanned paper is never quite plain. */
function restlessness({ width, height, rgbx }: Drawing): number {
  let changes = 0, seen = 0;
  for (let y = 0; y < height; y += ROW_STEP) {
    const end = (y * width + width) * 4;
    for (let at = (y * width + 1) * 4; at < end; at += 4, seen++) {
      if (rgbx[at] !== rgbx[at - 4] || rgbx[at + 1] !== rgbx[at - 3] || rgbx[at + 2] !== rgbx[at - 2]) {
        changes++;
      }
    }
  }
  return seen === 0 ? 0 : changes / seen;
}

/** The drawing as the smaller of the two kinds of file; in doubt both are made. */
export function encodePicture(drawing: Drawing, jpeg: JpegWriter): PageImage {
  const share = restlessness(drawing);
  const png = share < PICTURE_ABOVE ? encodePng(drawing) : null;
  if (png && share < PLAIN_BELOW) return { type: "image/png", bytes: png };
  const bytes = jpeg.write(drawing, isGrey(drawing.rgbx));
  return png && png.length <= bytes.length
    ? { type: "image/png", bytes: png }
    : { type: "image/jpeg", bytes };
}
