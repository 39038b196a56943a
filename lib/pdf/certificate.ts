/**
 * The certificate of agreement (合意締結証明書, R31): who agreed to which documents, when and how it was known
 * that it was they.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Cell, type Sheet, SHEET_WIDTH, startSheet, type StyledText } from "./certificate_sheet.ts";

/** One party's act, in words as they are to be printed. */
export type CertifiedParty = {
  /** 送信者, 確認者１, 承認者… */
  readonly role: string;
  /** The person, with company and office where they are known. */
  readonly name: string;
  /** Mail address. */
  readonly address: string;
  /** When it agreed, in JST: `2026年12月1日 14:03:22 JST`. */
  readonly at: string;
  /** メール認証 or メール認証＋アクセスコード. */
  readonly authentication: string;
  /** When the request was handed over, in JST; absent for who was not asked. */
  readonly asked?: string;
  /** When the person first opened the documents, in JST; absent as long as that is not on record. */
  readonly opened?: string;
};

/** A timestamp in an executed document. */
export type CertifiedTimestamp = {
  /** What it stands on: 送信者の署名, 確認者１の署名, 締結の署名, 書類全体. */
  readonly on: string;
  /** The authority's time, in JST: `2026年12月1日 14:03:22 JST`. */
  readonly at: string;
};

/** One executed document. */
export type CertifiedDocument = {
  /** File name. */
  readonly name: string;
  /** Number of pages. */
  readonly pages: number;
  /** Length in bytes. */
  readonly size: number;
  /** Hexadecimal SHA-256 of the executed PDF. */
  readonly sha256: string;
  /** In the order in which they were put on. */
  readonly timestamps: readonly CertifiedTimestamp[];
  /** The timestamp authority, as its certificate names it; empty when not known. */
  readonly authority: string;
};

/** What the certificate states. Texts are printed as they are. */
export type CertificateFacts = {
  /** 案件番号. */
  readonly caseNumber: string;
  /** 契約名. */
  readonly title: string;
  /** The executed contract that this one follows: `案件 R8-000123「…」の変更契約`; absent for most. */
  readonly refersTo?: string;
  /** The 版 that was agreed to, `第2版`, where there were earlier ones, whose agreements lapsed; absent for the first. */
  readonly version?: string;
  /** 契約日, as people read it. */
  readonly contractDate: string;
  /** The public body, 見本県. */
  readonly publicBody: string;
  /** The department; empty when there is none. */
  readonly department: string;
  /** When the last party agreed, in JST. */
  readonly executedAt: string;
  /** In the order in which they acted. */
  readonly parties: readonly CertifiedParty[];
  /** Every document of the case. */
  readonly documents: readonly CertifiedDocument[];
  /** Hexadecimal hash of the case's last event, which holds the whole history. */
  readonly historyHead: string;
  /** How many events that history has. */
  readonly historyLength: number;
  /** Who runs the service and seals in its own name. */
  readonly operator: string;
  /** Where anyone can have a PDF verified. */
  readonly verifyUrl: string;
};

const BODY = 9.5;
const NOTE = 8.5;
const HEAD = 7.5;
/** The contract's name: what one looks for in a pile of papers. */
const NAME = 12;
const LABEL_WIDTH = 92;
const VALUE_WIDTH = SHEET_WIDTH - LABEL_WIDTH;
const PERSON_WIDTH = 215;

/**
 * Makes the certificate as PDF/A-2u (A4, fonts embedded), to be sealed afterwards. The same facts give the same
 * bytes. `font` is a TrueType font with all JIS kanji; what it has no glyph for is printed as 〓.
 */
export async function makeCertificate(
  facts: CertificateFacts,
  font: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = await startSheet(font);
  sheet.title("合意締結証明書");
  sheet.paragraph({
    text: "次の契約について、すべての当事者が電磁的記録の内容に同意し、契約が締結されたことを証明します。",
    size: BODY,
  });
  writeContract(sheet, facts);
  writeParties(sheet, facts.parties);
  writeDocuments(sheet, facts.documents);
  writeTimestamps(sheet, facts.documents);
  writeProof(sheet, facts);
  return await sheet.finish({
    title: `合意締結証明書 ${facts.caseNumber}`,
    author: facts.operator,
    id: createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32),
  }, `合意締結証明書　案件番号 ${facts.caseNumber}　${facts.operator}`);
}

function writeContract(sheet: Sheet, facts: CertificateFacts): void {
  sheet.heading("契約");
  labelled(sheet, "契約名", facts.title, NAME);
  const half = { width: PERSON_WIDTH, texts: [plain(facts.caseNumber)] };
  sheet.row([label("案件番号"), half, label("契約日"), {
    width: VALUE_WIDTH - PERSON_WIDTH - LABEL_WIDTH,
    texts: [plain(facts.contractDate)],
  }]);
  if (facts.version !== undefined) {
    labelled(sheet, "版", `${facts.version}（この版のみが有効です。以前の版への同意は効力を失いました）`);
  }
  if (facts.refersTo !== undefined) labelled(sheet, "元の契約", facts.refersTo);
  labelled(sheet, "発注者", [facts.publicBody, facts.department].filter((name) => name !== "").join("　"));
  labelled(sheet, "締結日時", `${facts.executedAt}（最後の当事者が同意した日時）`);
}

