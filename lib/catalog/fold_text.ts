/**
 * Texts made alike for searching.
 *
 * @module
 */

/** A text without differences that searching passes over: width, case, blanks (NFKC, Unicode TR 15). */
export const foldText = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
