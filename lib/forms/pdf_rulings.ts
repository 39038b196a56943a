/**
 * The straight lines that a PDF page draws, and the cells between them: a printed table is read like a
 * spreadsheet.
 *
 * @module
 */

/** A line along one axis: `at` is its place on the other one. */
export type Ruling = {
  readonly level: boolean;
  readonly at: number;
  readonly from: number;
  readonly to: number;
};

/** From the page's own coordinates to those of its view. */
export type ViewPoint = (x: number, y: number) => readonly [number, number];

/** A rectangle between rulings. */
export type Box = { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number };

type Matrix = readonly [number, number, number, number, number, number];
/** What pdf.js says a page draws. */
export type Operators = { readonly fnArray: readonly number[]; readonly argsArray: readonly unknown[] };

/** Numbers of pdf.js' operators (its `OPS`), which never change. */
const SAVE = 10, RESTORE = 11, TRANSFORM = 12, FORM_BEGIN = 74, FORM_END = 75, PATH = 91;
const STROKES = new Set([20, 21, 24, 25, 26, 27]);
const FILLS = new Set([22, 23]);
/** What is no thicker is a line, though drawn as a filled rectangle. In points. */
const THICKEST = 2.5;
/** How far a line may be off an axis, or short of another line's end. In points. */
const SLACK = 1.5;
const MAX_RULINGS = 20_000;

/** The lines of a page, stroked or filled. */
export function pdfRulings(operators: Operators, see: ViewPoint): Ruling[] {
  const rulings: Ruling[] = [];
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  const saved: Matrix[] = [];
  for (const [index, operator] of operators.fnArray.entries()) {
    const args = operators.argsArray[index];
    if (operator === SAVE) saved.push(matrix);
    else if (operator === RESTORE || operator === FORM_END) matrix = saved.pop() ?? matrix;
    else if (operator === TRANSFORM) matrix = times(matrix, args);
    else if (operator === FORM_BEGIN) {
      saved.push(matrix);
      matrix = times(matrix, Array.isArray(args) ? args[0] : null);
    } else if (operator === PATH) addPath(rulings, args, matrix, see);
    if (rulings.length > MAX_RULINGS) return [];
  }
  return rulings;
}

function times(m: Matrix, by: unknown): Matrix {
  if (!Array.isArray(by) && !(by instanceof Float32Array)) return m;
  const [a, b, c, d, e, f] = [...by].map(Number);
  if ([a, b, c, d, e, f].some((each) => each === undefined || !Number.isFinite(each))) return m;
  return [
    m[0] * a! + m[2] * b!,
    m[1] * a! + m[3] * b!,
    m[0] * c! + m[2] * d!,
    m[1] * c! + m[3] * d!,
    m[0] * e! + m[2] * f! + m[4],
    m[1] * e! + m[3] * f! + m[5],
  ];
}

/** `[how it is painted, [the path], its bounds]`; the path is a run of codes with their coordinates. */
function addPath(rulings: Ruling[], args: unknown, matrix: Matrix, see: ViewPoint): void {
  if (!Array.isArray(args) || !Array.isArray(args[1])) return;
  const stroked = STROKES.has(args[0]);
  if (!stroked && !FILLS.has(args[0])) return;
  const point = (x: number, y: number) =>
    see(matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]);
  for (const shape of shapesOf(args[1][0], point)) {
    if (stroked) shape.slice(1).forEach((end, index) => addLine(rulings, shape[index]!, end));
    else addThin(rulings, shape);
  }
}

type Point = readonly [number, number];

/** Subpaths as runs of points; curves make none. Codes: 0 move, 1 line, 2 cubic, 3 quadratic, 4 close. */
function shapesOf(path: unknown, point: (x: number, y: number) => Point): Point[][] {
  if (!(path instanceof Float32Array) && !Array.isArray(path)) return [];
  const shapes: Point[][] = [];
  let shape: Point[] = [];
  for (let at = 0; at < path.length;) {
    const code = Number(path[at]);
    if (code === 4) {
      if (shape[0] !== undefined) shape.push(shape[0]);
      at += 1;
      continue;
    }
    const used = code === 2 ? 6 : code === 3 ? 4 : 2;
    const end = point(Number(path[at + used - 1]), Number(path[at + used]));
    if (code === 1) shape.push(end);
    else shapes.push(shape = [end]);
    at += used + 1;
  }
  return shapes;
}

function addLine(rulings: Ruling[], [x0, y0]: Point, [x1, y1]: Point): void {
  const wide = Math.abs(x1 - x0);
  const high = Math.abs(y1 - y0);
  if (high <= SLACK && wide > 4) {
    rulings.push({ level: true, at: (y0 + y1) / 2, from: Math.min(x0, x1), to: Math.max(x0, x1) });
  } else if (wide <= SLACK && high > 4) {
    rulings.push({ level: false, at: (x0 + x1) / 2, from: Math.min(y0, y1), to: Math.max(y0, y1) });
  }
}

function addThin(rulings: Ruling[], shape: readonly Point[]): void {
  const xs = shape.map(([x]) => x);
  const ys = shape.map(([, y]) => y);
  const box = { x0: Math.min(...xs), x1: Math.max(...xs), y0: Math.min(...ys), y1: Math.max(...ys) };
  const middle = { x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 };
  if (box.y1 - box.y0 <= THICKEST) addLine(rulings, [box.x0, middle.y], [box.x1, middle.y]);
  else if (box.x1 - box.x0 <= THICKEST) addLine(rulings, [middle.x, box.y0], [middle.x, box.y1]);
}

/** The smallest rectangle of rulings around a point; null where a side is open. */
export function boxAround(rulings: readonly Ruling[], x: number, y: number): Box | null {
  let x0 = -Infinity, x1 = Infinity, y0 = -Infinity, y1 = Infinity;
  for (const { level, at, from, to } of rulings) {
    const across = level ? x : y;
    if (across < from - SLACK || across > to + SLACK) continue;
    if (level && at <= y) y0 = Math.max(y0, at);
    else if (level) y1 = Math.min(y1, at);
    else if (at <= x) x0 = Math.max(x0, at);
    else x1 = Math.min(x1, at);
  }
  return [x0, x1, y0, y1].every(Number.isFinite) ? { x0, x1, y0, y1 } : null;
}
