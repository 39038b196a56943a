/**
 * Warnings about a file as the case keeps them: a code, and behind a colon what it is about.
 *
 * @module
 */
import type { ForeignFont } from "../pdf/fonts_in_use.ts";

/** Fonts that are named, and pages for each; the rest is "ほか". */
const SHOWN_FONTS = 3;
const SHOWN_PAGES = 5;

/** A code with what it is about. */
export function withDetail(code: string, detail: string): string {
  return detail === "" ? code : `${code}:${detail}`;
}

/** The parts of a warning; no detail is the empty text. */
export function readDetail(warning: string): { readonly code: string; readonly detail: string } {
  const [code = "", ...detail] = warning.split(":");
  return { code, detail: detail.join(":") };
}

/** Fonts and their pages in words: `MS-Mincho：1、3ページ`. */
export function fontsText(fonts: readonly ForeignFont[]): string {
  const shown = fonts.slice(0, SHOWN_FONTS).map(({ name, pages }) => {
    const more = pages.length > SHOWN_PAGES ? "ほか" : "";
    return `${name || "名称なし"}：${pages.slice(0, SHOWN_PAGES).join("、")}ページ${more}`;
  });
  return `${shown.join("／")}${fonts.length > SHOWN_FONTS ? `／ほか${fonts.length - SHOWN_FONTS}種` : ""}`;
}
