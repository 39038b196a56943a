/**
 * A blank form as workbook (ECMA-376 part 1, §18): labels in column A, cells to fill in beside them in column B.
 *
 * @module
 */
import { strToU8, zipSync } from "fflate";
import type { BlankForm } from "./blank_form.ts";
import { escapeXml, OPEN_XML_DATE, XML_HEAD } from "./open_xml.ts";

const S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/** Cell formats in the order of `styles.xml`. */
const PLAIN = 0, TITLE = 1, LABEL = 2, VALUE = 3;

const text = (reference: string, style: number, value: string): string =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${
    escapeXml(value)
  }</t></is></c>`;

const line = (row: number, height: number, cells: string): string =>
  `<row r="${row}" ht="${height}" customHeight="1">${cells}</row>`;

/** Row of the first field, counted from 1. */
const FIRST_ROW = 5;

function sheet({ title, mark, consent, rows, notes }: BlankForm): string {
  const after = FIRST_ROW + rows.length;
  const lines = [
    line(1, 20, text("A1", PLAIN, mark)),
    line(2, 32, text("A2", TITLE, title)),
    line(3, 40, text("A3", PLAIN, consent)),
    ...rows.map(({ label, help }, index) => {
      const row = FIRST_ROW + index;
      const named = text(`A${row}`, LABEL, help === "" ? label : `${label}\n（${help}）`);
      return line(row, 36, `${named}<c r="B${row}" s="${VALUE}"/>`);
    }),
    ...notes.map((note, index) =>
      line(after + 1 + index, 32, text(`A${after + 1 + index}`, PLAIN, `※ ${note}`))
    ),
  ];
  const wide = [2, 3, ...notes.map((_, index) => after + 1 + index)];
  const merged = wide.map((row) => `<mergeCell ref="A${row}:B${row}"/>`).join("");
  return `${XML_HEAD}<worksheet xmlns="${S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    '<cols><col min="1" max="1" width="40" customWidth="1"/>' +
    '<col min="2" max="2" width="56" customWidth="1"/></cols>' +
    `<sheetData>${lines.join("")}</sheetData><mergeCells count="${wide.length}">${merged}</mergeCells>` +
    '<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="1"/></worksheet>';
}

function styles(): string {
  const font = (size: number) =>
    `<font><sz val="${size}"/><color rgb="FF222222"/><name val="游ゴシック"/></font>`;
  const side = (name: string) => `<${name} style="thin"><color rgb="FF444444"/></${name}>`;
  const format = (font: number, border: number, across: string, number = 0) =>
    `<xf numFmtId="${number}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyFont="1" ` +
    `applyBorder="1" applyAlignment="1" applyNumberFormat="1">` +
    `<alignment horizontal="${across}" vertical="center" wrapText="1"/></xf>`;
  return `${XML_HEAD}<styleSheet xmlns="${S}">` +
    `<fonts count="2">${font(11)}${font(16)}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>` +
    `<border>${["left", "right", "top", "bottom"].map(side).join("")}<diagonal/></border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    // 49 is text: a date or a number that is typed in stays as it was typed
    `<cellXfs count="4">${format(0, 0, "left")}${format(1, 0, "center")}${format(0, 1, "left")}` +
    `${format(0, 1, "left", 49)}</cellXfs></styleSheet>`;
}

/** The file. The same form gives the same bytes. */
export function blankXlsx(form: BlankForm): Uint8Array<ArrayBuffer> {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${R}/${type}" Target="${target}"/>`;
  const relations = (inside: string) =>
    `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`;
  const part = (path: string, type: string) =>
    `<Override PartName="${path}" ContentType="${SHEET_TYPE}.${type}+xml"/>`;
  const files = {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      part("/xl/workbook.xml", "sheet.main") + part("/xl/worksheets/sheet1.xml", "worksheet") +
      `${part("/xl/styles.xml", "styles")}</Types>`,
    "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `${XML_HEAD}<workbook xmlns="${S}" xmlns:r="${R}"><sheets>` +
      '<sheet name="同意書" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relations(
      relation(1, "worksheet", "worksheets/sheet1.xml") + relation(2, "styles", "styles.xml"),
    ),
    "xl/worksheets/sheet1.xml": sheet(form),
    "xl/styles.xml": styles(),
  };
  const packed = Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]));
  return new Uint8Array(zipSync(packed, { mtime: OPEN_XML_DATE }));
}
