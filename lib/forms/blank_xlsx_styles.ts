/**
 * How the cells of the form as workbook look (ECMA-376 part 1, §18.8).
 *
 * @module
 */
import { XML_HEAD } from "./open_xml.ts";

const S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** Text over the sheet's width. */
export const PLAIN = 0;
/** The form's name. */
export const TITLE = 1;
/** The name of a part. */
export const HEADING = 2;
/** Names a field. */
export const LABEL = 3;
/** A field: text, whatever is typed, and not locked. */
export const VALUE = 4;
/** Small print. */
export const NOTE = 5;

const FONTS = [[11, "FF222222"], [16, "FF16466B"], [11, "FF16466B"], [9, "FF222222"]] as const;
/** Number format 49: a date or a number that is typed in stays as it was typed. */
const TEXT = 49;

type Format = {
  readonly font: number;
  readonly border?: number;
  readonly fill?: number;
  readonly across?: string;
  readonly down?: string;
  readonly number?: number;
  readonly open?: boolean;
};

const FORMATS: readonly Format[] = [
  { font: 0 },
  { font: 1, across: "center" },
  { font: 2, border: 2, down: "bottom" },
  { font: 0, border: 1, fill: 2 },
  { font: 0, border: 1, number: TEXT, open: true },
  { font: 3 },
];

function format(
  { font, border = 0, fill = 0, across = "left", down = "center", number = 0, open }: Format,
): string {
  return `<xf numFmtId="${number}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" applyFont="1" ` +
    'applyFill="1" applyBorder="1" applyAlignment="1" applyNumberFormat="1" applyProtection="1">' +
    `<alignment horizontal="${across}" vertical="${down}" wrapText="1"${border === 1 ? ' indent="1"' : ""}/>${
      open ? '<protection locked="0"/>' : ""
    }</xf>`;
}

/** The part `styles.xml`; a cell's style is the place of its format there. */
export function blankXlsxStyles(): string {
  const fonts = FONTS.map(([size, colour]) =>
    `<font><sz val="${size}"/><color rgb="${colour}"/><name val="游ゴシック"/></font>`
  );
  const side = (name: string, style: string, colour: string) =>
    `<${name} style="${style}"><color rgb="${colour}"/></${name}>`;
  const thin = ["left", "right", "top", "bottom"].map((name) => side(name, "thin", "FF9EABB5")).join("");
  const fill = (inside: string) => `<fill><patternFill ${inside}</fill>`;
  return `${XML_HEAD}<styleSheet xmlns="${S}"><fonts count="${fonts.length}">${fonts.join("")}</fonts>` +
    `<fills count="3">${fill('patternType="none"/>')}${fill('patternType="gray125"/>')}` +
    `${fill('patternType="solid"><fgColor rgb="FFF1F4F7"/></patternFill>')}</fills>` +
    `<borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border>` +
    `<border>${thin}<diagonal/></border>` +
    `<border><left/><right/><top/>${side("bottom", "medium", "FF16466B")}<diagonal/></border></borders>` +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${FORMATS.length}">${FORMATS.map(format).join("")}</cellXfs>` +
    '<cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
}
