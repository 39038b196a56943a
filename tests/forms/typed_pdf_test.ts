import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { PDFDocument, PDFHexString, PDFName, PDFString } from "pdf-lib";
import { readCMap } from "../../lib/adapters/cmap_files.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

/** The blank flat form of a fixture with texts put onto it, as a viewer's 「テキストを追加」 does. */
async function typedOnto(name: string, notes: readonly { text: string; rect: number[]; subtype?: string }[]) {
  const source = await Deno.readFile(new URL(`../fixtures/form_layouts/${name}`, import.meta.url));
  const document = await PDFDocument.load(source);
  const page = document.getPage(0);
  for (const { text, rect, subtype = "FreeText" } of notes) {
    const note = document.context.obj({ Type: "Annot", Subtype: subtype, Rect: rect });
    note.set(PDFName.of("Contents"), PDFHexString.fromText(text));
    note.set(PDFName.of("DA"), PDFString.of("/Helv 10 Tf 0 g"));
    page.node.addAnnot(document.context.register(note));
  }
  return new Uint8Array(await document.save());
}

Deno.test("text typed onto a flat form is read by its place, a note that pops up is not", async () => {
  const row = (top: number) => [200, 842 - top - 16, 425, 842 - top - 4];
  const content = await typedOnto("blank_table.pdf", [
    { text: "青空産業株式会社", rect: row(57) },
    { text: "清掃業務委託", rect: row(88) },
    { text: "青木 空", rect: row(120) },
    { text: "aoki@aozora.example.jp", rect: row(155) },
    { text: "旧社名株式会社", rect: row(57), subtype: "Text" },
  ]);
  const reading = await readConsent({ files: [{ filename: "form.pdf", content }], text: "" }, {
    cMap: readCMap,
  });
  ok(reading.read);
  deepEqual(Object.fromEntries(reading.fields.map(({ path, value }) => [path, value])), {
    contractName: "清掃業務委託",
    company: "青空産業株式会社",
    "confirmer1.name": "青木 空",
    "confirmer1.address": "aoki@aozora.example.jp",
  });
});
