/**
 * A blank form as Word document (ECMA-376 part 1, §17): a heading, a table of two columns, notes.
 *
 * @module
 */
import { strToU8, zipSync } from "fflate";
import type { BlankForm, BlankRow } from "./blank_form.ts";
import { escapeXml, OPEN_XML_DATE, XML_HEAD } from "./open_xml.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/** Columns in twentieths of a point. */
const LABEL_WIDTH = 3_900;
const VALUE_WIDTH = 5_700;

const MARGINS =
  '<w:tblCellMar><w:left w:w="120" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>';

type Look = { readonly size?: number; readonly centred?: boolean; readonly grey?: boolean };

function paragraph(text: string, { size = 21, centred = false, grey = false }: Look = {}): string {
  const side = centred ? '<w:jc w:val="center"/>' : "";
  const placed = `<w:pPr><w:spacing w:before="50" w:after="50"/>${side}</w:pPr>`;
  const colour = grey ? '<w:color w:val="555555"/>' : "";
  const font = '<w:rFonts w:ascii="Yu Gothic" w:hAnsi="Yu Gothic" w:eastAsia="游ゴシック"/>';
  const run = `<w:rPr>${font}${colour}<w:sz w:val="${size}"/></w:rPr>`;
  return text === ""
    ? "<w:p></w:p>"
    : `<w:p>${placed}<w:r>${run}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

const cell = (width: number, content: string): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>${content}</w:tc>`;

function tableRow({ label, help }: BlankRow): string {
  const named = paragraph(label) + (help === "" ? "" : paragraph(`（${help}）`, { size: 16, grey: true }));
  return '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="560"/></w:trPr>' +
    `${cell(LABEL_WIDTH, named)}${cell(VALUE_WIDTH, paragraph(""))}</w:tr>`;
}

function table(rows: readonly BlankRow[]): string {
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="444444"/>`).join("");
  const grid = `<w:gridCol w:w="${LABEL_WIDTH}"/><w:gridCol w:w="${VALUE_WIDTH}"/>`;
  return `<w:tbl><w:tblPr><w:tblW w:w="${LABEL_WIDTH + VALUE_WIDTH}" w:type="dxa"/>` +
    `<w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>${MARGINS}</w:tblPr>` +
    `<w:tblGrid>${grid}</w:tblGrid>${rows.map(tableRow).join("")}</w:tbl>`;
}

function body({ title, mark, consent, rows, notes }: BlankForm): string {
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' +
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>' +
    "</w:sectPr>";
  const parts = [
    paragraph(mark),
    paragraph(title, { size: 30, centred: true }),
    paragraph(consent),
    table(rows),
    ...notes.map((note) => paragraph(`※ ${note}`, { size: 18 })),
  ];
  return `${XML_HEAD}<w:document ${W}><w:body>${parts.join("")}${page}</w:body></w:document>`;
}

/** The file. The same form gives the same bytes. */
export function blankDocx(form: BlankForm): Uint8Array<ArrayBuffer> {
  const types = `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Override PartName="/word/document.xml" ContentType="${MAIN}"/></Types>`;
  const relations = `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">` +
    `<Relationship Id="rId1" Type="${DOCUMENT}" Target="word/document.xml"/></Relationships>`;
  const files = {
    "[Content_Types].xml": strToU8(types),
    "_rels/.rels": strToU8(relations),
    "word/document.xml": strToU8(body(form)),
  };
  return new Uint8Array(zipSync(files, { mtime: OPEN_XML_DATE }));
}
