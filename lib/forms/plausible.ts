/**
 * Whether a value looks like what its field asks for: one that does not was perhaps read off the wrong place.
 *
 * @module
 */
import type { FieldPath } from "../domain/consent_form.ts";
import { dayIn } from "./form_values.ts";
import { readLabel } from "./label.ts";

type Check = (text: string) => boolean;

const LABEL_WITHIN = /メールアドレス|電話番号|所在地|契約件?名[:：]|商号|確認者|氏名|フリガナ|半角|全角/;
const ADDRESS_MARK = /[@＠]/;
const ONLY_COMPANY = /^(?:株式|有限|合同|合資|合名)会社|(?:株式|有限|合同|合資|合名)会社$|支店$|営業所$/;

const digits = (text: string): number => text.replace(/\D/g, "").length;

/** A telephone number within other text. */
const PHONE_WITHIN = /(?<![\d-])0\d{1,4}[-(]\d{1,4}[-)]\d{3,4}(?!\d)/;

/** More than a word or two with a number: another's note, or address. */
const WORDS = /[@＠]|\d.*[^\d\s()+.,・/-]{3}/s;

/** What no field may be: a label, a mail address, a day alone, a sentence. */
const isForeign: Check = (text) =>
  readLabel(text)?.shape === "whole" || LABEL_WITHIN.test(text) || ADDRESS_MARK.test(text) ||
  /。/.test(text) || PHONE_WITHIN.test(text) ||
  dayIn(text)?.alone === true;

const looksLikePhone: Check = (text) => /^[(+]?[\d()\s-]{9,}$/.test(text);

const isPerson = (longest: number): Check => (text) =>
  !isForeign(text) && text.length >= 2 && text.length <= longest && !/\d{3}/.test(text) &&
  /\p{L}/u.test(text) &&
  !ONLY_COMPANY.test(text);

const CHECKS: Readonly<Record<string, Check>> = {
  company: (text) => !isForeign(text) && !looksLikePhone(text) && text.length >= 2 && text.length <= 80,
  postalAddress: (text) =>
    !LABEL_WITHIN.test(text) && !ADDRESS_MARK.test(text) && text.length <= 120 &&
    (/[都道府県市区町村郡]/.test(text) || /\d/.test(text)) && !PHONE_WITHIN.test(text) &&
    dayIn(text)?.alone !== true,
  representative: isPerson(50),
  // A surname alone may have lost the given name in the next cell.
  name: (text) => isPerson(30)(text) && text.length > 2,
  staff: isPerson(60),
  phone: (text) => {
    const number = text.replace(/[(]?(?:内線|内|ext).*$/i, "");
    return !WORDS.test(number.replace(/[(][^()\d]*[)]/g, "")) && /^[^\d+]{0,8}[+0]/.test(number) &&
      digits(number) >= 9 && digits(number) <= 13;
  },
  contractName: (text) => !isForeign(text) && !looksLikePhone(text) && text.length >= 2 && text.length <= 200,
  addressee: (text) => !isForeign(text) && text.length <= 40 && digits(text) < 4,
};

/** Whether a value may be the field's; fields without a check of their own may be anything. */
export function isPlausible(path: FieldPath, value: string): boolean {
  const check = CHECKS[path.slice(path.lastIndexOf(".") + 1)];
  return check === undefined || check(value.normalize("NFKC").trim());
}
