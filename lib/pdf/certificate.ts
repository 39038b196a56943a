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
};

/** What the certificate states. Texts are printed as they are. */
export type CertificateFacts = {
  /** 案件番号. */
  readonly caseNumber: string;
  /** 契約名. */
  readonly title: string;
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
  /** Who runs the service and seals in its own name. */
  readonly operator: string;
  /** Where anyone can have a PDF verified. */
  readonly verifyUrl: string;
};

const BODY = 9.5;
const NOTE = 8.5;
const LABEL_WIDTH = 92;

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
  writeProof(sheet, facts);
  return await sheet.finish({
    title: `合意締結証明書 ${facts.caseNumber}`,
    author: facts.operator,
    id: createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 32),
  }, `合意締結証明書　案件番号 ${facts.caseNumber}　${facts.operator}`);
}

function writeContract(sheet: Sheet, facts: CertificateFacts): void {
  sheet.heading("契約");
  labelled(sheet, "案件番号", facts.caseNumber);
  labelled(sheet, "契約名", facts.title);
  labelled(sheet, "契約日", facts.contractDate);
  labelled(sheet, "発注者", [facts.publicBody, facts.department].filter((name) => name !== "").join("　"));
  labelled(sheet, "締結日時", `${facts.executedAt}（最後の当事者が同意した日時）`);
}

function writeParties(sheet: Sheet, parties: readonly CertifiedParty[]): void {
  sheet.heading("当事者と同意の記録");
  for (const { role, name, address, at, authentication } of parties) {
    sheet.row([
      label(role),
      { width: 215, texts: [plain(name), quiet(address)] },
      { width: SHEET_WIDTH - LABEL_WIDTH - 215, texts: [plain(at), quiet(authentication)] },
    ]);
  }
}

function writeDocuments(sheet: Sheet, documents: readonly CertifiedDocument[]): void {
  sheet.heading("締結された書類");
  for (const [index, { name, pages, size, sha256 }] of documents.entries()) {
    sheet.row([label(`書類${index + 1}`), {
      width: SHEET_WIDTH - LABEL_WIDTH,
      texts: [
        plain(name),
        quiet(`${pages.toLocaleString("en")}ページ　${size.toLocaleString("en")}バイト　SHA-256:`),
        quiet(sha256),
      ],
    }]);
  }
}

function writeProof(sheet: Sheet, facts: CertificateFacts): void {
  sheet.heading("確認の方法");
  labelled(sheet, "検証ページ", facts.verifyUrl);
  labelled(sheet, "記録の要約値", facts.historyHead);
  for (
    const text of [
      "検証ページに締結済みのPDFを渡すと、当事者ごとの電子署名、タイムスタンプ、締結後の変更の有無が分かります。" +
      "Adobe Acrobat の署名パネルでも確認できます。",
      "手元のPDFの SHA-256 が上の値と同じなら、この証明書が指す書類そのものです。" +
      "ファイル名を変えても値は変わりません。",
      "記録の要約値は、この案件の受付から電子署名までの記録をすべて一つにまとめた値です。記録が一つでも変われば一致しません。",
      `各当事者の意思に基づき、立会人である ${facts.operator} が自らの名義で電子署名を付しました。` +
      "この証明書にも同じ名義の電子署名とタイムスタンプが付されています。",
    ]
  ) sheet.paragraph({ text, size: NOTE, quiet: true });
}

function labelled(sheet: Sheet, name: string, value: string): void {
  sheet.row([label(name), { width: SHEET_WIDTH - LABEL_WIDTH, texts: [plain(value)] }]);
}

function label(text: string): Cell {
  return { width: LABEL_WIDTH, texts: [{ text, size: BODY, quiet: true }] };
}

function plain(text: string): StyledText {
  return { text, size: BODY };
}

function quiet(text: string): StyledText {
  return { text, size: NOTE, quiet: true };
}
