import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { fontNameOf } from "../../lib/pdf/font_name.ts";
import { foreignFonts } from "../../lib/pdf/fonts_in_use.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";

const fontsOf = (pdf: Parameters<typeof handmadePdf>[0]) =>
  foreignFonts(openPdf(memorySource(handmadePdf(pdf))));
const named = (name: string) => `<</Type/Font/Subtype/TrueType/BaseFont/${name}>>`;

Deno.test("foreign fonts are told with the pages that are drawn with them", async () => {
  const page = (resources: string) => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources ${resources}>>`;
  const fonts = await fontsOf({
    objects: {
      2: "<</Type/Pages/Kids[3 0 R 4 0 R 5 0 R]/Count 3/Resources 6 0 R>>",
      3: page(`<</Font<</A ${named("Arial")}/M 7 0 R>>>>`),
      4: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
      5: page("<</Font<</M 7 0 R/H 8 0 R>>>>"),
      6: "<</Font<</M 7 0 R>>>>",
      7: named("ABCDEF+MS-Mincho"),
      8: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
    },
  });
  deepEqual(fonts, [{ name: "Arial", pages: [1] }, { name: "MS-Mincho", pages: [1, 2, 3] }]);
});

Deno.test("fonts are found in drawings, patterns, states of annotations and fonts of drawn glyphs", async () => {
  const form = (resources: string) => streamBody("", `/Subtype/Form/BBox[0 0 1 1]/Resources<<${resources}>>`);
  const fonts = await fontsOf({
    objects: {
      3: "<</Type/Page/Parent 2 0 R/Annots[<</AP<</N<</On 4 0 R>>/D 6 0 R>>>>]/Resources<</XObject<</X 7 0 R>>" +
        "/Pattern<</P 8 0 R>>/Font<</T 9 0 R>>>>>>",
      4: form(`/Font<</A ${named("State")}>>`),
      6: form(`/Font<</A ${named("Pressed")}>>`),
      7: form("/XObject<</Self 7 0 R/Deep 10 0 R>>"),
      8: form(`/Font<</A ${named("Pattern")}>>`),
      9: `<</Subtype/Type3/Resources<</Font<</A ${named("Glyph")}>>>>>>`,
      10: form(`/XObject<</Up 7 0 R>>/Font<</A ${named("Deep")}>>`),
    },
  });
  deepEqual(fonts.map(({ name }) => name).toSorted(), ["Deep", "Glyph", "Pattern", "Pressed", "State"]);
});

Deno.test("a Japanese font counts as foreign whichever way it is not embedded", async () => {
  const composite = async (descendant: string) =>
    (await fontsOf({
      objects: {
        3: "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 4 0 R>>>>>>",
        4: `<</Subtype/Type0/BaseFont/HeiseiMin-W3/DescendantFonts[<<${descendant}>>]>>`,
        5: streamBody("font"),
      },
    })).map(({ name }) => name);
  deepEqual(await composite("/Subtype/CIDFontType0"), ["HeiseiMin-W3"]);
  deepEqual(await composite("/FontDescriptor<</FontName/HeiseiMin-W3>>"), ["HeiseiMin-W3"]);
  deepEqual(await composite("/FontDescriptor<</FontFile2 5 0 R>>"), []);
});

Deno.test("drawings nested without end do no harm", async () => {
  const chain = Object.fromEntries(
    Array.from({ length: 5000 }, (_, i) => [
      i + 4,
      streamBody("", `/Subtype/Form/Resources<</XObject<</X ${i + 5} 0 R>>>>`),
    ]),
  );
  const objects = { 3: "<</Type/Page/Parent 2 0 R/Resources<</XObject<</X 4 0 R>>>>>>", ...chain };
  deepEqual(await fontsOf({ objects: { ...objects, 5004: "null" } }), []);
});

Deno.test("a font's name is read as its program wrote it", () => {
  equal(fontNameOf("MS-Mincho"), "MS-Mincho");
  equal(fontNameOf("XYZABC+IPAexMincho"), "IPAexMincho");
  // ＭＳ明朝 in Shift_JIS and in UTF-8.
  equal(fontNameOf("\x82\x6c\x82\x72\x96\xbe\x92\xa9"), "ＭＳ明朝");
  equal(fontNameOf("\xef\xbc\xad\xef\xbc\xb3\xe6\x98\x8e\xe6\x9c\x9d"), "ＭＳ明朝");
  equal(fontNameOf("A\x01\xffB"), "A\x01\xffB".replace("\x01", ""));
  equal(fontNameOf("x".repeat(500)).length, 60);
});
