/**
 * Values of a form as they are kept: as written, less what belongs to the form, not to the value.
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";
import { normalAddress } from "../domain/mail_address.ts";
import { parseDay } from "../domain/wareki.ts";

/** More characters no value has that a form may hold: what is longer is refused as a whole. */
const MAX_VALUE = 4_000;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;
/** Kangxi and CJK radicals, which some PDF makers write for the kanji they look like. */
const RADICALS = /[\u2e80-\u2fdf]/g;
const DASHES = /[\u2010-\u2015\u2212\uff0d\u30fc\uff70]/g;
const WIDE = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f]/;

/** Lines to write on, before and behind what was written. */
const FILL = /^[_＿…‥\s]{2,}|[_＿…‥\s]{2,}$/g;
/** Marks of the form beside a value. */
const MARK_BEFORE = /^[(（【[]\s*(?:必須|任意)\s*[)）】\]]\s*/;
const MARK_BEHIND = /\s*[(（【[]\s*(?:必須|任意)\s*[)）】\]]$|\s+(?:必須|任意)$/;
/** The name of a seal, or of the place for one (㊞, 社印, 代表者印, 押印欄, 印影). */
const SEAL =
  "(?:㊞|(?:代表者?|会社|法人|社|実|角|丸|職|公|認|私|割|個人|使用|銀行|届出|登録|登記所?|理事長?|支店長?)?印(?:鑑|章|影)?欄?|(?:記名)?(?:押|捺)印(?:欄|不要|省略)?|朱肉)";
const SEAL_BEHIND = new RegExp(
  `(?:[\\s\\u3000]+${SEAL}|[\\s\\u3000]*[(（【\\[〔]${SEAL}[)）】\\]〕]|㊞)\\s*$`,
);
const SEAL_ALONE = new RegExp(`^[(（【\\[〔]?${SEAL}[)）】\\]〕]?$`);
/** The text of a seal itself: 「公共本部長印」, 「青空産業株式会社之印」. */
const SEAL_TEXT = /^\S{1,15}(?:長|役|者|社|人|理事|組合|商店|企業体|之|の)印$/;
/** A note behind a value: 「（例：青空産業）」, 「 ※正式名称」. */
const NOTE_BEHIND = /[\s\u3000]*[(（【\[]?(?:記入例|記載例|入力例|例)\s*[)）:：】\]].*$|[\s\u3000]+※.*$/s;
/** Brackets to write into, with a blank at each end. */
const BRACKETS = /^[(（][\s\u3000]+([^()（）]*(?:[(（][^()（）]*[)）][^()（）]*)*?)[\s\u3000]*[)）]$/;
/** Words that say that there is no value, or that it stands elsewhere: better missing than wrong. */
const NOTHING = /^[(（]?\s*(?:該当)?(?:なし|無し)\s*[)）]?$|^[(（]?\s*同上\s*[)）]?$/;

/** One line of text: radicals as kanji, line ends closed up between Japanese letters, no doubled blanks. */
export function cleanText(written: string): string {
  return written.slice(0, MAX_VALUE).replace(INVISIBLE, "").replace(
    RADICALS,
    (char) => char.normalize("NFKC"),
  )
    .replace(/[ \t]*[\r\n]+[ \t]*/g, (gap, at: number, all: string) => {
      const before = all[at - 1] ?? "";
      const after = all[at + gap.length] ?? "";
      return WIDE.test(before) && WIDE.test(after) ? "" : " ";
    })
    .replace(/[ \t\u00a0]{2,}|\u3000{2,}/g, (gap) => gap[0]!)
    .replace(/^[\s:：]+/, "")
    .replace(SEAL_BEHIND, "")
    .replace(BRACKETS, "$1")
    .replace(FILL, "")
    .replace(MARK_BEFORE, "")
    .replace(MARK_BEHIND, "")
    .replace(/^[-_＿―－…‥.．・\s]+$/, "")
    .replace(NOTHING, "")
    .trim();
}

/** What was written, without a note behind it. */
export const withoutNote = (written: string): string =>
  written.replace(NOTE_BEHIND, (note, at: number) => at === 0 ? note : "");

const isSeal = (text: string): boolean =>
  SEAL_ALONE.test(text.replace(/[\s\u3000]/g, "")) || SEAL_TEXT.test(text.trim().replace(/[\r\n]+/g, ""));

/** A person's name, without 様 behind it. */
export function personName(written: string): string {
  return cleanText(written).replace(/\s*様$|\s+殿$|\s*印$/, "").trim();
}

/** Drops the reading in brackets (田中 太郎（タナカ タロウ）), where the label asks for one. */
export function withoutFurigana(written: string): string {
  return written.replace(
    /[\s(（]*[ァ-ヶーぁ-ゖｦ-ﾟ][ァ-ヶーぁ-ゖｦ-ﾟ\s　]*[)）]?\s*$/,
    (reading, at: number) => at === 0 ? reading : "",
  )
    .trim();
}

