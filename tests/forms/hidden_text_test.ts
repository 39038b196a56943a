import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { zipSync } from "fflate";
import { readConsent } from "../../lib/forms/read_consent.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function valuesIn(parts: Record<string, string>): Promise<Record<string, string>> {
  const files = Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, bytesOf(xml)]));
  const content = new Uint8Array(zipSync(files));
  const read = await readConsent({ files: [{ filename: "form", content }], text: "" });
  return Object.fromEntries(read.read ? read.fields.map(({ path, value }) => [path, value]) : []);
}

const WANT = {
  contractName: "清掃業務委託",
  company: "青空産業株式会社",
  "confirmer1.name": "青木 空",
  "confirmer1.address": "aoki@aozora.example.jp",
};

const p = (...runs: string[]) => `<w:p>${runs.join("")}</w:p>`;
const r = (text: string, properties = "") => `<w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r>`;
const VANISH = "<w:vanish/>";

Deno.test("hidden and deleted text of a Word file is not read", async () => {
  deepEqual(
    await valuesIn({
      "word/styles.xml": '<w:styles><w:style w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>' +
        '<w:style w:styleId="Son"><w:basedOn w:val="Gone"/></w:style></w:styles>',
      "word/comments.xml": `<w:comments><w:comment>${
        p(r("確認者３ 氏名：前の 人"))
      }</w:comment></w:comments>`,
      "word/footnotes.xml": `<w:footnotes>${p(r("確認者４ 氏名：脚 注"))}</w:footnotes>`,
      "word/document.xml": `<w:document><w:body>${p(r("電子契約同意書"))}` +
        p(
          r("商号又は名称："),
          `<w:del><w:r><w:delText>旧社名株式会社</w:delText></w:r></w:del>`,
          r("青空産業株式会社"),
        ) +
        p(
          r("契約名："),
          r("前年の契約", VANISH),
          r("清掃", '<w:vanish w:val="0"/>'),
          r("業務委託", '<w:rStyle w:val="No"/>'),
        ) +
        p(r("確認者１ 氏名："), r("青木 空"), r("（前任者）", '<w:rStyle w:val="Son"/>')) +
        `<w:p><w:pPr><w:rPr>${VANISH}</w:rPr></w:pPr>${
          r("確認者１ メールアドレス：aoki@aozora.example.jp")
        }</w:p>` +
        p(r("確認者３ 氏名：旧社名株式会社", VANISH)) +
        `<w:p><w:pPr><w:pStyle w:val="Gone"/></w:pPr>${r("確認者３ 氏名：旧社名株式会社")}</w:p>` +
        "</w:body></w:document>",
    }),
    WANT,
  );
});

Deno.test("furigana over a name of a Word file is no part of it", async () => {
  const ruby =
    "<w:r><w:ruby><w:rt><w:r><w:t>あおき</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>青木</w:t></w:r>" +
    "</w:rubyBase></w:ruby></w:r>";
  deepEqual(
    await valuesIn({
      "word/document.xml": `<w:document><w:body>${p(r("電子契約同意書"))}` +
        `${p(r("商号又は名称：青空産業株式会社"))}${p(r("契約名：清掃業務委託"))}` +
        `${p(r("確認者１ 氏名："), ruby, r(" 空"))}${
          p(r("確認者１ メールアドレス：aoki@aozora.example.jp"))
        }` +
        "</w:body></w:document>",
    }),
    WANT,
  );
});

const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, label: string, value: string, more = "") =>
  `<row r="${number}" ${more}>${cell(`A${number}`, label)}${cell(`B${number}`, value)}` +
  `${cell(`D${number}`, "旧社名株式会社")}${cell(`F${number}`, "旧社名株式会社")}</row>`;

Deno.test("hidden rows, columns and sheets of a spreadsheet are not read", async () => {
  const sheet =
    '<worksheet><cols><col min="4" max="5" width="9" hidden="1"/><col min="6" max="6" width="0"/></cols>' +
    `<sheetData>${row(1, "商号又は名称", "青空産業株式会社")}${row(2, "契約名", "清掃業務委託")}` +
    `${row(3, "確認者１ 氏名", "青木 空")}${row(4, "確認者１ メールアドレス", "aoki@aozora.example.jp")}` +
    `${row(5, "確認者２ 氏名", "前の 人", 'hidden="1"')}${
      row(6, "確認者３ 氏名", "前の 人", 'ht="0" customHeight="1"')
    }` +
    "</sheetData></worksheet>";
  const old = `<worksheet><sheetData>${row(1, "確認者３ 氏名", "旧社名株式会社")}</sheetData></worksheet>`;
  deepEqual(
    await valuesIn({
      "xl/workbook.xml": '<workbook><sheets><sheet name="同意書" sheetId="1" r:id="rId1"/>' +
        '<sheet name="旧" sheetId="2" state="veryHidden" r:id="rId2"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels":
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>' +
        '<Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
      "xl/worksheets/sheet1.xml": sheet,
      "xl/worksheets/sheet2.xml": old,
    }),
    WANT,
  );
});

Deno.test("hidden rows of a spreadsheet part no heads from what stands below them", async () => {
  const line = (number: number, texts: readonly string[], more = "") =>
    `<row r="${number}" ${more}>${
      texts.map((text, at) => cell(`${"ABC"[at]}${number}`, text)).join("")
    }</row>`;
  const gone = [4, 5, 6].map((number) => line(number, ["見本", "前の 人", "前の 人"], 'hidden="1"')).join("");
  const values = await valuesIn({
    "xl/workbook.xml": '<workbook><sheets><sheet name="同意書" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${line(1, ["商号又は名称", "青空産業株式会社"])}` +
      `${line(2, ["契約名", "清掃業務委託"])}${line(3, ["", "確認者１", "確認者２"])}${gone}` +
      `${line(7, ["氏名", "青木 空", "森 緑"])}` +
      `${
        line(8, ["メールアドレス", "aoki@aozora.example.jp", "mori@aozora.example.jp"])
      }</sheetData></worksheet>`,
  });
  deepEqual(values, { ...WANT, "confirmer2.name": "森 緑", "confirmer2.address": "mori@aozora.example.jp" });
});
