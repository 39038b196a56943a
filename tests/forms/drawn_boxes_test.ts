import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { zipSync } from "fflate";
import { readConsent } from "../../lib/forms/read_consent.ts";

type Parts = Readonly<Record<string, string>>;
type Rows = readonly (readonly string[])[];

const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

async function reading(sheet: string, drawing: string, more: Parts = {}) {
  const parts: Parts = {
    "xl/workbook.xml": '<workbook><sheets><sheet name="同意書" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/>' +
      '<Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": sheet,
    "xl/worksheets/_rels/sheet1.xml.rels":
      `<Relationships><Relationship Id="rId1" Type="${RELATIONS}/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
    "xl/drawings/drawing1.xml": `<xdr:wsDr>${drawing}</xdr:wsDr>`,
    ...more,
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, new TextEncoder().encode(xml)] as const);
  const content = new Uint8Array(zipSync(Object.fromEntries(files)));
  return await readConsent({ files: [{ filename: "form", content }], text: "" });
}

async function valuesIn(sheet: string, drawing: string, more: Parts = {}): Promise<Record<string, string>> {
  const read = await reading(sheet, drawing, more);
  return Object.fromEntries(
    read.read
      ? read.fields.map(({ path, value, confidence }) => [path, confidence < 0.7 ? `${value}？` : value])
      : [],
  );
}

function sheetOf(rows: Rows, hiddenRows: readonly number[] = []): string {
  const lines = rows.map((texts, y) => {
    const cells = texts.map((text, x) =>
      text === "" ? "" : `<c r="${"ABCD"[x]}${y + 1}" t="inlineStr"><is><t>${text}</t></is></c>`
    );
    return `<row r="${y + 1}" ht="30" ${hiddenRows.includes(y) ? 'hidden="1"' : ""}>${cells.join("")}</row>`;
  });
  return `<worksheet><cols><col min="1" max="4" width="20"/></cols><sheetData>${
    lines.join("")
  }</sheetData><drawing r:id="rId1"/></worksheet>`;
}

const body = (...lines: string[]) =>
  `<xdr:txBody><a:bodyPr/>${
    lines.map((line) => `<a:p><a:r><a:rPr lang="ja-JP"/><a:t>${line}</a:t></a:r><a:endParaRPr/></a:p>`).join(
      "",
    )
  }</xdr:txBody>`;
const shape = (lines: readonly string[], properties = "", name = "") =>
  `<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="箱" ${name}/></xdr:nvSpPr><xdr:spPr>${properties}</xdr:spPr>${
    body(...lines)
  }</xdr:sp>`;
const corner = (tag: string, column: number, row: number, columnOffset = 0, rowOffset = 0) =>
  `<xdr:${tag}><xdr:col>${column}</xdr:col><xdr:colOff>${columnOffset}</xdr:colOff><xdr:row>${row}</xdr:row>` +
  `<xdr:rowOff>${rowOffset}</xdr:rowOff></xdr:${tag}>`;
const anchored = (from: string, to: string, inside: string) =>
  `<xdr:twoCellAnchor>${from}${to}${inside}<xdr:clientData/></xdr:twoCellAnchor>`;
const box = (column: number, row: number, lines: readonly string[], properties = "", name = "") =>
  anchored(
    corner("from", column, row),
    corner("to", column + 1, row + lines.length),
    shape(lines, properties, name),
  );

const WANT = {
  contractName: "清掃業務委託",
  company: "青空産業株式会社",
  "confirmer1.name": "青木 空",
  "confirmer1.address": "aoki@aozora.example.jp",
};
const LABELS = [["商号又は名称"], ["契約名"], ["確認者１ 氏名"], ["確認者１ メールアドレス"]];
const FILLED = LABELS.map(([label], row) => [
  label!,
  Object.values({
    0: WANT.company,
    1: WANT.contractName,
    2: WANT["confirmer1.name"],
    3: WANT["confirmer1.address"],
  })[row]!,
]);
const VALUES = FILLED.map(([, value]) => value!);

Deno.test("text boxes stand as values beside labels in cells, drawn however roughly", async () => {
  deepEqual(await valuesIn(sheetOf(LABELS), VALUES.map((value, row) => box(1, row, [value])).join("")), WANT);
  // A row is 381 000 EMU high, a column 1 333 500 wide.
  const rough = VALUES.map((value, row) => {
    const from = row === 0
      ? corner("from", 1, 0, 20_000, 10_000)
      : corner("from", 0, row - 1, 1_300_000, 350_000);
    return anchored(from, corner("to", 2, row + 1, 30_000, 40_000), shape([value]));
  });
  deepEqual(await valuesIn(sheetOf(LABELS), rough.join("")), WANT);
  const small = VALUES.map((value, row) =>
    `<xdr:oneCellAnchor>${corner("from", 1, row)}<xdr:ext cx="9" cy="9"/>${
      shape([value])
    }</xdr:oneCellAnchor>`
  );
  deepEqual(await valuesIn(sheetOf(LABELS), small.join("")), WANT);
});

Deno.test("a text box within the cell of its label holds the value", async () => {
  const merged = sheetOf(LABELS).replace(
    "<drawing",
    `<mergeCells>${
      LABELS.map((_, row) => `<mergeCell ref="A${row + 1}:D${row + 1}"/>`).join("")
    }</mergeCells><drawing`,
  );
  deepEqual(await valuesIn(merged, VALUES.map((value, row) => box(2, row, [value])).join("")), WANT);
  const narrow = VALUES.map((value, row) =>
    anchored(corner("from", 0, row, 500_000), corner("to", 1, row + 1), shape([value]))
  );
  deepEqual(await valuesIn(sheetOf(LABELS), narrow.join("")), WANT);
});

Deno.test("a text box holds labels with their values, one a line, and says where it stands", async () => {
  const lines = FILLED.map(([label, value]) => `${label}：${value}`);
  const title = sheetOf([["電子契約同意書"]]);
  deepEqual(await valuesIn(title, box(0, 2, lines)), WANT);
  deepEqual(await valuesIn(title, lines.map((line, row) => box(0, row + 2, [line])).join("")), WANT);
  const read = await reading(title, box(0, 2, lines));
  ok(read.read && read.fields.every(({ source }) => source.endsWith("セル A3 のテキストボックス")));
});

Deno.test("runs, breaks and the twin of a text box are read once", async () => {
  const split =
    "<xdr:sp><xdr:txBody><a:p><a:r><a:t>商号又は名称：青空産業</a:t></a:r><a:r><a:t>株式会社</a:t></a:r>" +
    "<a:br/><a:r><a:t>契約名：清掃業務委託</a:t></a:r></a:p></xdr:txBody></xdr:sp>";
  const twins = `<mc:AlternateContent><mc:Choice Requires="a14">${box(1, 2, ["青木 空"])}</mc:Choice>` +
    `<mc:Fallback>${box(1, 2, ["青木 空"])}</mc:Fallback></mc:AlternateContent>`;
  const inner = anchored(
    corner("from", 1, 3),
    corner("to", 2, 4),
    `<mc:AlternateContent><mc:Choice Requires="a14">${shape(["aoki@aozora.example.jp"])}</mc:Choice>` +
      `<mc:Fallback>${shape(["aoki@aozora.example.jp"])}</mc:Fallback></mc:AlternateContent>`,
  );
  deepEqual(
    await valuesIn(
      sheetOf([[""], [""], ...LABELS.slice(2)]),
      anchored(corner("from", 0, 0), corner("to", 2, 2), split) + twins + inner,
    ),
    WANT,
  );
});

const HIDDEN = 'hidden="1"';
const group = (inside: string, children = "", name = "") =>
  `<xdr:grpSp><xdr:nvGrpSpPr><xdr:cNvPr id="9" name="群" ${name}/></xdr:nvGrpSpPr><xdr:grpSpPr>${children}` +
  `</xdr:grpSpPr>${inside}</xdr:grpSp>`;
const place = (x: number, y: number) =>
  `<a:xfrm><a:off x="${x}" y="${y}"/><a:ext cx="100" cy="10"/></a:xfrm>`;

Deno.test("text boxes of a group stand where they are drawn in it", async () => {
  const inside = FILLED.flatMap(([label, value], row) => [
    shape([label!], place(500, 70 + row * 10)),
    shape([value!], place(600, 70 + row * 10)),
  ]).join("");
  const children = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/><a:chOff x="500" y="70"/>' +
    '<a:chExt cx="200" cy="40"/></a:xfrm>';
  deepEqual(
    await valuesIn(
      sheetOf([["電子契約同意書"]]),
      anchored(corner("from", 0, 2), corner("to", 2, 6), group(inside, children)),
    ),
    WANT,
  );
});

Deno.test("hidden shapes, groups, rows and sheets, and groups too deep, are not read", async () => {
  const gone = "旧社名株式会社";
  const at = (inside: string) => anchored(corner("from", 1, 4), corner("to", 2, 5), inside);
  const deep = Array.from({ length: 12 }).reduce<string>((inside) => group(inside), shape([gone]));
  const sheet = (hiddenRows: readonly number[] = []) => sheetOf([...FILLED, ["確認者３ 氏名"]], hiddenRows);
  deepEqual((await valuesIn(sheet(), at(shape([gone]))))["confirmer3.name"]?.startsWith(gone), true);
  const picture = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="7" name="印"/></xdr:nvPicPr></xdr:pic>';
  for (const drawing of [shape([gone], "", HIDDEN), group(picture + shape([gone]), "", HIDDEN), deep]) {
    deepEqual(await valuesIn(sheet(), at(drawing)), WANT);
  }
  deepEqual(await valuesIn(sheet([4]), at(shape([gone]))), WANT);
  const rels =
    `<Relationships><Relationship Id="rId1" Type="${RELATIONS}/drawing" Target="/xl/drawings/drawing2.xml"/></Relationships>`;
  deepEqual(
    await valuesIn(sheet(), "", {
      "xl/workbook.xml": '<workbook><sheets><sheet name="同意書" sheetId="1" r:id="rId1"/>' +
        '<sheet name="旧" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>',
      "xl/worksheets/sheet2.xml": sheetOf([["電子契約同意書"]]),
      "xl/worksheets/_rels/sheet2.xml.rels": rels,
      "xl/drawings/drawing2.xml": box(
        0,
        1,
        [...FILLED, ["確認者３ 氏名", gone]].map((each) => each.join("：")),
      ),
    }),
    WANT,
  );
});

Deno.test("callouts and words beside a filled cell are no part of its value", async () => {
  const callout = '<a:prstGeom prst="wedgeRoundRectCallout"/>';
  deepEqual(await valuesIn(sheetOf(FILLED), box(2, 0, ["ここは必ず書く"])), WANT);
  deepEqual(
    await valuesIn(sheetOf([...FILLED, ["確認者２ 氏名"]]), box(1, 4, ["ここは空けてもよい"], callout)),
    WANT,
  );
});

Deno.test("drawings of any kind never throw", async () => {
  const piece = fc.constantFrom(
    ...[
      "xdr:twoCellAnchor",
      "xdr:from",
      "xdr:row",
      "xdr:sp",
      "xdr:grpSp",
      "xdr:txBody",
      "a:p",
      "a:t",
      "mc:Choice",
    ]
      .flatMap((name) => [`<${name}>`, `</${name}>`]),
    "1e308",
    "-5",
    "氏名：",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (parts) => {
      ok(typeof (await reading(sheetOf(FILLED), parts.join(""))).read === "boolean");
    }),
    { numRuns: 100 },
  );
});
