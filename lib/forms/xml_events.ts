/**
 * A small XML reader for the parts of Office files: start tags, end tags and text, in order. No document type,
 * so no entities but the five and numbers (XML 1.0 §4.6); every step moves forward, so that time is linear.
 *
 * @module
 */
import { damaged } from "./unreadable_form.ts";

/** What comes next. Names are without their prefix; an empty element gives `start` and `end`. */
export type XmlEvent =
  | { readonly is: "start"; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly is: "end"; readonly name: string }
  | { readonly is: "text"; readonly text: string };

const MAX_DEPTH = 256;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Reads a document. Throws `UnreadableForm` `damaged` for what is not well-formed, too deep, or has a DTD. */
export function* xmlEvents(xml: string): Generator<XmlEvent> {
  let at = 0;
  let depth = 0;
  while (at < xml.length) {
    const open = xml.indexOf("<", at);
    if (open !== at) {
      yield { is: "text", text: unescape(xml.slice(at, open < 0 ? xml.length : open)) };
      if (open < 0) return;
    }
    const aside = asideAt(xml, open);
    if (aside !== null) {
      if (aside.text !== "") yield { is: "text", text: aside.text };
      at = aside.end;
      continue;
    }
    const close = tagEnd(xml, open);
    const tag = xml.slice(open + 1, close);
    at = close + 1;
    if (tag.startsWith("/")) {
      depth--;
      yield { is: "end", name: local(tag.slice(1).trim()) };
      continue;
    }
    if (++depth > MAX_DEPTH) throw damaged("its XML is too deep");
    const empty = tag.endsWith("/");
    const name = local(/^[^\s/]+/.exec(tag)?.[0] ?? "");
    yield { is: "start", name, attributes: attributesOf(tag) };
    if (empty) {
      depth--;
      yield { is: "end", name };
    }
  }
}

/** A comment, instruction or CDATA section at a place, with what it says and where it ends. */
function asideAt(xml: string, at: number): { text: string; end: number } | null {
  for (const [start, stop] of [["<!--", "-->"], ["<?", "?>"], ["<![CDATA[", "]]>"]] as const) {
    if (!xml.startsWith(start, at)) continue;
    const end = xml.indexOf(stop, at + start.length);
    if (end < 0) throw damaged("its XML ends too early");
    const text = start === "<![CDATA[" ? xml.slice(at + start.length, end) : "";
    return { text, end: end + stop.length };
  }
  if (xml.startsWith("<!", at)) throw damaged("its XML declares a document type");
  return null;
}

function tagEnd(xml: string, open: number): number {
  let quote = "";
  for (let at = open + 1; at < xml.length; at++) {
    const char = xml[at]!;
    if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return at;
  }
  throw damaged("its XML ends too early");
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  if (!tag.includes("=")) return attributes;
  for (const [, name, double, single] of tag.matchAll(ATTRIBUTE)) {
    attributes.set(local(name!), unescape(double ?? single ?? ""));
  }
  return attributes;
}

function unescape(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi,
    (all, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );
}
