/**
 * The font of fields to fill in. A viewer or tool that draws what was typed can only use glyphs that the file brings
 * along or that its own machine has; most machines outside of Japan have none. So the file brings every character
 * that a Japanese keyboard gives, once each: one glyph shared by two characters would come back as the wrong one.
 *
 * @module
 */
import type { PDFFont } from "pdf-lib";

/** Rows and cells of the 94 × 94 table that JIS X 0208 is laid out in, as EUC-JP writes them. */
const FIRST = 0xa1, LAST = 0xfe;
/** In names and not in JIS X 0208, nor in its extensions by makers. */
const NAMES = "𠮷塚﨑髙";

/** ASCII, JIS X 0208 with the extensions of NEC and IBM (髙, 﨑, ①, ㈱), and half-width kana. */
export function keyboardCharacters(): string {
  const decoder = new TextDecoder("euc-jp");
  const found = new Set(NAMES);
  for (let code = 0x20; code < 0x7f; code++) found.add(String.fromCharCode(code));
  for (let code = 0xff61; code <= 0xff9f; code++) found.add(String.fromCharCode(code));
  for (let row = FIRST; row <= LAST; row++) {
    for (let cell = FIRST; cell <= LAST; cell++) {
      const character = decoder.decode(Uint8Array.of(row, cell));
      if (character.length === 1 && character !== "\ufffd") found.add(character);
    }
  }
  return [...found].join("");
}

/** Takes the glyphs of `characters` into an embedded font, whether they are drawn or not. */
export function takeCharacters(embedded: PDFFont, characters: string): void {
  const known = new Set(embedded.getCharacterSet());
  // What has no glyph would make the sign for "missing" stand for it.
  embedded.encodeText([...characters].filter((each) => known.has(each.codePointAt(0)!)).join(""));
}
