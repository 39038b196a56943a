/**
 * Whether a domain looks like another: what deceives the eye, not what is merely near in spelling.
 *
 * @module
 */

/** Letters that look like Latin ones in mail programs: Cyrillic and Greek (Unicode TR 39, confusables). */
const CONFUSABLES: Readonly<Record<string, string>> = {
  "а": "a",
  "α": "a",
  "с": "c",
  "ԁ": "d",
  "е": "e",
  "ɡ": "g",
  "һ": "h",
  "і": "i",
  "ι": "i",
  "ı": "i",
  "ј": "j",
  "ӏ": "l",
  "м": "m",
  "о": "o",
  "ο": "o",
  "р": "p",
  "ρ": "p",
  "ԛ": "q",
  "ѕ": "s",
  "т": "t",
  "υ": "u",
  "ν": "v",
  "ѵ": "v",
  "ԝ": "w",
  "х": "x",
  "у": "y",
  "γ": "y",
};

/** What a domain looks like: one text for all that are taken for each other. */
function seenAs(domain: string): string {
  return [...domain.normalize("NFKC").toLowerCase()].map((each) => CONFUSABLES[each] ?? each).join("")
    .normalize("NFD").replace(/\p{M}/gu, "")
    .replace(/rn/g, "m").replace(/vv/g, "w").replace(/[1il|]/g, "l").replace(/0/g, "o").replace(/-/g, "");
}

/** Whether one text becomes the other by one letter put in, left out, changed, or swapped with its neighbour. */
function oneSlipApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const swapped = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return swapped || a.slice(at + 1) === b.slice(at + 1) || a.slice(at) === b.slice(at + 1) ||
    a.slice(at + 1) === b.slice(at);
}

/** Domains that only public bodies get: one that is near another there is that body's own. */
const GUARDED = /\.(?:lg|go)\.jp$/;

/** Domains shorter than this are near to too many others. */
const MIN_LENGTH = 8;

/** Whether `domain`, in Unicode, is not `known` nor below it, but may be taken for it. */
export function looksLike(domain: string, known: string): boolean {
  const [given, model] = [domain.toLowerCase(), known.toLowerCase()];
  if (given === model || given.endsWith(`.${model}`) || model.endsWith(`.${given}`)) return false;
  if (seenAs(given) === seenAs(model)) return true;
  // `pref.example.lg.jp.example.com` begins as the known one does.
  if (given.startsWith(`${model}.`)) return true;
  return !GUARDED.test(given) && model.length >= MIN_LENGTH && oneSlipApart(given, model);
}
