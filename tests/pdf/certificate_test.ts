import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream } from "pdf-lib";
import { extractText, getMeta } from "unpdf";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { type CertificateFacts, makeCertificate } from "../../lib/pdf/certificate.ts";
import { given } from "../conformance/page_renderer.ts";
import { type Image, inkIn, readPng } from "../support/png_image.ts";

const AT = "2026年12月1日 14:03:22 JST";
const FACTS: CertificateFacts = {
  caseNumber: "R8-000123",
  title: "庁内ネットワーク機器保守業務委託",
  refersTo: "案件 R8-000001「庁内ネットワーク機器保守業務委託」の変更契約",
  contractDate: "令和8年12月1日",
  publicBody: "見本県",
  department: "会計局会計管理課",
  executedAt: AT,
  parties: [
    {
      role: "確認者１",
      name: "株式会社髙﨑製作所　代表取締役　𠮷田 鷗外",
      address: "officer@takasaki.example.co.jp",
      at: AT,
      authentication: "メール認証＋アクセスコード",
      asked: "2026年11月30日 09:00:05 JST",
      opened: "2026年12月1日 13:58:11 JST",
    },
    {
      role: "承認者",
      name: "会計 花子",
      address: "approver@pref.example.lg.jp",
      at: AT,
      authentication: "メール認証",
    },
  ],
  documents: [{
    name: "業務委託契約書（締結済）.pdf",
    pages: 6,
    size: 1_231_204,
    sha256: "0123456789abcdef".repeat(4),
    timestamps: [
      { on: "確認者１の署名", at: "2026年12月1日 14:03:24 JST" },
      { on: "書類全体", at: "2026年12月1日 14:03:27 JST" },
    ],
    authority: "見本時刻認証局 Unit 1",
  }],
  historyHead: "fedcba9876543210".repeat(4),
  historyLength: 37,
  operator: "見本県電子契約",
  verifyUrl: "https://keiyaku.example.lg.jp/verify",
};

const make = async (facts: Partial<CertificateFacts>) =>
  await makeCertificate({ ...FACTS, ...facts }, await loadFont("sans"));

function streamIn(dictionary: PDFDict, name: string): PDFRawStream {
  const found = dictionary.lookup(PDFName.of(name));
  ok(found instanceof PDFRawStream);
  return found;
}

/** The text of all pages without spaces, as readers of PDFs put those where they see fit. */
async function textOf(pdf: Uint8Array): Promise<string> {
  const { text } = await extractText(new Uint8Array(pdf), { mergePages: true });
  return text.replaceAll(/\s/g, "");
}

async function pagesOf(pdf: Uint8Array<ArrayBuffer>): Promise<Image[]> {
  const renderer = pdfiumRenderer({ workers: 1 });
  try {
    const [name, content] = given(pdf);
    const images: Image[] = [];
    for (let page = 1; page <= (await renderer.pages(name, content)).length; page++) {
      images.push(readPng(await renderer.png(name, content, page, 1_785)));
    }
    return images;
  } finally {
    await renderer.close();
  }
}

Deno.test("the certificate states every fact it was given", async () => {
  const text = await textOf(await make({}));
  const { documents: [document], parties, ...plain } = FACTS;
  const stated = [
    ...Object.values(plain),
    ...parties.flatMap((party) => Object.values(party)),
    document!.name,
    document!.sha256,
    document!.authority,
    ...document!.timestamps.flatMap((each) => Object.values(each)),
    "6ページ",
    "1,231,204バイト",
  ];
  for (const fact of stated) ok(text.includes(String(fact).replaceAll(/\s/g, "")), String(fact));
});

Deno.test("the certificate says in its metadata which case it is of", async () => {
  const { info } = await getMeta(await make({}));
  equal(info?.["Title"], "合意締結証明書 R8-000123");
  equal(info?.["Author"], "見本県電子契約");
  equal(info?.["CreationDate"], undefined);
});

