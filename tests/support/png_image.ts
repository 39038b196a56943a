/**
 * Looks at PNG images: what a drawing shows can only be judged by its pixels.
 *
 * @module
 */
import { strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { inflateSync } from "node:zlib";

/** A part of an image, each number as a fraction of its width or height. */
export type Area = {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

/** The whole of an image. */
export const ALL: Area = { left: 0, top: 0, right: 1, bottom: 1 };

/** An image as read: red, green and blue for each pixel, rows from the top. */
export type Image = { readonly width: number; readonly height: number; readonly rgb: Uint8Array };

const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 6: 4 };

/** Reads a PNG without interlace or palette, of 4 or 8 bits a channel. Fails the test when it is none. */
export function readPng(png: Uint8Array): Image {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  equal(view.getUint32(0), 0x89504e47);
  const [width, height, depth, type] = [view.getUint32(16), view.getUint32(20), png[24]!, png[25]!];
  const data: Uint8Array[] = [];
  for (let at = 8; at < png.length; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x49444154) data.push(png.subarray(at + 8, at + 8 + view.getUint32(at)));
  }
  const channels = CHANNELS[type]!;
  const step = Math.max(1, (channels * depth) / 8);
  const rows = unfilter(
    inflateSync(Buffer.concat(data)),
    Math.ceil((width * channels * depth) / 8),
    height,
    step,
  );
  const rgb = new Uint8Array(width * height * 3);
  const rowBytes = rows.length / height;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const x = pixel % width;
    const row = Math.floor(pixel / width) * rowBytes;
    for (let channel = 0; channel < 3; channel++) {
      const value = depth === 8
        ? rows[row + x * channels + (channels === 1 ? 0 : channel)]!
        : ((rows[row + (x >> 1)]! >> (x % 2 === 0 ? 4 : 0)) & 15) * 17;
      rgb[pixel * 3 + channel] = value;
    }
  }
  return { width, height, rgb };
}

/** Undoes the row filters of ISO/IEC 15948 §9.2. */
function unfilter(raw: Uint8Array, rowBytes: number, height: number, step: number): Uint8Array {
  const out = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (rowBytes + 1)]!;
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x >= step ? out[at - step]! : 0;
      const above = y > 0 ? out[at - rowBytes]! : 0;
      const corner = x >= step && y > 0 ? out[at - rowBytes - step]! : 0;
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter]!;
      out[at] = raw[y * (rowBytes + 1) + 1 + x]! + guess;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** Which part of an area is dark, from 0 to 1. */
export function inkIn({ width, height, rgb }: Image, area: Area = ALL): number {
  let dark = 0, all = 0;
  for (let y = Math.floor(area.top * height); y < area.bottom * height; y++) {
    for (let x = Math.floor(area.left * width); x < area.right * width; x++) {
      const at = (y * width + x) * 3;
      if (rgb[at]! + rgb[at + 1]! + rgb[at + 2]! < 3 * 128) dark++;
      all++;
    }
  }
  return dark / all;
}
