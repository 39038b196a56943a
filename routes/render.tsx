/**
 * Turns components into answers.
 *
 * @module
 */
import { type Context, createContext, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Settings } from "../lib/settings/settings.ts";
import type { Assets } from "./site.ts";

/** What every page knows: the built files it names, and the settings it speaks of. */
export type Surroundings = { readonly assets: Assets; readonly settings: Settings };

/** The surroundings of the component that is being rendered. */
export const SurroundingsContext: Context<Surroundings | null> = createContext<Surroundings | null>(null);

/** Status and headers of an answer; 200 unless said otherwise. */
export type AnswerInit = { readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

/** Makes the answers of a site. */
export type Pages = {
  /** A page as text, from `<!doctype html>` on. */
  text(page: VNode): string;
  /** A page as an answer that is never cached. */
  html(page: VNode, init?: AnswerInit): Response;
  /** Ready HTML as an answer that is never cached. */
  ready(html: string | Uint8Array<ArrayBuffer>, init?: AnswerInit): Response;
};

/** The pages of a site. */
export function makePages(surroundings: Surroundings): Pages {
  const text = (page: VNode) =>
    "<!doctype html>" +
    renderToString(<SurroundingsContext.Provider value={surroundings}>{page}</SurroundingsContext.Provider>);
  const ready = (html: string | Uint8Array<ArrayBuffer>, { status = 200, headers = {} }: AnswerInit = {}) => {
    // All but the type is put on afterwards: with more, Deno lays the answer out at once, only to do it anew
    // when the security headers come. That nobody may keep a page is one of those.
    const answer = new Response(html, { status, headers: { "content-type": "text/html; charset=utf-8" } });
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  };
  return { text, ready, html: (page, init) => ready(text(page), init) };
}