Deno.test("the certificate is PDF/A-2u: it says so, and its colours are defined", async () => {
  const { catalog, context } = await PDFDocument.load(await make({ operator: "見本<県>&電子契約" }));
  const metadata = streamIn(catalog, "Metadata");
  equal(metadata.dict.get(PDFName.of("Filter")), undefined);
  const xmp = new TextDecoder().decode(metadata.contents);
  match(xmp, /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>U<\/pdfaid:conformance>/);
  ok(xmp.includes("合意締結証明書 R8-000123") && xmp.includes("見本&lt;県&gt;&amp;電子契約"));
  const intent = catalog.lookup(PDFName.of("OutputIntents"), PDFArray).lookup(0, PDFDict);
  equal(String(intent.get(PDFName.of("S"))), "/GTS_PDFA1");
  const profile = streamIn(intent, "DestOutputProfile");
  equal(String(profile.dict.get(PDFName.of("N"))), "3");
  // ICC.1:2001-04 §6.1: the colour space of the data, and the mark of a profile.
  const icc = new TextDecoder("latin1").decode(decodePDFRawStream(profile).decode());
  deepEqual([icc.slice(16, 20), icc.slice(36, 40)], ["RGB ", "acsp"]);
  ok(context.trailerInfo.Encrypt === undefined);
});

Deno.test("the same facts give the same bytes, other facts another file identifier", async () => {
  const first = await make({});
  deepEqual(await make({}), first);
  const idOf = async (pdf: Uint8Array) => String((await PDFDocument.load(pdf)).context.trailerInfo.ID);
  ok((await idOf(first)) !== (await idOf(await make({ title: "別の契約" }))));
});

Deno.test("one page is enough for a usual case, and its font comes with it", async () => {
  const pdf = await make({});
  equal((await PDFDocument.load(pdf)).getPageCount(), 1);
  ok(pdf.length < 100_000);
  ok(new TextDecoder("latin1").decode(pdf).includes("/FontFile2"));
});

Deno.test("the document is tagged: readers are told its headings, and the order of its texts", async () => {
  const { catalog, context } = await PDFDocument.load(await make({}));
  equal(String(catalog.lookup(PDFName.of("MarkInfo"), PDFDict).get(PDFName.of("Marked"))), "true");
  const root = catalog.lookup(PDFName.of("StructTreeRoot"), PDFDict);
  const whole = root.lookup(PDFName.of("K"), PDFArray).lookup(0, PDFDict);
  const roles = whole.lookup(PDFName.of("K"), PDFArray).asArray().map((ref) =>
    String(context.lookup(ref, PDFDict).get(PDFName.of("S")))
  );
  equal(roles[0], "/H1");
  equal(roles.filter((role) => role === "/H2").length, 5);
  ok(roles.every((role) => ["/H1", "/H2", "/P"].includes(role)));
});

Deno.test("a table's columns are named again on every page that it goes on to", async () => {
  const parties = Array.from({ length: 40 }, (_, n) => ({ ...FACTS.parties[0]!, name: `確認者 第${n}番` }));
  const { text } = await extractText(new Uint8Array(await make({ parties })));
  const withParties = text.filter((page) => page.includes("takasaki.example.co.jp"));
  ok(withParties.length >= 2);
  for (const page of withParties) ok(page.replaceAll(/\s/g, "").includes("氏名／メールアドレス"));
});

Deno.test("without timestamps nothing is said of them", async () => {
  const [document] = FACTS.documents;
  const text = await textOf(await make({ documents: [{ ...document!, timestamps: [], authority: "" }] }));
  ok(!text.includes("時刻認証局（TSA）"));
});

Deno.test("many parties and documents take several pages, each with the case number", async () => {
  const parties = Array.from({ length: 30 }, (_, n) => ({ ...FACTS.parties[0]!, name: `確認者 第${n}番` }));
  const documents = Array.from(
    { length: 20 },
    (_, n) => ({ ...FACTS.documents[0]!, name: `覚書${n}号.pdf` }),
  );
  const pdf = await make({ parties, documents });
  const { text, totalPages } = await extractText(new Uint8Array(pdf));
  ok(totalPages >= 4);
  for (const [index, page] of text.entries()) {
    ok(page.includes("R8-000123") && page.includes(`${index + 1} / ${totalPages}`));
  }
  const all = await textOf(pdf);
  for (const { name } of [...parties, ...documents]) ok(all.includes(name.replaceAll(" ", "")), name);
});

