/**
 * Undoes the PNG predictors that cross-reference and object streams are written with (ISO 32000-2 §7.4.4.4).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** How rows were predicted: /Predictor and /Columns, for one colour of 8 bits. */
export type Prediction = { readonly predictor: number; readonly columns: number };

/** The bytes as they were before prediction. Throws `malformed` for a predictor that such streams don't use. */
export function unpredict(bytes: Uint8Array<ArrayBuffer>, how: Prediction): Uint8Array<ArrayBuffer> {
  if (how.predictor === 1) return bytes;
  if (how.predictor < 10 || how.columns < 1 || how.columns > 1 << 16) {
    throw new UnreadableError("malformed", `Cannot decode stream: predictor ${how.predictor}`);
  }
  const { columns } = how;
  const rows = Math.ceil(bytes.length / (columns + 1));
  const out = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) undoRow(bytes, row * (columns + 1), out, row * columns, columns);
  return out;
}

/** RFC 2083 §6: each row begins with its filter type. */
function undoRow(from: Uint8Array, at: number, out: Uint8Array, start: number, columns: number): void {
  const filter = from[at];
  for (let x = 0; x < columns; x++) {
    const raw = from[at + 1 + x] ?? 0;
    const left = x > 0 ? out[start + x - 1]! : 0;
    const up = start > 0 ? out[start - columns + x]! : 0;
    const upLeft = x > 0 && start > 0 ? out[start - columns + x - 1]! : 0;
    out[start + x] = raw + predicted(filter, left, up, upLeft);
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
