/**
 * Words with which a mail may begin (interface.md, Mail addresses): in its subject, or in the first line of what
 * its writer added. People write them politely and in any width; a message to a person is none of them.
 *
 * @module
 */
import type { ReadMail } from "./read_mail.ts";

/** What a mail asks for by a word. */
export type WordName = "resend" | "withdraw" | "status" | "list" | "search" | "documents" | "help";

/** A word, with what stands behind it on its line: a reason, or what is looked for. */
export type MailWord = { readonly word: WordName; readonly rest: string };

/** The part of a mail that is looked at. */
export type MailWords = Pick<ReadMail, "subject" | "newText">;

/** Characters of a text that are looked at: no word stands further down. */
const MAX_LOOKED_AT = 4_000;
/** Longest text of a mail that is a word to the service, in characters without the signature. */
const MAX_WORDS = 200;
/** Longest line that is taken for a word that we do not know, in characters. */
const MAX_UNKNOWN = 20;
/** Longest text that is looked for, in characters. */
const MAX_SEARCH = 100;

const END = "(?:$|[\\s:、。!?])";
const ASKING = "(?:ください|下さい|いただ.{0,14}|頂.{0,14}|願.{0,8}|ほしい.{0,8}|欲しい.{0,8}|もらえ.{0,10})";
/** 「を教えてください」「の確認をお願いします」: how a wish ends. 「再送します」 is none: it tells what its writer does. */
const POLITELY =
  "(?:[のを]?(?:ご?(?:依頼|希望|照会|確認)(?:です|(?:いた)?します|致します|をお?願い.{0,12}|を?し?たい.{0,12})?" +
  "|お?願い.{0,14}|(?:お?知らせ|お?教え|お?送り|お?聞かせ)" + ASKING +
  "|(?:教えて|送って|知らせて|見せて|して)?" + ASKING + "|(?:知り|見)たい.{0,8}))?";

const NUMBER = "(?:R\\d{1,3}-\\d{6,12}\\s*の?\\s*)?";
const OF_A_REQUEST = "(?:(?:確認依頼|依頼|メール|リンク|URL)(?:の?(?:メール|リンク|URL))?[のを])?";
const OF_A_CASE = "(?:(?:案件|契約|手続き?)の)?";
const OF_PAPERS = "(?:締結済み?の?)?(?:契約書|書類|PDF)(?:の?(?:PDF|ファイル|データ))?";

const PATTERNS: readonly (readonly [WordName, RegExp])[] = [
  ["resend", new RegExp(`^${NUMBER}${OF_A_REQUEST}再送(?:信|する)?${POLITELY}${END}`)],
  ["withdraw", new RegExp(`^${NUMBER}取り?消し?${POLITELY}${END}`)],
  ["status", new RegExp(`^${NUMBER}${OF_A_CASE}(?:進捗の?)?(?:状況|進捗)${POLITELY}${END}`)],
  ["list", new RegExp(`^(?:(?:案件|契約書?|書類)の?)?一覧表?${POLITELY}${END}`)],
  ["search", /^検索(?:$|[\s:])/],
  ["documents", new RegExp(`^書類${END}`)],
  [
    "documents",
    new RegExp(`^${OF_PAPERS}[をの]?(?:紛失|[な無失]くし|見つから|再発行|再送付?|再ダウンロード)`),
  ],
  ["help", new RegExp(`^(?:ヘルプ|help|使い方|利用方法|コマンド|\\?)${POLITELY}${END}`, "i")],
];

/** A line that Japanese mails have around signatures. */
const RULE = /^[^\S\n]*(?:[*＊=＝\-－―─━_＿~〜～+＋#◇◆□■・.☆★/／|｜][^\S\n]*){4,}$/m;

/** What the writer says, without the signature. */
const saidIn = ({ newText }: MailWords): string =>
  newText.slice(0, MAX_LOOKED_AT).normalize("NFKC").split(RULE)[0]!.trim();

const firstLine = (text: string): string =>
  text.slice(0, MAX_LOOKED_AT).normalize("NFKC").trim().split("\n", 1)[0]!.trim();

function wordOf(line: string): MailWord | null {
  const found = PATTERNS.find(([, pattern]) => pattern.test(line));
  if (!found) return null;
  const [word, pattern] = found;
  const rest = line.slice(pattern.exec(line)![0].length).replace(/^[\s:、。]+/, "").trim();
  return { word, rest: word === "search" ? searchedFor(rest) : rest };
}

/** What is looked for, without the courtesies behind it. */
function searchedFor(rest: string): string {
  const plain = rest.replace(
    /[をの]?(?:お願い(?:し|いたし|致し)ます|してください|検索してください)[。.!]*$/,
    "",
  );
  return plain.trim().slice(0, MAX_SEARCH);
}

/** The word that a mail begins with; null for none. */
export function mailWordIn({ subject, newText }: MailWords): MailWord | null {
  return wordOf(firstLine(newText)) ?? wordOf(firstLine(subject));
}

/** Whether a mail is so short that it can be meant for the service alone: anything longer is for people to read. */
export function isBrief(mail: MailWords): boolean {
  return saidIn(mail).length <= MAX_WORDS;
}

/** Mails that speak of these want more than a word. */
const OF_WEIGHT =
  /同意書|確認書|契約|添付|提出|送付|質問|日程|連絡|電話|パスワード|password|ます|です|ません|ました|下さい|ください|願い/i;

/** Whether a mail is a single short word that the service does not know. */
export function isUnknownWord(mail: MailWords): boolean {
  const said = saidIn(mail);
  return said !== "" && said.length <= MAX_UNKNOWN && !/[\n。、@]/.test(said) &&
    !OF_WEIGHT.test(said) && !OF_WEIGHT.test(mail.subject.normalize("NFKC"));
}
