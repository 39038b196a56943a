/**
 * What the cells of a spreadsheet show: shared strings without their furigana, dates from serial numbers
 * (ECMA-376 part 1, §18.4, §18.8).
 *
 * @module
 */
import { xmlEvents } from "./xml_events.ts";

/** The texts of `sharedStrings.xml`, in order. Furigana (`rPh`) is no part of a text. */
export function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let text = "";
  let furigana = false;
  let inText = false;
  for (const event of xmlEvents(xml)) {
    if (event.is === "text") text += inText && !furigana ? event.text : "";
    else if (event.name === "t") inText = event.is === "start";
    else if (event.name === "rPh") furigana = event.is === "start";
    else if (event.name === "si" && event.is === "start") text = "";
    else if (event.name === "si") strings.push(text);
  }
  return strings;
}

/** For each cell style, by index, whether a number in it shows as a date. */
export function dateStyles(xml: string): boolean[] {
  const formats = new Map<number, string>();
  const styles: boolean[] = [];
  let inCellStyles = false;
  for (const event of xmlEvents(xml)) {
    if (event.is === "text") continue;
    if (event.name === "cellXfs") inCellStyles = event.is === "start";
    else if (event.is === "end") continue;
    else if (event.name === "numFmt") {
      formats.set(Number(event.attributes.get("numFmtId")), event.attributes.get("formatCode") ?? "");
    } else if (event.name === "xf" && inCellStyles) {
      const id = Number(event.attributes.get("numFmtId") ?? 0);
      styles.push(isDateFormat(id, formats.get(id)));
    }
  }
  return styles;
}

/** §18.8.30: 14–22 are dates and times everywhere, 27–36 and 50–58 in Japanese files. */
function isDateFormat(id: number, code: string | undefined): boolean {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return true;
  if (code === undefined) return false;
  const bare = code.replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|General/gi, "");
  return /[ymdegr]/i.test(bare) && /[dmｄ日]/i.test(code) && !/[#0?]/.test(bare);
}

/** Days from 1899-12-30, which a serial number counts, to 1970-01-01. */
const EPOCH_SERIAL = 25_569;
/** Days by which workbooks that count from 1904 are behind. */
const SHIFT_1904 = 1_462;

/** The date that a serial number shows, as `2026年12月1日`; null outside of 1900–9999. */
export function serialDate(serial: number, from1904: boolean): string | null {
  const date = new Date(Math.floor(serial + (from1904 ? SHIFT_1904 : 0) - EPOCH_SERIAL) * 86_400_000);
  const year = date.getUTCFullYear();
  if (!(year >= 1900 && year <= 9999)) return null;
  return `${year}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}
