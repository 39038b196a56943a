/**
 * The data of streams that carry structure: plain or FlateDecode with predictors (ISO 32000-2 §7.3.8, §7.4).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { ByteSource } from "../ports.ts";
import type { Budget } from "./budget.ts";
import { unpredict } from "./predictor.ts";
import { isDict, nameText, naturalNumber, type PdfDict, type PdfValue } from "./values.ts";

/** Follows references; gives null for what is absent. */
export type Resolve = (value: PdfValue | undefined) => PdfValue;

/** The decoded data of the stream with this dictionary whose data begins at `dataAt`. */
export function streamData(
  source: ByteSource,
  dict: PdfDict,
  dataAt: number,
  resolve: Resolve,
  budget: Budget,
): Uint8Array<ArrayBuffer> {
  const length = naturalNumber(resolve(dict.get("Length")) ?? undefined);
  if (length === undefined || dataAt + length > source.size) {
    throw new UnreadableError("malformed", "Cannot read stream: its length is wrong", {
      where: `offset ${dataAt}`,
    });
  }
  const filters = listOf(resolve(dict.get("Filter"))).map((filter) => nameText(resolve(filter)));
  const raw = source.read(dataAt, length);
  if (filters.length === 0) return raw;
  if (filters.length > 1 || (filters[0] !== "FlateDecode" && filters[0] !== "Fl")) {
    throw new UnreadableError("malformed", "Cannot read stream: its filter is not supported", {
      where: `offset ${dataAt}`,
    });
  }
  const inflated = budget.inflate(raw);
  const [parameters] = listOf(resolve(dict.get("DecodeParms")));
  const how = resolve(parameters);
  if (!isDict(how)) return inflated;
  const number = (key: string, otherwise: number) => naturalNumber(resolve(how.get(key))) ?? otherwise;
  return unpredict(inflated, {
    predictor: number("Predictor", 1),
    columns: number("Columns", 1),
    colors: number("Colors", 1),
    bitsPerComponent: number("BitsPerComponent", 8),
  });
}

function listOf(value: PdfValue): PdfValue[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}
