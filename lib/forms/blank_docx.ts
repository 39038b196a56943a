/**
 * A blank form as Word document (ECMA-376 part 1, §17): a heading, tables of two columns, notes. What is to be filled
 * in are content controls, so that the cursor finds them and nothing else is changed by accident.
 *
 * @module
 */
import { type BlankForm, type BlankPart, type BlankRow, fieldName, rowHint } from "./blank_form.ts";
import { escapeXml, XML_HEAD } from "./open_xml.ts";
import { openXmlFile } from "./open_xml_file.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** Columns in twentieths of a point. */
const LABEL_WIDTH = 3_700;
const VALUE_WIDTH = 5_900;
/** Least heights of a row by the lines that must find room, in the same unit. */
const ROW_HEIGHT = { 1: 600, 2: 860 } as const;

/** Stands where nothing is filled in yet (`w:showingPlcHdr`): words would be printed as if they had been. */
const PLACEHOLDER = "　　";

const QUIET = "54646F", MUST = "B01C1C";

type Look = {
  readonly style?: string;
  /** Half points. */
  readonly size?: number;
  readonly colour?: string;
};

function run(text: string, { size, colour, style }: Look = {}): string {
  if (text === "") return "";
  const look = (style ? `<w:rStyle w:val="${style}"/>` : "") +
    (colour ? `<w:color w:val="${colour}"/>` : "") +
    (size ? `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>` : "");
  const properties = look === "" ? "" : `<w:rPr>${look}</w:rPr>`;
  return `<w:r>${properties}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r>`;
}

function paragraph(runs: string, style?: string): string {
  const placed = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : "";
  return `<w:p>${placed}${runs}</w:p>`;
}

/** A place to type in (§17.5.2), known by its label. */
function control(part: BlankPart, row: BlankRow, id: number): string {
  const holder = row.value === undefined ? "<w:showingPlcHdr/>" : "";
  const content = row.value === undefined
    ? run(PLACEHOLDER, { style: "PlaceholderText", colour: QUIET })
    : run(row.value);
  const properties =
    `<w:alias w:val="${escapeXml(fieldName(part, row))}"/><w:tag w:val="field${id}"/><w:id w:val="${id}"/>` +
    `<w:lock w:val="sdtLocked"/>${holder}<w:text w:multiLine="1"/>`;
  return `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
}

const cell = (width: number, shade: string, content: string): string =>
  `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${
    shade && `<w:shd w:val="clear" w:color="auto" w:fill="${shade}"/>`
  }<w:vAlign w:val="center"/></w:tcPr>${content}</w:tc>`;

function tableRow(part: BlankPart, row: BlankRow, id: number): string {
  const { must, help } = rowHint(row);
  const small = run(must, { size: 16, colour: MUST }) + run(help, { size: 16, colour: QUIET });
  const named = paragraph(run(row.label), "Field") + (small === "" ? "" : paragraph(small, "Field"));
  return `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="${ROW_HEIGHT[row.lines]}"/></w:trPr>` +
    `${cell(LABEL_WIDTH, "F1F4F7", named)}${
      cell(VALUE_WIDTH, "", paragraph(control(part, row, id), "Field"))
    }</w:tr>`;
}

function tableOf(part: BlankPart, firstId: number): string {
  const { heading, rows } = part;
  const line = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="9EABB5"/>`;
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).join("");
  const margins =
    '<w:tblCellMar><w:left w:w="120" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar>';
  return `<w:tbl><w:tblPr><w:tblW w:w="${LABEL_WIDTH + VALUE_WIDTH}" w:type="dxa"/>` +
    `<w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>${margins}` +
    `<w:tblCaption w:val="${escapeXml(heading)}"/></w:tblPr>` +
    `<w:tblGrid><w:gridCol w:w="${LABEL_WIDTH}"/><w:gridCol w:w="${VALUE_WIDTH}"/></w:tblGrid>` +
    `${rows.map((row, index) => tableRow(part, row, firstId + index)).join("")}</w:tbl>`;
}

function body({ title, mark, consent, parts, notes, members }: BlankForm): string {
  const page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>' +
    '<w:pgMar w:top="900" w:right="1134" w:bottom="800" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>' +
    "</w:sectPr>";
  let id = 1;
  const table = (part: BlankPart) => {
    const first = id;
    id += part.rows.length;
    return paragraph(run(part.heading), "Heading1") + tableOf(part, first);
  };
  const content = [
    paragraph(run(mark, { size: 18, colour: QUIET })),
    paragraph(run(title), "Title"),
    paragraph(run(consent)),
    ...parts.map(table),
    paragraph("", "Note"),
    ...notes.map((note) => paragraph(run(`※ ${note}`), "Note")),
    members.length > 0 ? paragraph('<w:r><w:br w:type="page"/></w:r>') : "",
    ...members.map(table),
    // a document can't end with a table
    paragraph("", "Note"),
  ];
  return `${XML_HEAD}<w:document ${W}><w:body>${content.join("")}${page}</w:body></w:document>`;
}

function styles(): string {
  const style = (id: string, name: string, paragraph: string, look: string) =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
    `<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
  const space = (before: number, after: number) => `<w:spacing w:before="${before}" w:after="${after}"/>`;
  const size = (halves: number) => `<w:sz w:val="${halves}"/><w:szCs w:val="${halves}"/>`;
  const brand = '<w:color w:val="16466B"/>';
  return `${XML_HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>` +
    '<w:rFonts w:ascii="Yu Gothic" w:hAnsi="Yu Gothic" w:eastAsia="游ゴシック" w:cs="Yu Gothic"/>' +
    `${size(21)}<w:lang w:val="ja-JP" w:eastAsia="ja-JP"/></w:rPr></w:rPrDefault></w:docDefaults>` +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>' +
    style("Title", "Title", `${space(120, 160)}<w:jc w:val="center"/>`, `${brand}${size(32)}`) +
    style(
      "Heading1",
      "heading 1",
      `<w:keepNext/>${space(160, 50)}<w:outlineLvl w:val="0"/>`,
      `${brand}${size(21)}`,
    ) +
    style("Field", "Field", space(30, 30), "") +
    style("Note", "Note", space(30, 0), size(17)) +
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>' +
    '<w:rPr><w:color w:val="6B7780"/></w:rPr></w:style></w:styles>';
}

/** The file. The same form gives the same bytes. */
export function blankDocx(form: BlankForm): Uint8Array<ArrayBuffer> {
  const main = { path: "word/document.xml", type: `${TYPE}.document.main+xml`, xml: body(form) };
  const looks = { path: "word/styles.xml", type: `${TYPE}.styles+xml`, xml: styles() };
  return openXmlFile(form.title, main, { styles: looks });
}
