/**
 * The texts of help and terms that stand where an operator gives none.
 *
 * @module
 */
import help from "./help.md" with { type: "text" };
import terms from "./terms.md" with { type: "text" };

/** Contents of the help and terms files, Markdown. */
export type SettingsTexts = { readonly help: string; readonly terms: string };

/** The texts that come with the program. */
export const DEFAULT_TEXTS: SettingsTexts = { help, terms };
