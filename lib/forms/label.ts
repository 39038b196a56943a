/**
 * Reads a text as a label, with the value that may follow it: `確認者１（任意） メールアドレス：a@b.example`.
 *
 * @module
 */
import { asWritten } from "./as_written.ts";
import { alternatives, squash } from "./word_choice.ts";
import { type Attribute, ATTRIBUTE_WORDS, type Role, ROLE_WORDS } from "./label_words.ts";

/** What a label says of the value that belongs to it. Parts may be missing and come from labels around it. */
export type Meaning = {
  readonly role?: Role;
  /** 確認者２ → 2 */
  readonly number?: number;
  /** Which member of a 共同企業体, as a name that is the same for the same member. */
  readonly member?: string;
  /** Several for a label that asks for several: 職・氏名. Empty for a mere heading such as 確認者１. */
  readonly attributes: readonly Attribute[];
};

/** How sure a text is a label: nothing follows, a colon or a bracket parts it from its value, or mere space. */
export type LabelShape = "whole" | "parted" | "spaced";

/** A label and the rest of its text. */
export type Label = Meaning & {
  readonly shape: LabelShape;
  readonly rest: string;
  readonly furigana: boolean;
};

const SPACE = "[\\s\\u200b]*";
const JOIN = `(?:${SPACE}(?:又は|または|もしくは|若しくは|及び|および|並びに|兼|[・･/,、.&+]))?${SPACE}`;
/** As above, but mere space joins nothing: 「代表 代表取締役」 is one role and a value. */
const JOINT = `(?:${SPACE}(?:又は|または|もしくは|若しくは|及び|および|並びに|兼|[・･/,、&+])${SPACE})?`;
const NUMERAL = "[1-9一二三四五六七八九]";

const attributes = alternatives(ATTRIBUTE_WORDS);
const roles = alternatives(ROLE_WORDS);

const KANJI = "一二三四五六七八九十";
/** Dots and lines that lead from a label to its value, and arrows. */
const LEADER = /^[\s\u200b]*(?:[.·・_‐\-─―ー=~]{2,}[\s.·・_]*|[→⇒=|][\s]*)/;

/** Bullets, numbering, marks and opening brackets before a label. */
const LEAD = new RegExp(
  `^(?:[\\s\\u200b■□●○◎◆◇▼▶・*★※]|[【\\[「『<(〔](?!${SPACE}(?:株|有|合|資|名|財|社|医|学|福)${SPACE}\\))|` +
    `[【\\[(]?(?:必須|任意)(?:[】\\])]\\s*|\\s+)|(?:第?\\(?(?:\\d{1,2}|[${KANJI}]{1,2}|[ア-ン]|[a-z])[)）][.、:\\s]*)|` +
    `(?:[ア-ン]|[${KANJI}]{1,2}|[IVXivx]{1,4}|[a-z])(?:[.、:]|\\s+)|\\d{1,2}(?:[.、:](?!\\d)|${SPACE}(?=[^\\d\\s:./人番-])))*`,
  "i",
);
/** Note marks that open a sentence, not a label. */
const NOTE = /^[\s]*[※*＊注]/;
const ROLE = new RegExp(`^(?:ご|御|貴|上記の?)?(${roles.source})(?:${JOINT}(${roles.source}))?`, "i");
const ORDINAL = new RegExp(`^第?${SPACE}(${NUMERAL})${SPACE}(?:人目の|番目の|の)?(?=${roles.source})`, "i");
const NUMBER = new RegExp(
  `^${SPACE}(?:その|第|No\\.?|[(])?${SPACE}(${NUMERAL})(?:${SPACE}(?:[)]|人目|番目|者|名|号))?(?!\\d|名称)`,
  "i",
);
const ATTRIBUTE = new RegExp(`^(?:ご|お|御|貴|同|上記の?)?(${attributes.source})`, "i");
const JOINED = new RegExp(`^${JOIN}(${attributes.source})`, "i");
const PARENTHESIS = new RegExp(
  `^${SPACE}[(](?!(?:株|有|合|資|名|財|社|医|学|福|特非|一社|一財|公財|公社|独|株式会社|有限会社)[)])([^()@\\n]{0,30})[)]`,
);
/** Brackets to write into, with what was written. */
const FILLED = new RegExp(`^${SPACE}[(](?:\\s+[^\\s)]|[^()\\n]{1,80}@)`);
const CLOSING = new RegExp(`^${SPACE}[\\]】」』>)〕]`);
const SENTENCE = /(?:ください|下さい|です|ます|こと|ものとする|とする|場合|いたします)[。.)]?$/;

