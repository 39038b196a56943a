/**
 * Whoever reads a letter as text reads the same as whoever reads it as HTML: word for word, in the same order, and
 * with every address to go to. Only signs that stand for the look (「■」, 「・」, lines) differ.
 *
 * @module
 */
import { ok, strictEqual as equal } from "node:assert/strict";
import { type HTMLElement, NodeType, parse } from "node-html-parser";
import { renderHtml } from "../../lib/letters/render_html.ts";
import { renderText } from "../../lib/letters/render_text.ts";
import { lettersOf, ORDINARY } from "../support/sample_letters.ts";

/** Text of an element as it is read; the address of a link follows its words unless it stands there anyway. */
function read(element: HTMLElement): string {
  return element.childNodes.map((node) => {
    if (node.nodeType !== NodeType.ELEMENT_NODE) return node.nodeType === NodeType.TEXT_NODE ? node.text : "";
    const inner = node as HTMLElement;
    if (inner.tagName !== "A") return read(inner);
    const href = parse(inner.getAttribute("href") ?? "").text;
    const shown = element.text.includes(href);
    return read(inner) + (shown ? "" : href);
  }).join("");
}

const bare = (text: string): string => text.replace(/[\s　]/g, "").replace(/[■▼・※>―：]/g, "");

for (const [kind, letter] of Object.entries(lettersOf(ORDINARY))) {
  Deno.test(`${kind}: both parts say the same`, () => {
    const html = bare(read(parse(renderHtml(letter)).querySelector("main")!));
    ok(html.length > 100);
    equal(html, bare(renderText(letter)));
  });
}

Deno.test("a letter loads nothing, needs no image and fits a narrow screen", () => {
  for (const letter of Object.values(lettersOf(ORDINARY))) {
    const html = renderHtml(letter);
    ok(!/<img|<script|<link|url\(|src=/i.test(html), letter.subject);
    ok(!/(?:[^-]width|min-width):\s*\d{3,}px/.test(html), letter.subject);
  }
});
