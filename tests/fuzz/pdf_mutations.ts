/**
 * Damage that knows what a PDF is made of: tokens, numbers, dictionaries, cross-references, streams.
 *
 * @module
 */
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { damageBytes } from "./byte_mutations.ts";
import type { Dice } from "./dice.ts";
import { appendRevision, damageStream, rebuildXref } from "./pdf_structure.ts";
import type { Bytes } from "./target.ts";

/** A change of a PDF's text, in which a character stands for a byte. */
type TextMutation = (text: string, dice: Dice) => string;

/** Numbers at the edges. */
export const EXTREMES = [
  "0",
  "1",
  "-1",
  "65535",
  "65536",
  "8388607",
  "8388608",
  "2147483647",
  "4294967296",
  "9007199254740991",
  "9007199254740992",
  "99999999999999999999",
  "9".repeat(400),
  "0.0000001",
  "-.5",
  "1e9",
];

const NAMES = [
  ..."Type Pages Page Kids Count Parent Catalog Root Size Prev XRefStm Length Filter FlateDecode DecodeParms"
    .split(" "),
  ..."Predictor Columns W Index N First Extends ObjStm XRef AcroForm Fields FT Sig V T Annots Contents".split(
    " ",
  ),
  ..."ByteRange SubFilter Perms DocMDP DSS Certs OCSPs CRLs Encrypt ID Info Metadata Version Extensions"
    .split(" "),
  ..."Resources Font Names EmbeddedFiles ASCII85Decode LZWDecode Crypt JavaScript JS S Launch XFA Lock".split(
    " ",
  ),
];

/** Entries that mislead. `#` becomes a number of an object or an offset. */
const ENTRIES = [
  "/Prev #",
  "/XRefStm #",
  "/Length #",
  "/Length # 0 R",
  "/Kids[# 0 R # 0 R]",
  "/Kids # 0 R",
  "/Parent # 0 R",
  "/Index[0 9007199254740991]",
  "/Index[# # 5 8388000]",
  "/W[8 8 8]",
  "/W[0 1 0]",
  "/Filter/FlateDecode",
  "/Filter[/FlateDecode/FlateDecode]",
  "/DecodeParms<</Predictor 12/Columns 65536>>",
  "/N 65536",
  "/First #",
  "/Extends # 0 R",
  "/Type/ObjStm",
  "/V # 0 R",
  "/Contents # 0 R",
  "/Contents[# 0 R # 0 R]",
  "/ByteRange[0 # # #]",
  "/Encrypt # 0 R",
  "/Size 8388608",
  "/DSS # 0 R",
  "/Annots[# 0 R]",
  "/AcroForm<</Fields[# 0 R]/SigFlags 3>>",
];

/** Replaces one match that is found from a random place on. */
function replaceOne(text: string, dice: Dice, pattern: RegExp, by: (...match: string[]) => string): string {
  pattern.lastIndex = dice.below(text.length);
  const match = pattern.exec(text) ?? pattern.exec(text);
  pattern.lastIndex = 0;
  if (!match) return text;
  return text.slice(0, match.index) + by(...match) + text.slice(match.index + match[0].length);
}

/** Some object's number or some offset. */
function place(text: string, dice: Dice): string {
  switch (dice.below(4)) {
    case 0:
      return String(dice.below(text.length));
    case 1:
      return dice.pick(EXTREMES);
    case 2:
      return String(Math.max(0, text.indexOf("xref", dice.below(text.length))));
    default:
      return String(dice.below(30));
  }
}

/** As long as what it replaces where that can be, so that offsets still hold. */
const fitted = (value: string, room: number, dice: Dice): string =>
  dice.once(3) ? value : value.length > room ? value.slice(0, room) : value.padEnd(room);

const changeNumber: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\d+/g, (old) => {
    const near = String(Math.max(0, Number(old) + dice.pick([-1, 1, 2, 10, 256])));
    const value = dice.once(2) ? near : place(text, dice);
    return fitted(value, old.length, dice);
  });

const changeName: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\/[A-Za-z0-9]+/g, (old) => fitted(`/${dice.pick(NAMES)}`, old.length, dice));

const escapeName: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\/([A-Za-z])/g, (_, letter) => `/#${letter!.charCodeAt(0).toString(16)}`);

const retarget: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\b(\d{1,7}) \d{1,5} R/g, (old, number) => {
    const others = [...text.matchAll(/\b(\d{1,7}) \d{1,5} R/g)];
    const other = others.length > 0 && !dice.once(4) ? dice.pick(others)[1]! : place(text, dice);
    return old.replace(number!, fitted(other, number!.length, dice));
  });