/** 宛名 without 様, 殿, 御中 or あて. */
export function addresseeName(written: string): string {
  return cleanText(written).replace(/\s*(?:様|殿|御中|行|あて|宛て?)$/, "").trim();
}

/** What a text about a contact person holds, in any order: 「営業部 森 緑 028-000-0000（内線 12） mori@…」. */
export type ContactParts = { readonly name: string; readonly phone: string };

const PHONE_IN =
  /[(（]?(?:\+\d{1,3}[\s-]*)?[(（]?0\d{1,4}[)）]?[\s-]*\d{1,4}[\s-]*\d{3,4}[)）]?(?:\s*[(（]?\s*(?:内線|内)\s*[:：]?\s*\d{1,6}\s*[)）]?)?/;
const MAIL_IN = /[<＜(（]?[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+[>＞)）]?/g;

/** The name and the telephone number of a text that may hold both, and a mail address. */
export function contactParts(written: string): ContactParts {
  const kept = cleanText(written);
  const text = kept.normalize("NFKC").length === kept.length
    ? kept.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-").replace(/(?<=\d)ー(?=\d)/g, "-")
    : kept;
  const phone = PHONE_IN.exec(text);
  const [from, to] = phone ? [phone.index, phone.index + phone[0].length] : [kept.length, kept.length];
  const name = `${kept.slice(0, from)} ${kept.slice(to)}`.replace(MAIL_IN, " ")
    .replace(/(?:TEL|電話)?[\s:：・/／]*$/i, "");
  return { name: personName(name), phone: phone ? phoneNumber(kept.slice(from, to)) : "" };
}

/** A telephone number, half-width, without the fax number behind it. */
export function phoneNumber(written: string): string {
  return cleanText(written).normalize("NFKC").replace(DASHES, "-").replace(/(?<=\d)\s*-\s*(?=\d)/g, "-")
    .replace(/^(?:TEL|電話(?:番号)?)\s*[.:]?\s*/i, "").replace(/^\((0[\d-]+)\)$/, "$1")
    .replace(/(?<=\d)[\s/、,(]*(?:FAX|ファ-?ックス|ファクス|ファクシミリ).*$/is, "")
    .trim();
}

const ADDRESSES = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+/g;

/**
 * A mail address, half-width, without what people put around it. One that is none stays as written, so that it
 * can be named to whoever wrote it.
 */
export function mailAddress(written: string): string {
  const bare = written.normalize("NFKC").replace(INVISIBLE, "").replace(DASHES, "-").replace(
    /^\s*<?mailto:/i,
    "",
  )
    .replace(/\s+/g, "");
  // HTML mails often give an address twice, as text and as link.
  const found = [...new Set(bare.match(ADDRESSES) ?? [])];
  const around = bare.replace(ADDRESSES, "");
  if (NOTHING.test(bare) || /^[@_.…-]*$/.test(bare)) return "";
  const only = found.length === 1 && !/[A-Za-z0-9@]/.test(around) ? found[0]! : bare;
  return normalAddress(only.replace(/^[-_.…]+$/, ""));
}

const DATE =
  /(?:令和|平成|西暦|[RrHh])?\s*\.?\s*(?:元|\d{1,4}|[〇一二三四五六七八九十]{1,4})\s*[年./-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[月./-]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日?/;

/** The first day that a text states, and whether it says little else; null when it states none. */
export function dayIn(written: string): { readonly day: Day; readonly alone: boolean } | null {
  const text = written.normalize("NFKC").replace(/\s+/g, "");
  const found = DATE.exec(text);
  if (found === null) return null;
  const day = parseDay(found[0].replace(/^([RrHh])\./, "$1"));
  return day === null ? null : { day, alone: text.length - found[0].length <= 5 };
}

/** A text that belongs to the form: a note, an example, a mark for the seal, a line to write on. */
export function isNoise(text: string): boolean {
  const plain = text.normalize("NFKC").trim();
  return /^[※*注]|^[(「【]?(?:例[)：:)）」】]|記入例|記載例)/.test(plain) ||
    /^(?:様|殿|記|以上|御中|姓|氏|名)$/.test(plain) || isSeal(text) ||
    /^\((?:任意|必須|半角.*|全角.*|記入.*|フリガナ|ふりがな|自署|押印.*)\)$/.test(plain) ||
    /^[-_＿―－…‥.．・*=~\s]+$/.test(plain) || /^[([【]?(?:必須|任意)[)\]】]?$/.test(plain) ||
    /。|(?:ください|下さい|します|です|ます|すること)[。.)]?$/.test(plain);
}