/** A further time in a row; nothing where there is none. */
const noted = (name: string, at: string | undefined): StyledText[] =>
  at === undefined ? [] : [quiet(`${name}　${at}`)];

function writeParties(sheet: Sheet, parties: readonly CertifiedParty[]): void {
  sheet.heading("当事者と同意の記録");
  sheet.columns([
    { width: LABEL_WIDTH, texts: [head("役割")] },
    { width: PERSON_WIDTH, texts: [head("氏名／メールアドレス")] },
    { width: VALUE_WIDTH - PERSON_WIDTH, texts: [head("日時（本サービスの記録）／本人確認の方法")] },
  ]);
  for (const { role, name, address, at, authentication, asked, opened } of parties) {
    sheet.row([
      label(role),
      { width: PERSON_WIDTH, texts: [plain(name), quiet(address), ...noted("依頼", asked)] },
      {
        width: VALUE_WIDTH - PERSON_WIDTH,
        texts: [plain(at), quiet(authentication), ...noted("閲覧", opened)],
      },
    ]);
  }
}

function writeDocuments(sheet: Sheet, documents: readonly CertifiedDocument[]): void {
  sheet.heading("締結された書類");
  for (const [index, { name, pages, size, sha256 }] of documents.entries()) {
    sheet.row([label(`書類${index + 1}`), {
      width: VALUE_WIDTH,
      texts: [
        plain(name),
        quiet(`${pages.toLocaleString("en")}ページ　${size.toLocaleString("en")}バイト　SHA-256：`),
        quiet(grouped(sha256)),
      ],
    }]);
  }
}

/**
 * The authority's times stand apart from those of the acts: only they are proved by a third party. In two columns,
 * since they are short and many.
 */
function writeTimestamps(sheet: Sheet, documents: readonly CertifiedDocument[]): void {
  if (documents.every(({ timestamps }) => timestamps.length === 0)) return;
  sheet.heading("時刻認証局（TSA）が証明した日時");
  const authorities = new Set(documents.map(({ authority }) => authority).filter((name) => name !== ""));
  if (authorities.size > 0) sheet.paragraph(quiet(`時刻認証局：${[...authorities].join("、")}`));
  for (const [index, { timestamps }] of documents.entries()) {
    if (timestamps.length === 0) continue;
    const texts = timestamps.map(({ on, at }) => quiet(`${on}　${at}`));
    const middle = Math.ceil(texts.length / 2);
    const width = VALUE_WIDTH / 2;
    sheet.row([
      label(`書類${index + 1}`),
      { width, texts: texts.slice(0, middle) },
      { width, texts: texts.slice(middle) },
    ]);
  }
}

function writeProof(sheet: Sheet, facts: CertificateFacts): void {
  sheet.heading("確認の方法");
  labelled(sheet, "検証ページ", facts.verifyUrl);
  labelled(sheet, "記録の要約値", grouped(facts.historyHead), NOTE);
  for (
    const text of [
      "検証ページに締結済みのPDFを渡すと、署名・タイムスタンプ・締結後の変更の有無が分かります（Adobe Acrobat でも可）。",
      "手元のPDFの SHA-256 が上の値（空白を除く）と同じなら、この証明書が指す書類そのものです。",
      "当事者の日時は本サービスの時計に、時刻認証局の日時は第三者である時刻認証局の時計によります。",
      `記録の要約値は、受付から電子署名までの記録${facts.historyLength}件を一つにまとめた値で、記録が一つでも変われば一致しません。`,
      `各当事者の意思に基づき、立会人である ${facts.operator} が自らの名義で電子署名を付しました（この証明書にも）。`,
    ]
  ) sheet.paragraph({ text, size: NOTE, quiet: true });
}

function labelled(sheet: Sheet, name: string, value: string, size = BODY): void {
  sheet.row([label(name), { width: VALUE_WIDTH, texts: [{ text: value, size }] }]);
}

/** Hexadecimal digits in groups of eight, so that two people can compare them aloud. */
function grouped(hex: string): string {
  return hex.match(/.{1,8}/g)?.join(" ") ?? "";
}

function label(text: string): Cell {
  return { width: LABEL_WIDTH, texts: [{ text, size: BODY, quiet: true }] };
}

function head(text: string): StyledText {
  return { text, size: HEAD, quiet: true };
}

function plain(text: string): StyledText {
  return { text, size: BODY };
}

function quiet(text: string): StyledText {
  return { text, size: NOTE, quiet: true };
}
