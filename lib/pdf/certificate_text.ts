/**
 * Text as it can be drawn in one font: nothing of it is dropped, and it is broken into lines the Japanese way.
 *
 * @module
 */

import type { PDFFont } from "pdf-lib";

/** What the layout must know of a font. */
export type FontMeasure = {
  /** Whether the font has a glyph for a code point. */
  readonly has: (codePoint: number) => boolean;
  /** Width of a text in ems. */
  readonly width: (text: string) => number;
};

/** 下駄記号: what a Japanese printer sets where a character is missing. */
const GETA = "〓";
/** 行頭禁則 (JIS X 4051): these never begin a line. */
const NOT_AT_START =
  /^[、。，．,.・：；:;？！?!）］｝〕〉》」』】)\]}ー～々ゝゞぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ％%]/u;
/** 行末禁則: these never end a line. */
const NOT_AT_END = /[（［｛〔〈《「『【([{]$/u;

/**
 * Text that the font can draw: control characters become spaces, parted kana are put together (か + ゛), and a
 * character without a glyph is shown as 〓.
 */
export function drawable(text: string, font: FontMeasure): string {
  const composed = text
    .replaceAll(/.[\u3099\u309a]/gu, (pair) => pair.normalize("NFC"))
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  let out = "";
  for (const character of composed) {
    if (isVariationSelector(character)) out += out.endsWith(GETA) ? "" : character;
    else out += font.has(character.codePointAt(0)!) ? character : GETA;
  }
  return out;
}

/** Asks for another form of the character before it, and shows nothing itself. */
function isVariationSelector(character: string): boolean {
  return /^[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u.test(character);
}

/** The text in lines of at most `width` ems; a word wider than a line is broken where it must. */
export function breakLines(text: string, width: number, font: FontMeasure): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const piece of atoms(text).flatMap((atom) => fitting(atom, width, font))) {
    const size = font.width(piece);
    if (line !== "" && used + size > width) {
      lines.push(line.trimEnd());
      line = "";
      used = 0;
    }
    if (line === "" && piece.trim() === "" && lines.length > 0) continue;
    line += piece;
    used += size;
  }
  return [...lines, line.trimEnd()];
}

/** Latin words and single Japanese characters, with the marks that may not be parted from them. */
function atoms(text: string): string[] {
  const atoms: string[] = [];
  for (const piece of text.match(/[!-~]+|.[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]?/gsu) ?? []) {
    const last = atoms.at(-1);
    if (last !== undefined && (NOT_AT_START.test(piece) || NOT_AT_END.test(last))) {
      atoms[atoms.length - 1] = last + piece;
    } else {
      atoms.push(piece);
    }
  }
  return atoms;
}

function fitting(atom: string, width: number, font: FontMeasure): string[] {
  return font.width(atom) <= width ? [atom] : atom.match(/.[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]?/gsu) ?? [];
}

/** Measures a font; the width of each character is asked for once. */
export function measureOf(font: PDFFont): FontMeasure {
  const known = new Set(font.getCharacterSet());
  const widths = new Map<string, number>();
  const widthOf = (character: string) => {
    const width = widths.get(character) ?? font.widthOfTextAtSize(character, 1);
    widths.set(character, width);
    return width;
  };
  return {
    has: (codePoint) => known.has(codePoint),
    width: (text) => [...text].reduce((width, character) => width + widthOf(character), 0),
  };
}
