/**
 * A letter as mail carries it.
 *
 * @module
 */
import type { Letter, RenderedLetter } from "./letter.ts";
import { renderHtml } from "./render_html.ts";
import { renderText } from "./render_text.ts";
import { oneLine } from "./words.ts";

/** Longest subject, in characters: a 契約名 may be as long as that. */
const MAX_SUBJECT = 500;

/** Renders subject and both parts. */
export function renderLetter(letter: Letter): RenderedLetter {
  return {
    subject: oneLine(letter.subject, MAX_SUBJECT),
    text: renderText(letter),
    html: renderHtml(letter),
  };
}
