/**
 * A blank form as workbook (ECMA-376 part 1, §18): labels in column A, cells to fill in beside them in column B. Only
 * those can be changed; the sheet has no password.
 *
 * @module
 */
import { type BlankForm, type BlankPart, type BlankRow, fieldName, rowHint, rowTip } from "./blank_form.ts";
import { blankXlsxStyles, HEADING, LABEL, NOTE, PLAIN, TITLE, VALUE } from "./blank_xlsx_styles.ts";
import { escapeXml, XML_HEAD } from "./open_xml.ts";
import { openXmlFile } from "./open_xml_file.ts";

const S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SHEET_NAME = "同意書";

/** Heights in points. */
const HEIGHT = { text: 20, title: 34, consent: 40, room: 8, heading: 20, note: 20, 1: 34, 2: 46 } as const;

const INK = "FF222222", MUST = "FFB01C1C", QUIET = "FF54646F";

const string = (reference: string, style: number, inside: string): string =>
  `<c r="${reference}" s="${style}" t="inlineStr"><is>${inside}</is></c>`;

const plain = (text: string): string => `<t xml:space="preserve">${escapeXml(text)}</t>`;

const run = (text: string, size: number, colour: string): string =>
  text === ""
    ? ""
    : `<r><rPr><sz val="${size}"/><color rgb="${colour}"/><rFont val="游ゴシック"/></rPr>${plain(text)}</r>`;

/** The label, and below it what to write. */
function label(row: BlankRow): string {
  const { must, help } = rowHint(row);
  if (must + help === "") return plain(row.label);
  return run(`${row.label}\n`, 11, INK) + run(must, 8, MUST) + run(help, 8, QUIET);
}

/** The sheet's rows as they come, and where its fields are. */
class Rows {
  readonly xml: string[] = [];
  readonly merged: string[] = [];
  readonly fields: { readonly part: BlankPart; readonly row: BlankRow; readonly cell: string }[] = [];
  /** The last row of the first page, where there is a second. */
  pageEnd = 0;
  #next = 1;

  turn(): void {
    this.pageEnd = this.#next - 1;
  }

  /** A text over both columns. */
  wide(text: string, style: number, height: number): void {
    const row = this.#next;
    this.#line(
      height,
      (text === "" ? `<c r="A${row}" s="${style}"/>` : string(`A${row}`, style, plain(text))) +
        `<c r="B${row}" s="${style}"/>`,
    );
    this.merged.push(`A${row}:B${row}`);
  }

  part(part: BlankPart): void {
    // Without room between, the heading would stand where the value of the label above it may be.
    this.wide("", PLAIN, HEIGHT.room);
    this.wide(part.heading, HEADING, HEIGHT.heading);
    for (const row of part.rows) this.#field(part, row);
  }

  #field(part: BlankPart, row: BlankRow): void {
    const at = this.#next;
    this.fields.push({ part, row, cell: `B${at}` });
    const value = row.value === undefined
      ? `<c r="B${at}" s="${VALUE}"/>`
      : string(`B${at}`, VALUE, plain(row.value));
    this.#line(HEIGHT[row.lines], string(`A${at}`, LABEL, label(row)) + value);
  }

  #line(height: number, cells: string): void {
    this.xml.push(`<row r="${this.#next}" ht="${height}" customHeight="1">${cells}</row>`);
    this.#next++;
  }
}

function rowsOf({ title, mark, consent, parts, notes, members }: BlankForm): Rows {
  const rows = new Rows();
  rows.wide(mark, PLAIN, HEIGHT.text);
  rows.wide(title, TITLE, HEIGHT.title);
  rows.wide(consent, PLAIN, HEIGHT.consent);
  for (const part of parts) rows.part(part);
  for (const note of ["", ...notes.map((each) => `※ ${each}`)]) rows.wide(note, NOTE, HEIGHT.note);
  if (members.length > 0) rows.turn();
  for (const part of members) rows.part(part);
  return rows;
}

/** Words that Excel shows beside a cell while it is filled in; an address without ＠ is asked about (§18.3.1.32). */
function hints({ fields }: Rows): string {
  const entries = fields.map(({ part, row, cell }) => {
    const said = `showInputMessage="1" promptTitle="${escapeXml(fieldName(part, row))}" prompt="${
      escapeXml(rowTip(part, row))
    }"`;
    if (!row.label.includes("メールアドレス")) {
      return `<dataValidation allowBlank="1" ${said} sqref="${cell}"/>`;
    }
    const message = 'errorTitle="メールアドレス" error="「@」がありません。このまま記入しますか。"';
    return `<dataValidation type="custom" errorStyle="warning" allowBlank="1" showErrorMessage="1" ${message} ${said} ` +
      `sqref="${cell}"><formula1>ISNUMBER(FIND("@",ASC(${cell})))</formula1></dataValidation>`;
  });
  return `<dataValidations count="${entries.length}">${entries.join("")}</dataValidations>`;
}

function sheet(rows: Rows): string {
  const { pageEnd } = rows;
  const merged = rows.merged.map((range) => `<mergeCell ref="${range}"/>`).join("");
  return `${XML_HEAD}<worksheet xmlns="${S}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>` +
    `<sheetViews><sheetView showGridLines="0" workbookViewId="0"><selection activeCell="${
      rows.fields[0]!.cell
    }" ` +
    `sqref="${rows.fields[0]!.cell}"/></sheetView></sheetViews>` +
    '<cols><col min="1" max="1" width="38" customWidth="1"/><col min="2" max="2" width="58" customWidth="1"/></cols>' +
    `<sheetData>${rows.xml.join("")}</sheetData>` +
    '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"/>' +
    `<mergeCells count="${rows.merged.length}">${merged}</mergeCells>${hints(rows)}` +
    '<printOptions horizontalCentered="1"/>' +
    '<pageMargins left="0.6" right="0.6" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>' +
    `<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="${pageEnd > 0 ? 0 : 1}"/>` +
    (pageEnd > 0
      ? `<rowBreaks count="1" manualBreakCount="1"><brk id="${pageEnd}" max="16383" man="1"/></rowBreaks>`
      : "") +
    "</worksheet>";
}

/** The file. The same form gives the same bytes. */
export function blankXlsx(form: BlankForm): Uint8Array<ArrayBuffer> {
  const book =
    `${XML_HEAD}<workbook xmlns="${S}" xmlns:r="${R}"><bookViews><workbookView/></bookViews><sheets>` +
    `<sheet name="${SHEET_NAME}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const part = (name: string, type: string, xml: string) => ({
    path: `xl/${name}.xml`,
    type: `${TYPE}.${type}+xml`,
    xml,
  });
  return openXmlFile(form.title, part("workbook", "sheet.main", book), {
    worksheet: part("worksheets/sheet1", "worksheet", sheet(rowsOf(form))),
    styles: part("styles", "styles", blankXlsxStyles()),
  });
}
