/**
 * Single values in a reply: 「電話番号：…」, and for a 共同企業体 「構成員２ 確認者１ 氏名：…」, as the letters name the
 * fields. A value of which it is not clear whose it is, is left to people.
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import { problemsOf } from "../domain/consent_form.ts";
import type { FieldReading } from "../forms/consent_reading.ts";
import { readFormLines } from "../forms/read_consent.ts";

const MEMBER = /^[\s・「]*構成員\s*(\d{1,2})[\s:のノ]*(.*)$/;
/** Fields that each member of a 共同企業体 has. */
const OF_MEMBER = /^(?:company|postalAddress|representative|confirmer\d)/;

const ofMember = (member: number, reading: FieldReading): FieldReading =>
  OF_MEMBER.test(reading.path) ? { ...reading, path: `member${member}.${reading.path}` } : reading;

/** The members whose field is missing or bad. */
function membersInNeed(form: ConsentForm, path: string): number[] {
  const asked = new Set(problemsOf(form).map(({ field }) => field));
  const members = form.vendors.map((_, index) => index + 1);
  return members.filter((member) => asked.has(`member${member}.${path}`));
}

/** A value without a member: that of the only one who lacks it; null when that is not clear. */
function placed(form: ConsentForm, reading: FieldReading): FieldReading | null {
  if (form.vendors.length < 2 || !OF_MEMBER.test(reading.path)) return reading;
  const [only, second] = membersInNeed(form, reading.path);
  return only !== undefined && second === undefined ? ofMember(only, reading) : null;
}

/** The values that a reply states for a form. */
export function replyLines(form: ConsentForm, text: string): FieldReading[] {
  const byMember: FieldReading[] = [];
  const others: string[] = [];
  for (const line of text.split(/\r\n?|\n/)) {
    const [, member, rest = ""] = MEMBER.exec(line.normalize("NFKC")) ?? [];
    if (member === undefined) others.push(line);
    else byMember.push(...readFormLines(rest).map((reading) => ofMember(Number(member), reading)));
  }
  const rest = readFormLines(others.join("\n")).flatMap((reading) => placed(form, reading) ?? []);
  return [...rest, ...byMember];
}
