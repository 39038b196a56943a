/**
 * Puts found values into the places of a consent form.
 *
 * @module
 */
import { isMailAddress } from "../domain/mail_address.ts";
import type { Found } from "./find_values.ts";
import {
  addresseeName,
  cleanText,
  contactParts,
  dayIn,
  mailAddress,
  personName,
  phoneNumber,
} from "./form_values.ts";
import type { Attribute, Role } from "./label_words.ts";
import { better, contested, EMPTY_SLOT, type Slot, slotOf, VendorDraft } from "./vendor_draft.ts";

const COMPANY_WORD = /会社|法人|組合|商店|工業|建設|事務所|センタ|[(（][株有合][)）]|㈱|㈲/;

/** Surname and given name with a blank between. */
const FULL_NAME = /^[\p{sc=Han}々ヶァ-ヶーぁ-ゖ]{1,5}[\s\u3000]+[\p{sc=Han}々ヶァ-ヶーぁ-ゖ]{1,5}$/u;
/** Subjects of mails with which forms are sent. */
const MAIL_SUBJECT =
  /(?:同意書|届出書|確認書|申出書|承諾書|様式|書類)(?:等)?(?:の|を)?(?:ご)?(?:提出|送付|返送|依頼|件|案内|について)|^\s*(?:re|fwd?)\s*[:：]|^【?(?:ご)?(?:依頼|提出|送付|返信|転送)】/i;
/** How sure the number of one of these is the one that the form asks for. */
const PHONE_SURENESS: Readonly<Record<Role, number>> = {
  staff: 1,
  vendor: 1,
  member: 1,
  representative: 0.6,
  confirmer: 0.6,
  desk: 0.6,
};
const PUBLIC_BODY =
  /[都道府県市区町村](?:庁|役所|役場)|[都道府県市町村][^\s]{0,12}(?:局|部|課|室|係|所|センター)/;

/** A form while it is read. */
export class FormDraft {
  /** 提出日, as a day */
  date: Slot = EMPTY_SLOT;
  /** 宛名 */
  addressee: Slot = EMPTY_SLOT;
  /** 契約名 */
  contract: Slot = EMPTY_SLOT;
  /** 担当者氏名 */
  staff: Slot = EMPTY_SLOT;
  /** 電話番号 */
  phone: Slot = EMPTY_SLOT;
  #venture: Slot = EMPTY_SLOT;
  /** The mail address of who may contract, on a form that knows no confirmers. */
  #authority: Slot = EMPTY_SLOT;
  readonly #vendors: VendorDraft[] = [new VendorDraft()];
  readonly #members = new Map<string, number>();
  readonly #jointVenture: boolean;
  #current = 0;
  #phoneOfStaff = false;

  /** `jointVenture` when the form speaks of a 共同企業体, so that companies may come several times. */
  constructor(jointVenture: boolean) {
    this.#jointVenture = jointVenture;
  }

  /** The vendors of whom anything is known, at least one. A 共同企業体 without members stands as one vendor. */
  get vendors(): readonly VendorDraft[] {
    const known = this.#vendors.filter((vendor) => !vendor.empty);
    const vendors = known.length === 0 ? [this.#vendors[0]!] : known;
    if (vendors.length === 1 && vendors[0]!.company.value === "") vendors[0]!.company = this.#venture;
    if (vendors.length === 1) vendors[0]!.standIn(this.#authority);
    return vendors;
  }

  /** Takes one finding after the other, in reading order. */
  take(found: Found): void {
    const { attributes, role, member } = found.meaning;
    if (member !== undefined) this.#current = this.#memberIndex(member);
    const has = (attribute: Attribute) => attributes.includes(attribute);
    if (has("contract")) this.contract = chosen(this.contract, contractSlot(found));
    else if (has("date")) this.date = better(this.date, slotOf(found, (text) => dayIn(text)?.day ?? ""));
    else if (has("addressee")) this.addressee = better(this.addressee, slotOf(found, addresseeName));
    else if (has("venture")) this.#venture = better(this.#venture, slotOf(found, cleanText));
    else if (has("company")) this.#takeCompany(found);
    else if (has("postal")) {
      if (role !== "staff" && role !== "confirmer") {
        this.#vendor.postal = better(this.#vendor.postal, slotOf(found, cleanText));
      }
    } else if (has("phone") && !(has("name") && (role === "staff" || role === "desk"))) {
      if (!has("mail")) {
        const clean = has("other") ? firstNumber : phoneNumber;
        this.#takePhone(slotOf(found, clean, PHONE_SURENESS[role ?? "vendor"]), role === "staff");
      }
    } else if (has("name") || !(has("other") || has("kana"))) this.#takePerson(found);
  }

  /** Beside the company's own number, the one of the person in charge is what the form asks for, though unsure. */
  #takePhone(slot: Slot, ofStaff: boolean): void {
    const rival = chosen(this.phone, slot);
    const instead = ofStaff && !this.#phoneOfStaff && this.phone.value !== "" && slot.value !== "";
    this.phone = instead ? { ...slot, confidence: Math.min(slot.confidence, rival.confidence) } : rival;
    this.#phoneOfStaff ||= ofStaff && slot.value !== "";
  }

  get #vendor(): VendorDraft {
    return this.#vendors[this.#current]!;
  }

