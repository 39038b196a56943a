/**
 * Makes a PDF with an embedded Type 1 font whose subroutines call each other twice, level below level: what draws a
 * glyph goes through two to the power of the levels.
 *
 * @module
 */
import { handmadePdf, streamBody } from "./handmade_pdf.ts";

/** Encrypts as Adobe Type 1 Font Format §7 says: 55665 for the program, 4330 for what draws; four bytes go before. */
function encrypted(text: string, key: number): string {
  let state = key;
  return [...`\0\0\0\0${text}`].map((char) => {
    const cipher = char.charCodeAt(0) ^ (state >> 8);
    state = ((cipher + state) * 52845 + 22719) & 0xffff;
    return String.fromCharCode(cipher);
  }).join("");
}

/** A number, `callsubr` and `return` of a charstring (§6.2, §6.4). */
const number = (value: number): string => String.fromCharCode(value + 139);
const CALL = "\x0a";
const RETURN = "\x0b";

/** The document; it says "A" once. `levels` up to 100. */
export function pdfWithTangledFont(levels: number): Uint8Array<ArrayBuffer> {
  const subroutine = (level: number) =>
    level === levels - 1 ? RETURN : `${number(level + 1)}${CALL}${number(level + 1)}${CALL}${RETURN}`;
  const bytes = (body: string) => `${body.length + 4} RD ${encrypted(body, 4330)}`;
  const subroutines = Array.from(
    { length: levels },
    (_, level) => `dup ${level} ${bytes(subroutine(level))} NP\n`,
  );
  const glyph = `${number(0)}${number(100)}\x0d${number(0)}${CALL}\x0e`;
  const secret =
    `dup /Private 3 dict dup begin\n/lenIV 4 def\n/Subrs ${levels} array\n${subroutines.join("")}ND\n` +
    `2 index /CharStrings 1 dict dup begin\n/A ${bytes(glyph)} ND\nend\n`;
  const head = "%!PS-AdobeFont-1.0: Tangled\n/FontMatrix [0.001 0 0 0.001 0 0] def\ncurrentfile eexec\n";
  const program = encrypted(secret, 55665);
  return handmadePdf({
    page: "/Contents 4 0 R /Resources<</Font<</F 5 0 R>>>>",
    objects: {
      4: streamBody("BT /F 12 Tf 20 100 Td (A) Tj ET"),
      5: "<</Type/Font/Subtype/Type1/BaseFont/Tangled/FirstChar 65/LastChar 65/Widths[100]/FontDescriptor 6 0 R" +
        "/Encoding/WinAnsiEncoding>>",
      6: "<</Type/FontDescriptor/FontName/Tangled/Flags 32/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 1/Descent 0" +
        "/CapHeight 1/StemV 1/FontFile 7 0 R>>",
      7: streamBody(head + program, `/Length1 ${head.length}/Length2 ${program.length}/Length3 0`),
    },
  });
}
