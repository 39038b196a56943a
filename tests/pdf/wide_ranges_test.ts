import { strictEqual as equal } from "node:assert/strict";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { holdsWideRange } from "../../lib/pdf/wide_ranges.ts";
import { latin1Bytes } from "../../lib/pdf/characters.ts";

const file = (name: string) => Deno.readFile(new URL(`../fixtures/${name}`, import.meta.url));

Deno.test("a range of widths beyond all characters is found before it is laid out", async () => {
  const content = await file("forms_hostile/wide_range.pdf");
  equal(holdsWideRange(content), true);
  const reading = await readConsent({ files: [{ filename: "form.pdf", content }], text: "" });
  equal(!reading.read && reading.why, "damaged");
});

Deno.test("honest widths are none, whatever else is called W", async () => {
  for (const name of ["P_S1_rksj_nonembedded.pdf", "P_O1_owner_password.pdf", "F5_fillable_blank.pdf"]) {
    equal(holdsWideRange(await file(`forms/${name}`)), false, name);
  }
  for (
    const text of ["/W [1 2 1]", "/W2 [0 65535 -1000 500 880]", "/Width 99999999", "/W 99999999", "/W [", ""]
  ) {
    equal(holdsWideRange(latin1Bytes(text)), false, text);
  }
});

Deno.test("a range is found as it stands and behind references", () => {
  equal(holdsWideRange(latin1Bytes("/W[18 20261122193108 500]")), true);
  equal(holdsWideRange(latin1Bytes("/W2 \n[ 1 99999999 -1000 500 880 ]")), true);
  const pdf = [
    "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/F<</W 3 0 R>>>>\nendobj\n",
    "2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n",
    "3 0 obj\n[1 4 0 R 500]\nendobj\n",
    "4 0 obj\n99999999\nendobj\n",
  ];
  const offsets = pdf.map((_, index) => pdf.slice(0, index).join("").length + (index === 0 ? 9 : 0));
  const row = (offset: number) => `${String(offset).padStart(10, "0")} 00000 n \n`;
  const body = pdf.join("");
  const table = `xref\n0 5\n0000000000 65535 f \n${offsets.map(row).join("")}`;
  const end = `trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  equal(holdsWideRange(latin1Bytes(body + table + end)), true);
  equal(holdsWideRange(latin1Bytes((body + table + end).replace("99999999", "65535   "))), false);
});
