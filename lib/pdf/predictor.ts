/**
 * Undoes the predictors that cross-reference and object streams are written with (ISO 32000-2 §7.4.4.4).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** How rows were predicted, as /DecodeParms says. */
export type Prediction = {
  readonly predictor: number;
  /** Pixels of a row. */
  readonly columns: number;
  /** Components of a pixel. */
  readonly colors: number;
  readonly bitsPerComponent: number;
};

/** The longest row in bytes; those of structure have below ten. */
const MAX_ROW = 1 << 16;
const TIFF = 2;
const FIRST_PNG = 10;

/** The bytes as they were before prediction. Throws `malformed` for a predictor that such streams don't use. */
export function unpredict(bytes: Uint8Array<ArrayBuffer>, how: Prediction): Uint8Array<ArrayBuffer> {
  const { predictor, columns, colors, bitsPerComponent } = how;
  if (predictor === 1) return bytes;
  const width = Math.ceil((columns * colors * bitsPerComponent) / 8);
  const isTiff = predictor === TIFF && bitsPerComponent === 8;
  if (!(isTiff || predictor >= FIRST_PNG) || width < 1 || width > MAX_ROW) {
    throw new UnreadableError("malformed", `Cannot decode stream: predictor ${predictor}`);
  }
  const step = Math.max(1, (colors * bitsPerComponent) >> 3);
  return isTiff ? undoTiff(bytes, width, step) : undoPng(bytes, width, step);
}

/** TIFF 6.0 §14: each byte is given as what it differs by from the pixel to the left. */
function undoTiff(bytes: Uint8Array<ArrayBuffer>, width: number, step: number): Uint8Array<ArrayBuffer> {
  const out = bytes.slice();
  for (let at = 0; at < out.length; at++) if (at % width >= step) out[at] = out[at]! + out[at - step]!;
  return out;
}

function undoPng(bytes: Uint8Array, width: number, step: number): Uint8Array<ArrayBuffer> {
  const rows = Math.ceil(bytes.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    undoRow(bytes, row * (width + 1), out, row * width, { width, step });
  }
  return out;
}

/** RFC 2083 §6: each row begins with its filter type. */
function undoRow(
  from: Uint8Array,
  at: number,
  out: Uint8Array,
  start: number,
  { width, step }: { readonly width: number; readonly step: number },
): void {
  const filter = from[at];
  for (let x = 0; x < width; x++) {
    const left = x >= step ? out[start + x - step]! : 0;
    const up = start > 0 ? out[start - width + x]! : 0;
    const upLeft = x >= step && start > 0 ? out[start - width + x - step]! : 0;
    out[start + x] = (from[at + 1 + x] ?? 0) + predicted(filter, left, up, upLeft);
  }
}

function predicted(filter: number | undefined, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - upLeft)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : upLeft;
}
