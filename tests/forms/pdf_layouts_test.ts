import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readCMap } from "../../lib/adapters/cmap_files.ts";
import { cutAtRulings } from "../../lib/forms/pdf_lines.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { pairsOf, plain, type Wanted } from "./score.ts";

const FOLDER = new URL("../fixtures/form_layouts/", import.meta.url);
const truth: Record<string, { expect: Wanted }> = JSON.parse(
  await Deno.readTextFile(new URL("truth.json", FOLDER)),
);

for (const [filename, { expect }] of Object.entries(truth)) {
  Deno.test(`a flat PDF is read by its lines and columns: ${filename}`, async () => {
    const content = await Deno.readFile(new URL(filename, FOLDER));
    const reading = await readConsent({ files: [{ filename, content }], text: "" }, { cMap: readCMap });
    const pairs = pairsOf(expect, reading.read ? reading.form : null);
    deepEqual(pairs.filter(({ want, got }) => plain(want) !== plain(got)), []);
  });
}

Deno.test("a text over the line between two cells is cut at the blank near it, else left whole", () => {
  const text = { text: "E-mail aoki@aozora.example.jp", x0: 10, x1: 155, y0: 10, y1: 20 };
  const ruling = (at: number) => [{ level: false, at, from: 0, to: 100 }];
  deepEqual(cutAtRulings(text, ruling(42)).map((part) => part.text), ["E-mail", "aoki@aozora.example.jp"]);
  equal(cutAtRulings(text, ruling(100)).length, 1);
  equal(cutAtRulings(text, [{ level: true, at: 42, from: 0, to: 100 }]).length, 1);
});