/** A label as found at the start of a text, with one within it (確認者１：氏名); null when it starts with none. */
export function readLabel(written: string): Label | null {
  const outer = readOne(written);
  if (outer?.role === undefined || outer.attributes.length > 0 || outer.shape !== "parted") return outer;
  const inner = readOne(outer.rest);
  const asks = inner !== null && inner.role === undefined && inner.member === undefined;
  return asks
    ? { ...inner, ...outer, attributes: inner.attributes, shape: inner.shape, rest: inner.rest }
    : outer;
}

function readOne(written: string): Label | null {
  const text = written.normalize("NFKC");
  const mark = LEAD.exec(text)?.[0] ?? "";
  // 「メ ー ル」 is no item メ.
  const lead = /^\s*[ア-ン]\s+$/.test(mark) && readMeaning(text.trimStart()) !== null ? "" : mark;
  const body = lead === "" ? text.trimStart() : text.slice(lead.length);
  const named = readMeaning(body) ?? ownerInBrackets(body);
  if (named === null) return null;
  let rest = body.slice(named.length);
  let bracketed = false;
  let { meaning } = named;
  let furigana = false;
  for (let more = true; more;) {
    const closing = CLOSING.exec(rest);
    const aside = closing === null && !FILLED.test(rest) ? PARENTHESIS.exec(rest) : null;
    more = closing !== null || aside !== null;
    if (closing !== null && /[【[「『<(〔]/.test(lead)) bracketed = true;
    if (aside !== null) {
      furigana ||= /フリガナ|ふりがな|カナ/.test(aside[1]!);
      meaning = withAside(meaning, aside[1]!);
    }
    rest = rest.slice((closing ?? aside)?.[0].length ?? 0);
  }
  if (meaning.number === undefined || meaning.attributes.length === 0) {
    const later = lateParts(meaning, rest);
    if (later !== null) ({ meaning, rest } = later);
  }
  // A note below the label, in its cell.
  rest = rest.replace(
    meaning.attributes.length === 0 ? /^[ \t]*\n\s*[※*][^@:]{0,60}$/ : /^[ \t]*(?:\n\s*[※*][^\n]*)+$/,
    "",
  );
  rest = rest.replace(/^[\s\u200b]*(?:欄|名義)?[\s]*[*※](?=[\s:]|$)/, "");
  const shape = shapeOf(rest, bracketed, NOTE.test(text));
  if (shape === null) return null;
  const value = rest.replace(/^[\s\u200b]*[:：]?[\s\u200b]*/, "").replace(LEADER, "");
  return { ...meaning, shape, furigana, rest: asWritten(written, text, value) };
}

function shapeOf(rest: string, bracketed: boolean, note: boolean): LabelShape | null {
  if (rest.trim() === "") return "whole";
  if (/^[\s\u200b]*[:：]/.test(rest)) return rest.replace(/^[\s\u200b:：]+/, "") === "" ? "whole" : "parted";
  if (note) return null;
  if (LEADER.test(rest)) return rest.replace(LEADER, "") === "" ? "whole" : "parted";
  if (/^[ \t　]*\n/.test(rest) || bracketed || FILLED.test(rest)) return "parted";
  if (!/^\s/.test(rest)) return null;
  const value = rest.trim();
  const prose = SENTENCE.test(value) || /^[はがをもにで](?:[、,]|任意|必須|必ず|[ぁ-ん])/.test(value);
  return prose ? null : "spaced";
}

type Named = { readonly meaning: Meaning; readonly length: number; readonly number: number | undefined };

/** 「承認順１（確認者２）」: whatever it is called here, the brackets say who it is. */
function ownerInBrackets(text: string): Named | null {
  const [place, digit] = /^第?\s*([1-9])\s*(?:人目|番目)\s*の?\s*/.exec(text) ?? [];
  if (place !== undefined) {
    const number = Number(digit);
    const own = readAttributes(text.slice(place.length));
    const meaning = { role: "confirmer", number, attributes: own?.meaning.attributes ?? [] } as const;
    return { meaning, length: place.length + (own?.length ?? 0), number };
  }
  const [all, , inner = ""] = /^([^\s(:]{1,14})\(([^()\n]{1,12})\)/.exec(text) ?? [];
  const owned = readOwned(inner.trim());
  if (all === undefined || owned?.meaning.role !== "confirmer" || owned.number === undefined) return null;
  return owned.length === inner.trim().length ? { ...owned, length: all.length } : null;
}

/** Role with its number, then attributes: whichever reading takes the most of the text. */
function readMeaning(text: string): Named | null {
  const bare = readAttributes(text);
  const owned = readOwned(text);
  const best = (owned?.length ?? 0) > (bare?.length ?? 0) ? owned : bare;
  return best === null || best.length === 0 ? null : best;
}

function readAttributes(text: string): Named | null {
  const found: Attribute[] = [];
  let length = 0;
  for (let match = ATTRIBUTE.exec(text); match !== null; match = JOINED.exec(text.slice(length))) {
    length += match[0].length;
    const attribute = attributes.keys.get(squash(match[1]!));
    if (attribute !== undefined && !found.includes(attribute)) found.push(attribute);
  }
  return length === 0 ? null : { meaning: { attributes: found }, length, number: undefined };
}

function readOwned(text: string): Named | null {
  const ordinal = ORDINAL.exec(text);
  let length = ordinal?.[0].length ?? 0;
  const word = ROLE.exec(text.slice(length));
  if (word === null) return null;
  // 代表者兼確認者１ is a confirmer, whoever it is besides.
  const second = roles.keys.get(squash(word[2] ?? ""));
  const role = second === "confirmer" ? second : roles.keys.get(squash(word[1]!))!;
  length += word[0].length;
  const after = ordinal === null ? NUMBER.exec(text.slice(length)) : null;
  length += after?.[0].length ?? 0;
  const numeral = ordinal?.[1] ?? after?.[1];
  const number = numeral === undefined ? undefined : numberOf(numeral);
  const inner = role === "member" ? readMeaning(text.slice(length + joint(text.slice(length)))) : null;
  const base = meaningOf(role, squash(word[1]!), number);
  if (inner !== null) {
    const total = length + joint(text.slice(length)) + inner.length;
    return { meaning: { ...inner.meaning, member: base.member! }, length: total, number };
  }
  const rest = text.slice(length);
  const skip = joint(rest);
  const own = readAttributes(rest.slice(skip));
  if (own !== null) {
    return {
      meaning: { ...base, attributes: own.meaning.attributes },
      length: length + skip + own.length,
      number,
    };
  }
  const plain = /^\s*名(?![^\s:：(（\n※*])/.exec(rest);
  if (plain === null) return { meaning: base, length, number };
  const attribute: Attribute = role === "vendor" || role === "member" ? "company" : "name";
  return { meaning: { ...base, attributes: [attribute] }, length: length + plain[0].length, number };
}

/** What may stand between an owner and what is asked of it: の, a dot, a closing bracket. */
const joint = (text: string): number =>
  /^[\s\u200b]*(?:[\]】」』>)〕]|の|[・･/、-])?[\s\u200b]*/.exec(text)![0].length;

function meaningOf(role: Role, word: string, number: number | undefined): Meaning {
  if (role === "member") return { member: `${word}${number ?? ""}`, attributes: [] };
  return { role, attributes: [], ...(number === undefined ? {} : { number }) };
}

const numberOf = (numeral: string): number => Number(numeral) || "一二三四五六七八九".indexOf(numeral) + 1;

/** 代表者（職・氏名） asks in its brackets, 確認者（１） numbers in them, 契約権限者（確認者１） says who it is. */
function withAside(meaning: Meaning, aside: string): Meaning {
  const text = aside.trim();
  const owned = readOwned(text);
  if (owned?.meaning.role === "confirmer" && owned.length === text.length && meaning.role !== "confirmer") {
    const asked = meaning.attributes.length > 0 ? meaning.attributes : owned.meaning.attributes;
    return { ...meaning, ...owned.meaning, attributes: asked };
  }
  const numeral = new RegExp(`^(${NUMERAL})(?:人目|番目|名)?$`).exec(text);
  if (numeral !== null && meaning.role === "confirmer" && meaning.number === undefined) {
    return { ...meaning, number: numberOf(numeral[1]!) };
  }
  if (meaning.attributes.length > 0 || meaning.role === undefined) return meaning;
  const asked = readAttributes(text);
  return asked?.length === text.length ? { ...meaning, attributes: asked.meaning.attributes } : meaning;
}

/** What a label still says after its brackets: 【確認者】１ 氏名, 確認者１（任意）メールアドレス. */
function lateParts(meaning: Meaning, rest: string): { meaning: Meaning; rest: string } | null {
  if (meaning.role === undefined || meaning.attributes.length > 0) return null;
  const number = meaning.number === undefined && meaning.role === "confirmer" ? NUMBER.exec(rest) : null;
  let left = rest.slice(number?.[0].length ?? 0);
  left = left.replace(CLOSING, "");
  const skip = joint(left);
  const own = readAttributes(left.slice(skip));
  const whole = own === null ? "" : left.slice(skip + own.length);
  const ends = own !== null && /^(?:[\s:：(（]|$)/.test(whole);
  if (number === null && !ends) return null;
  const numbered = number === null ? meaning : { ...meaning, number: numberOf(number[1]!) };
  if (!ends) return { meaning: numbered, rest: left };
  const aside = PARENTHESIS.exec(whole);
  return {
    meaning: { ...numbered, attributes: own.meaning.attributes },
    rest: whole.slice(aside?.[0].length ?? 0),
  };
}