const doubleKey: TextMutation = (text, dice) =>
  replaceOne(text, dice, /<<[^<>]*?(\/\w+ ?[^\s/<>[\]()]+)/g, (old, entry) => `<<${entry}${old.slice(2)}`);

const addEntry: TextMutation = (text, dice) =>
  replaceOne(text, dice, /<</g, () => `<<${dice.pick(ENTRIES).replace(/#/g, () => place(text, dice))}`);

const changeXref: TextMutation = (text, dice) =>
  replaceOne(text, dice, /(\d{10}) (\d{5}) ([nf])/g, (old, offset, generation) => {
    const other = String(Number(place(text, dice)) % 1e10 | 0).replace("-", "").padStart(10, "0");
    switch (dice.below(4)) {
      case 0:
        return `${offset} ${generation} ${old.endsWith("n") ? "f" : "n"}`;
      case 1:
        return `${offset} ${dice.pick(["65535", "00001", "99999"])} n`;
      case 2:
        return `${
          String(Number(offset) + dice.pick([-1, 1, 7])).replace("-", "").padStart(10, "0")
        } ${generation} n`;
      default:
        return `${other} ${generation} n`;
    }
  });

const changeStart: TextMutation = (text, dice) =>
  text.replace(/startxref\s+\d+(?=[^x]{0,40}$)/, () => `startxref\n${place(text, dice)}`);

/** The newest section is told to be its own predecessor, or that of any other. */
const loopPrev: TextMutation = (text, dice) => {
  const starts = [...text.matchAll(/startxref\s+(\d+)/g)].map(([, offset]) => offset!);
  const aim = starts.length > 0 ? dice.pick(starts) : place(text, dice);
  return /\/Prev \d+/.test(text)
    ? replaceOne(text, dice, /\/Prev \d+/g, () => `/Prev ${aim}`)
    : replaceOne(text, dice, /trailer\s*<</g, (old) => `${old}/Prev ${aim}`);
};

const changeLength: TextMutation = (text, dice) =>
  replaceOne(text, dice, /\/Length ?\d+/g, () => `/Length ${place(text, dice)}`);

const swapTokens: TextMutation = (text, dice) => {
  const tokens = [...text.slice(0, 60_000).matchAll(/\/\w+|\b\d{1,7} \d{1,5} R|\d+|<<|>>|\[|\]/g)];
  if (tokens.length < 2) return text;
  const [a, b] = [dice.pick(tokens), dice.pick(tokens)].sort((one, two) => one.index - two.index) as [
    RegExpExecArray,
    RegExpExecArray,
  ];
  if (a.index + a[0].length > b.index) return text;
  const between = text.slice(a.index + a[0].length, b.index);
  return text.slice(0, a.index) + b[0] + between + a[0] + text.slice(b.index + b[0].length);
};

/** Deep, wide or long values. */
const growValue: TextMutation = (text, dice) => {
  const size = 10 ** (1 + dice.below(4));
  const values = [
    "[".repeat(size) + "]".repeat(size),
    `[${"0 ".repeat(size)}]`,
    `[${"3 0 R ".repeat(size)}]`,
    `(${"a".repeat(size)})`,
    `<${"41".repeat(size)}>`,
    "9".repeat(size),
    `${"1".repeat(size)}x`,
    "<</K".repeat(size) + " 0" + ">>".repeat(size),
  ];
  return replaceOne(
    text,
    dice,
    /\/\w+ ?(?=[\d/[(<])/g,
    (old) => `/X${dice.below(9)} ${dice.pick(values)}${old}`,
  );
};

const MUTATIONS: readonly TextMutation[] = [
  changeNumber,
  changeNumber,
  changeNumber,
  changeName,
  changeName,
  escapeName,
  retarget,
  retarget,
  doubleKey,
  addEntry,
  addEntry,
  changeXref,
  changeXref,
  changeStart,
  loopPrev,
  changeLength,
  swapTokens,
  growValue,
  damageStream,
  damageStream,
  appendRevision,
  appendRevision,
];

/** Damages a PDF in one to four ways; what moved its objects is often followed by a cross-reference that fits. */
export function damagePdf(bytes: Bytes, dice: Dice, other: Bytes): Bytes {
  let damaged = bytes;
  for (let left = 1 + dice.below(dice.once(3) ? 4 : 2); left > 0; left--) {
    damaged = dice.once(4)
      ? damageBytes(damaged, dice, other)
      : latin1Bytes(dice.pick(MUTATIONS)(latin1(damaged), dice));
  }
  return dice.once(3) ? latin1Bytes(rebuildXref(latin1(damaged), dice)) : damaged;
}
