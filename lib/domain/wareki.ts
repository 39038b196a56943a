/**
 * Japanese calendar days (和暦) as people write and read them.
 *
 * @module
 */
import { type Day, dayOf } from "./instant.ts";

type Era = { readonly name: string; readonly letter: string; readonly from: Day };

/** Newest first. An era's first year is 元年 and begins on its first day, not in January. */
const ERAS: readonly Era[] = [
  { name: "令和", letter: "R", from: "2019-05-01" },
  { name: "平成", letter: "H", from: "1989-01-08" },
  { name: "昭和", letter: "S", from: "1926-12-25" },
  { name: "大正", letter: "T", from: "1912-07-30" },
  { name: "明治", letter: "M", from: "1868-10-23" },
];

const yearOf = (day: Day): number => Number(day.slice(0, 4));
const eraOf = (day: Day): Era | undefined => ERAS.find((era) => era.from <= day);

/** A day in 和暦, `令和8年12月1日`, 元年 for an era's first year; in 西暦 for days before the eras known here. */
export function formatWareki(day: Day): string {
  const era = eraOf(day);
  const count = era ? yearOf(day) - yearOf(era.from) + 1 : yearOf(day);
  const year = era && count === 1 ? "元" : String(count);
  return `${era?.name ?? ""}${year}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}

const KANJI_DIGITS = "〇一二三四五六七八九";
const KANJI_NUMBER = /[〇一二三四五六七八九十]+/g;

/** `十二` → `12`, `三十一` → `31`, `二〇二六` → `2026`. */
function arabic(kanji: string): string {
  const digits = (text: string) => [...text].map((digit) => KANJI_DIGITS.indexOf(digit)).join("");
  const ten = kanji.indexOf("十");
  return ten < 0 ? digits(kanji) : `${digits(kanji.slice(0, ten)) || 1}${digits(kanji.slice(ten + 1)) || 0}`;
}

/** An era or none, a year, a month, a day, and perhaps a weekday in brackets. */
const WRITTEN =
  /^([^\d元]{0,2})(元|\d{1,4})[年./・‐−–ー-](\d{1,2})[月./・‐−–ー-](\d{1,2})日?(?:\([日月火水木金土]\))?$/;

/**
 * The day that a text states, or null when it states none or one that the calendar lacks. Understood: 和暦 and
 * 西暦, full-width and half-width, 元年 and kanji numerals, blanks anywhere, a weekday behind. An era's year
 * may lie beyond its end (平成35年, as older contracts say) but never before its beginning.
 */
export function parseDay(text: string): Day | null {
  const plain = text.normalize("NFKC").replace(/\s+/g, "").replace(KANJI_NUMBER, arabic);
  const [, before = "", year = "", month, day] = WRITTEN.exec(plain) ?? [];
  if (before === "" || before === "西暦") {
    return year.length === 4 ? dayOf(Number(year), Number(month), Number(day)) : null;
  }
  const era = ERAS.find(({ name, letter }) => name.startsWith(before) || letter === before.toUpperCase());
  if (!era) return null;
  const count = year === "元" ? 1 : Number(year);
  const found = dayOf(yearOf(era.from) + count - 1, Number(month), Number(day));
  return found !== null && found >= era.from ? found : null;
}

/** The fiscal year (April to March) of a day, as case numbers begin: `R8` from April 2026 to March 2027. */
export function fiscalYearWareki(day: Day): string {
  const year = yearOf(day) - (day.slice(5, 7) < "04" ? 1 : 0);
  const era = eraOf(`${year}-04-01`);
  return era ? `${era.letter}${year - yearOf(era.from) + 1}` : String(year);
}
