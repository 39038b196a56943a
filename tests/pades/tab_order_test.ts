import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { nameText } from "../../lib/pdf/values.ts";
import { pdfFixture } from "../support/pdf_fixtures.ts";
import { sealedFile } from "../support/sealed_pdf.ts";

const tabsOf = (bytes: Uint8Array<ArrayBuffer>) =>
  nameText(firstPage(openPdf(memorySource(bytes))).dict.get("Tabs"));

/** The order of tabbing that the first page names, before and after a first and a second seal. */
async function orders(fixture: string): Promise<(string | undefined)[]> {
  const file = await sealedFile(pdfFixture(fixture));
  const found = [tabsOf(file.bytes)];
  for (const field of ["Sender", "Confirmer1"]) {
    await file.sign(field);
    found.push(tabsOf(file.bytes));
  }
  return found;
}

Deno.test("a tagged page that gets its first field names the order of its structure: PDF/UA stays kept", async () => {
  deepEqual(await orders("producers/libreoffice-ua.pdf"), [undefined, "S", "S"]);
});

Deno.test("a page that is not tagged, or signed by others already, is left as it is", async () => {
  deepEqual(await orders("libreoffice.pdf"), [undefined, undefined, undefined]);
  deepEqual(await orders("signed-pyhanko.pdf"), [undefined, undefined, undefined]);
});
