/**
 * Shows the operator's texts (terms, help). A small part of Markdown: headings, lists, paragraphs, **bold** and
 * [links](https://…). Everything else stays text, so nothing in such a file can become markup.
 *
 * @module
 */
import { type ComponentChildren, Fragment, h, type VNode } from "preact";

type Block =
  | { readonly is: "heading"; readonly level: number; readonly text: string }
  | { readonly is: "list"; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly is: "paragraph"; readonly text: string };

const HEADING = /^(#{1,4})\s+(.*)$/;
const BULLET = /^[-*・]\s*(.*)$/;
const NUMBERED = /^\d+[.)]\s+(.*)$/;

function blockOf(lines: readonly string[]): Block[] {
  const [first = ""] = lines;
  const heading = HEADING.exec(first);
  if (heading) {
    const [, marks = "", text = ""] = heading;
    const rest = lines.slice(1);
    return [{ is: "heading", level: marks.length, text }, ...rest.length > 0 ? blockOf(rest) : []];
  }
  for (const [mark, ordered] of [[BULLET, false], [NUMBERED, true]] as const) {
    const items = lines.map((line) => mark.exec(line)?.[1] ?? null);
    if (items.every((item) => item !== null)) return [{ is: "list", ordered, items }];
  }
  return [{ is: "paragraph", text: lines.join("\n") }];
}

function blocksOf(text: string): Block[] {
  return text.replace(/\r\n?/g, "\n").split(/\n\s*\n/).flatMap((block) => {
    const lines = block.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    return lines.length === 0 ? [] : blockOf(lines);
  });
}

const INLINE = /\*\*([^*]+)\*\*|\[([^\]]+)\]\(((?:https?:\/\/|mailto:|tel:|\/(?!\/))[^\s)]+)\)/g;

function inline(text: string): VNode {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, label, href = ""] = match;
    parts.push(text.slice(at, match.index));
    parts.push(bold !== undefined ? <b>{bold}</b> : <a href={href} rel="noreferrer">{label}</a>);
    at = match.index + whole.length;
  }
  parts.push(text.slice(at));
  // A Fragment by its name: the precompiled templates would escape the strings of a list twice, also within <>.
  return <Fragment>{parts}</Fragment>;
}

/** A text in Markdown; its highest headings become `topLevel`. */
export function Markdown({ text, topLevel }: {
  readonly text: string;
  readonly topLevel: 1 | 2 | 3;
}): VNode {
  return (
    <>
      {blocksOf(text).map((block) => {
        switch (block.is) {
          case "heading":
            return h(`h${Math.min(6, topLevel + block.level - 1)}`, null, inline(block.text));
          case "list":
            return h(
              block.ordered ? "ol" : "ul",
              { class: "text-list" },
              block.items.map((item) => <li key={item}>{inline(item)}</li>),
            );
          case "paragraph":
            return <p>{inline(block.text)}</p>;
        }
      })}
    </>
  );
}