  #memberIndex(member: string): number {
    const known = this.#members.get(member);
    if (known !== undefined) return known;
    const index = this.#members.size;
    this.#members.set(member, index);
    this.#vendors[index] ??= new VendorDraft();
    return index;
  }

  /** A second company is the next member where the form is a 共同企業体's; else the first one stands. */
  #takeCompany(found: Found): void {
    if (found.meaning.role === "confirmer" || found.meaning.role === "staff") return;
    const slot = slotOf(found, cleanText);
    const known = this.#vendor.company.value;
    if (
      this.#jointVenture && found.meaning.member === undefined && known !== "" && slot.value !== "" &&
      slot.value !== known
    ) {
      this.#vendors.push(new VendorDraft());
      this.#current = this.#vendors.length - 1;
    }
    this.#vendor.company = chosen(this.#vendor.company, slot);
  }

  #takePerson(found: Found): void {
    const { role, attributes } = found.meaning;
    const titleOnly = attributes.length > 0 &&
      attributes.every((each) => each === "title" || each === "kana");
    const mailOnly = attributes.includes("mail") && !attributes.includes("name");
    if (role === "confirmer") {
      if (!titleOnly) this.#takeConfirmer(found);
    } else if (mailOnly) {
      if (role === "representative") this.#authority = better(this.#authority, mailSlot(found, found.text));
    } else if (role === "staff" || role === "desk") this.#takeStaff(found, titleOnly);
    else if (
      role === "representative" ||
      (attributes.length > 0 && (role === "vendor" || this.#vendor.company.value !== ""))
    ) {
      const slot = slotOf(found, personName, role === "representative" ? 1 : 0.6);
      if (titleOnly) this.#vendor.title = better(this.#vendor.title, slot);
      else this.#vendor.representative = better(this.#vendor.representative, slot);
    } else if (role === "vendor" && COMPANY_WORD.test(found.text)) {
      this.#vendor.company = better(this.#vendor.company, slotOf(found, cleanText, 0.7));
    }
  }

  #takeStaff(found: Found, titleOnly: boolean): void {
    // 問合せ先 at the foot of a form is most often the public body's own.
    const desk = found.meaning.role === "desk";
    if (titleOnly || (desk && PUBLIC_BODY.test(found.text))) return;
    const sureness = desk ? 0.6 : 1;
    const { name, phone } = contactParts(found.text);
    const { attributes } = found.meaning;
    if (attributes.length === 0 || attributes.includes("phone")) {
      this.phone = better(
        this.phone,
        slotOf(found, () => phone, sureness),
      );
    }
    this.staff = better(this.staff, slotOf(found, () => name, sureness));
  }

  #takeConfirmer(found: Found): void {
    const { number, attributes } = found.meaning;
    if (attributes.length === 0 && found.text === "") return this.#vendor.heading(number);
    const mailed = /[@＠]/.test(found.text);
    const mixed = attributes.length === 0 || (attributes.includes("name") && attributes.includes("mail"));
    if (!mixed) {
      const isMail = attributes.includes("mail");
      return this.#vendor.put(
        isMail ? "address" : "name",
        number,
        isMail ? mailSlot(found, found.text) : nameSlot(found, found.text),
      );
    }
    const { name, mail } = mailed ? parted(found.text) : { name: found.text, mail: "" };
    const doubtful = attributes.length === 0 && !mailed && found.confidence < 1 &&
      !FULL_NAME.test(name.trim());
    if (name !== "" && !doubtful) this.#vendor.put("name", number, nameSlot(found, name));
    if (mail !== "") this.#vendor.put("address", number, mailSlot(found, mail));
  }
}

/** The better one of two values, unsure when they contradict each other. */
const chosen = (known: Slot, next: Slot): Slot => contested(better(known, next), next);

/** 件名 is the subject of a mail, too: one that speaks of the form names no contract. */
function contractSlot(found: Found): Slot {
  const slot = slotOf(found, cleanText);
  return MAIL_SUBJECT.test(slot.value) ? { ...slot, confidence: Math.min(slot.confidence, 0.3) } : slot;
}

/** 「TEL／FAX」 asks for two numbers at once. */
const firstNumber = (text: string): string => /^[^/、,;\n]*/.exec(phoneNumber(text).trim())![0].trim();

const nameSlot = (found: Found, text: string): Slot => slotOf({ ...found, text }, personName);

function mailSlot(found: Found, text: string): Slot {
  const slot = slotOf({ ...found, text }, mailAddress);
  return isMailAddress(slot.value) ? slot : { ...slot, confidence: Math.min(slot.confidence, 0.3) };
}

/** 「氏名 <address>」, 「氏名（address）」, 「氏名 address」, with or without labels between. */
function parted(text: string): { name: string; mail: string } {
  const at = text.search(/[@＠]/);
  const before = text.slice(0, at);
  const local = /[\w.!#$%&'*+/=?^`{|}~\-．－＋＿０-９Ａ-Ｚａ-ｚ]*$/.exec(before)![0];
  const name = before.slice(0, before.length - local.length)
    .replace(
      /[\s,、，/／<＜(（「]*(?:(?:電子)?メール(?:アドレス)?|E-?mail|mailto)?[\s:：]*[\s<＜(（「]*$/i,
      "",
    )
    .replace(/^\s*(?:氏\s*名|お名前)\s*[:：]?\s*/, "").trim();
  const mail = (local + text.slice(at)).replace(/[>＞)）」\s].*$/s, "");
  return { name, mail };
}