Deno.test("long names are wrapped, whether or not they have spaces", async () => {
  const name = "株式会社".padEnd(300, "長い名前");
  const address = `${"a".repeat(64)}@${"b".repeat(60)}.${"c".repeat(60)}.example.jp`;
  const pdf = await make({ title: "題".repeat(1_000), parties: [{ ...FACTS.parties[0]!, name, address }] });
  const text = await textOf(pdf);
  for (const fact of [name, address, "題".repeat(1_000)]) ok(text.includes(fact));
  const margin = { left: 0.93, top: 0, right: 1, bottom: 1 };
  for (const image of await pagesOf(pdf)) equal(inkIn(image, margin), 0);
});

Deno.test("a character that the font lacks is shown as 〓, one for one", async () => {
  const text = await textOf(await make({ title: "前\u{1F600}\u{13000}\ue000後" }));
  ok(text.includes("前〓〓〓後"));
});

Deno.test("parted kana are put together, controls become a space", async () => {
  const text = await textOf(await make({ title: "か\u3099くふ\u309aり\r\n\u0000終\u2028わり" }));
  ok(text.includes("がくぷり終わり"));
});

/** In people's names, and in no table of Windows-31J, or not in this form. */
const NAMES_BEYOND_JIS = ["𠮷", "鷗", "塡", "辻", "剝", "頰"];

Deno.test("every kanji of JIS and its extensions is drawn", async () => {
  const kanji = [...jisKanji(), ...NAMES_BEYOND_JIS];
  ok(kanji.length > 6_700 && ["髙", "﨑", "德", "濵"].every((each) => kanji.includes(each)));
  const perLine = 31;
  // The first page is filled up, so that the kanji begin on one which holds nothing else.
  const pdf = await make({ title: "一".repeat(perLine * 45) + kanji.join("") });
  ok(!(await textOf(pdf)).includes("〓"));
  const lines = (await pagesOf(pdf)).slice(1).flatMap((image) =>
    linesOf(image).map((line) => ({ image, line }))
  );
  const firstOf = lines.findIndex(({ image, line }) => inkIn(image, { ...cell(0), ...line }) > 0.08);
  for (const [index, each] of kanji.entries()) {
    const { image, line } = lines[firstOf + Math.floor(index / perLine)]!;
    ok(inkIn(image, { ...cell(index % perLine), ...line }) > 0.01, each);
  }
});

/** Where a character of the title stands: after margin and label, at the size of the contract's name. */
const cell = (column: number) => ({
  left: (148 + 12 * column) / 595,
  right: (148 + 12 * (column + 1)) / 595,
});

/** Rows of letters between the page's head and foot, told apart by the white between them. */
function linesOf(image: Image): { top: number; bottom: number }[] {
  const lines: { top: number; bottom: number }[] = [];
  let start = -1;
  for (let y = Math.ceil(image.height * 0.055); y < image.height * 0.93; y++) {
    const row = { left: 0.2, right: 1, top: y / image.height, bottom: (y + 0.5) / image.height };
    const dark = inkIn(image, row) > 0;
    if (dark && start < 0) start = y;
    if (!dark && start >= 0) {
      if (y - start > 8) lines.push({ top: start / image.height, bottom: y / image.height });
      start = -1;
    }
  }
  return lines;
}

/** The kanji of JIS X 0208 with NEC's and IBM's extensions, as Windows-31J orders them. */
function* jisKanji(): Generator<string> {
  const decoder = new TextDecoder("shift_jis");
  for (let lead = 0x88; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if (/^\p{Script=Han}$/u.test(text)) yield text;
    }
  }
}
