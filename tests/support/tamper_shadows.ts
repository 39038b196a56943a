/**
 * Shadow attacks (Mainka, Mladenov, Rohlmann, NDSS 2021): what is to be shown later stands in the file already when
 * it is signed, and a small update brings it to light.
 *
 * @module
 */
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import { firstPage } from "../../lib/pdf/page_tree.ts";
import { dictOf, nameOf, refTo } from "../../lib/pdf/values.ts";
import { textString } from "../../lib/pdf/text_string.ts";
import { handmadePdf, streamBody } from "./handmade_pdf.ts";
import { executedFile } from "./sealed_pdf.ts";
import type { Bytes } from "./tamper_marks.ts";

/** Numbers of the prepared objects. */
const OVERLAY = 5, OTHER_CONTENT = 6, OTHER_PAGES = 7, FONT = 9, FIELD = 10, LOOK = 11, NOTE = 12, LAYER = 13;

/** A contract of 1,200,000 under which 9,200,000 waits. */
function prepared(): Bytes {
  const show = (amount: string) => streamBody(`BT /F1 12 Tf 20 100 Td (${amount}) Tj ET /Ov Do`);
  const form = "/Type/XObject/Subtype/Form/BBox[0 0 200 200]";
  return handmadePdf({
    catalog: `/AcroForm<</Fields[${FIELD} 0 R]>>/OCProperties<</OCGs[${LAYER} 0 R]/D<</OFF[${LAYER} 0 R]>>>>`,
    page: `/Contents 4 0 R/Annots[${FIELD} 0 R ${NOTE} 0 R]`,
    objects: {
      3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R" +
        `/Resources<</Font<</F1 ${FONT} 0 R>>/XObject<</Ov ${OVERLAY} 0 R>>>>/Annots[${FIELD} 0 R ${NOTE} 0 R]>>`,
      4: show("1,200,000"),
      [OVERLAY]: streamBody("1 g 0 0 200 50 re f", form),
      [OTHER_CONTENT]: show("9,200,000"),
      [OTHER_PAGES]: "<</Type/Pages/Kids[8 0 R]/Count 1>>",
      8: `<</Type/Page/Parent ${OTHER_PAGES} 0 R/MediaBox[0 0 200 200]/Contents ${OTHER_CONTENT} 0 R/Resources<<>>>>`,
      [FONT]: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
      [FIELD]:
        `<</Type/Annot/Subtype/Widget/FT/Tx/T(amount)/V(1,200,000)/Rect[0 0 99 20]/F 4/P 3 0 R/AP<</N ${LOOK} 0 R>>>>`,
      [LOOK]: streamBody("", form),
      [NOTE]:
        `<</Type/Annot/Subtype/FreeText/Contents(9,200,000)/Rect[0 0 99 20]/F 2/P 3 0 R/AP<</N ${LOOK} 0 R>>>>`,
      [LAYER]: "<</Type/OCG/Name(amount)>>",
    },
  });
}

type Change = (it: Increment, file: Bytes) => void;

const SHADOWS: Readonly<Record<string, Change>> = {
  "hide: the picture over the other text is emptied": (it) =>
    it.setWritten(refTo(OVERLAY), "<</Length 0>>\nstream\n\nendstream"),
  "hide: the picture over the other text is no more": (it) => it.set(refTo(OVERLAY), null),
  "replace: the look of a field": (it) =>
    it.setWritten(
      refTo(LOOK),
      "<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length 0>>\nstream\n\nendstream",
    ),
  "replace: the value of a field": (it) => it.edit(refTo(FIELD)).set("V", textString("9,200,000")),
  "replace: the letters of a font": (it) =>
    it.edit(refTo(FONT)).set("Encoding", dictOf({ Differences: [49, nameOf("nine")] })),
  "replace: a note comes out of hiding": (it) => it.edit(refTo(NOTE)).set("F", 4),
  "replace: a layer is switched on": (it) =>
    it.edit(refTo(1)).set(
      "OCProperties",
      dictOf({ OCGs: [refTo(LAYER)], D: dictOf({ ON: [refTo(LAYER)] }) }),
    ),
  "hide and replace: the page shows the prepared content": (it) =>
    it.edit(refTo(3)).set("Contents", refTo(OTHER_CONTENT)),
  "hide and replace: the catalog leads to the prepared pages": (it) =>
    it.edit(refTo(1)).set("Pages", refTo(OTHER_PAGES)),
  "hide and replace: the page tree holds the prepared page": (it) =>
    it.edit(refTo(2)).set("Kids", [refTo(8)]),
};

/** The prepared contract, executed, and with each attack on it. */
export async function shadows(): Promise<readonly (readonly [string, Bytes])[]> {
  const { bytes } = await executedFile(prepared());
  const attacked = Object.entries(SHADOWS).map(([name, change]) => {
    const tail = appendUpdate(memorySource(bytes), (pdf, it) => {
      firstPage(pdf);
      change(it, bytes);
    });
    return [`shadow: ${name}`, joinBytes([bytes, tail.bytes])] as const;
  });
  return [["a contract prepared for shadow attacks, untouched", bytes], ...attacked];
}
