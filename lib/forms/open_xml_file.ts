/**
 * Puts the parts of an Office Open XML file together (ECMA-376 part 2).
 *
 * @module
 */
import { strToU8, zipSync } from "fflate";
import { escapeXml, OPEN_XML_DATE, XML_HEAD } from "./open_xml.ts";

const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** A part: its path in the zip, its content type, its text. */
export type OpenXmlPart = { readonly path: string; readonly type: string; readonly xml: string };

const relation = (id: number, type: string, target: string) =>
  `<Relationship Id="rId${id}" Type="${type}" Target="${target}"/>`;

const relations = (entries: readonly string[]) =>
  `${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${entries.join("")}</Relationships>`;

/** Title and language: what a screen reader says first. */
function core(title: string): OpenXmlPart {
  return {
    path: "docProps/core.xml",
    type: "application/vnd.openxmlformats-package.core-properties+xml",
    xml: `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" ` +
      'xmlns:dc="http://purl.org/dc/elements/1.1/">' +
      `<dc:title>${escapeXml(title)}</dc:title><dc:language>ja-JP</dc:language></cp:coreProperties>`,
  };
}

/**
 * The whole file: a main part with the parts that it refers to as `rId1`, `rId2`, … in their order, each named by
 * the last word of its relation (`styles`, `worksheet`). The same parts give the same bytes.
 */
export function openXmlFile(
  title: string,
  main: OpenXmlPart,
  others: Readonly<Record<string, OpenXmlPart>>,
): Uint8Array<ArrayBuffer> {
  const about = core(title);
  const all = [main, ...Object.values(others), about];
  const slash = main.path.lastIndexOf("/") + 1;
  const folder = main.path.slice(0, slash);
  const types = all.map(({ path, type }) => `<Override PartName="/${path}" ContentType="${type}"/>`);
  const files: Record<string, string> = {
    "[Content_Types].xml": `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `${types.join("")}</Types>`,
    "_rels/.rels": relations([
      relation(1, `${OFFICE}/officeDocument`, main.path),
      relation(2, `${PACKAGE}/relationships/metadata/core-properties`, about.path),
    ]),
    [`${folder}_rels/${main.path.slice(slash)}.rels`]: relations(
      Object.entries(others).map(([name, { path }], index) =>
        relation(index + 1, `${OFFICE}/${name}`, path.slice(folder.length))
      ),
    ),
  };
  for (const { path, xml } of all) files[path] = xml;
  const packed = Object.fromEntries(Object.entries(files).map(([path, xml]) => [path, strToU8(xml)]));
  return new Uint8Array(zipSync(packed, { mtime: OPEN_XML_DATE }));
}
