/**
 * The long name of a file among its MAPI properties, as `winmail.dat` holds them (MS-OXTNEF 2.1.3.4).
 *
 * @module
 */

/** PidTagAttachLongFilename and PidTagDisplayName (MS-OXPROPS). */
const NAMES = [0x3707, 0x3001] as const;

/** Sizes of values of fixed length, in bytes, padded to four (MS-OXCDATA 2.11.1). */
const FIXED: Readonly<Record<number, number>> = {
  0x0002: 4,
  0x0003: 4,
  0x0004: 4,
  0x0005: 8,
  0x0006: 8,
  0x0007: 8,
  0x000a: 4,
  0x000b: 4,
  0x0014: 8,
  0x0040: 8,
  0x0048: 16,
};

const STRING8 = 0x001e;
const UNICODE = 0x001f;
const VARIABLE: readonly number[] = [STRING8, UNICODE, 0x000d, 0x0102];
const MULTIPLE = 0x1000;

/** The name that the properties give; null when they give none or are damaged before it. */
export function attachedName(properties: Uint8Array, encoding: string): string | null {
  const found = new Map<number, string>();
  try {
    walk(properties, (id, type, value) => {
      if (type !== STRING8 && type !== UNICODE) return;
      const text = new TextDecoder(type === UNICODE ? "utf-16le" : encoding).decode(value);
      if (!found.has(id)) found.set(id, text.split("\0", 1)[0] ?? "");
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // Read past the end: what came before still counts.
  }
  return NAMES.map((id) => found.get(id)).find((name) => name !== undefined && name !== "") ?? null;
}

type Visit = (id: number, type: number, value: Uint8Array) => void;

/** Goes through the values. Throws `RangeError` past the end. */
function walk(bytes: Uint8Array, visit: Visit): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 4;
  for (let left = view.getUint32(0, true); left > 0; left--) {
    const type = view.getUint16(at, true);
    const id = view.getUint16(at + 2, true);
    at += 4;
    if (id >= 0x8000) at = afterName(view, at);
    const single = type & ~MULTIPLE;
    const fixed = FIXED[single];
    if (fixed === undefined && !VARIABLE.includes(single)) return; // Its length can't be known.
    const counted = fixed === undefined || (type & MULTIPLE) !== 0;
    const values = counted ? view.getUint32(at, true) : 1;
    if (counted) at += 4;
    for (let value = 0; value < values; value++) {
      const length = fixed ?? view.getUint32(at, true);
      if (fixed === undefined) at += 4;
      if (at + length > bytes.length) throw new RangeError("Cannot read a property: it is cut off");
      visit(id, single, bytes.subarray(at, at + length));
      at += padded(length);
    }
  }
}

/** Named properties carry a GUID and a number or a text (MS-OXTNEF 2.1.3.4). */
function afterName(view: DataView, at: number): number {
  const kind = view.getUint32(at + 16, true);
  return kind === 0 ? at + 24 : at + 24 + padded(view.getUint32(at + 20, true));
}

const padded = (length: number): number => (length + 3) & ~3;
