/**
 * Kana as Japanese programs other than a Mac's Finder write them. Unlike normalisation (NFC) it leaves kanji alone:
 * 神 and 福 in names of people and companies would become other characters.
 *
 * @module
 */

/** The text with each voiced or half-voiced mark joined to the kana before it. */
export function composeKana(text: string): string {
  return text.replace(/[\u3040-\u30ff][\u3099\u309a]/g, (pair) => pair.normalize("NFC"));
}
