/**
 * The HTML of a mail that came in, written anew of what only looks: nothing of it acts, loads, or makes a browser
 * complain. The frame that shows it forbids the same once more.
 *
 * @module
 */
import { decodeEntities } from "../../lib/mail/html_entities.ts";

/** Elements that are kept. */
const KEPT = new Set(
  ("a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn " +
    "div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p " +
    "pre q rp rt ruby s samp section small span strike strong sub sup table tbody td tfoot th thead tr tt u ul " +
    "var wbr").split(" "),
);

/** Attributes that are kept, besides addresses and styles. */
const PLAIN = new Set(
  ("align alt bgcolor border cellpadding cellspacing class color colspan dir face height hspace id lang nowrap " +
    "reversed rowspan size span start title valign vspace width").split(" "),
);

/** Elements that go with all that they hold. */
const DROPPED =
  /^(?:script|title|template|noscript|noembed|noframes|svg|math|object|iframe|frameset|select|textarea|xmp|plaintext|audio|video)$/;

/** What lets a style load something, or hides that it does. */
const LOADING = /url\s*\(|src\s*\(|image(?:-set)?\s*\(|@import|\\/i;

const LINK = /^(?:https?:\/\/|mailto:)/i;
const IMAGE = /^data:image\/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]*$/i;

/** Pictures that are left out show their words; links open beside the mailbox. */
const HEAD = '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>本文</title>' +
  '<base target="_blank"><style>body{margin:16px;background:#fff;color:#222;font-family:sans-serif;' +
  "overflow-wrap:break-word}img{max-width:100%}</style></head><body>";

/** A document that shows `html`. Takes time in proportion to its length. */
export function harmlessHtml(html: string): string {
  const out = [HEAD];
  const unended = new Set<string>();
  const mark = /<(?:!--|(\/?)([A-Za-z][A-Za-z0-9:-]*)|[!?])/g;
  let at = 0;
  for (let found = mark.exec(html); found !== null; found = mark.exec(html)) {
    out.push(asText(html.slice(at, found.index)));
    const name = (found[2] ?? "").toLowerCase();
    const from = mark.lastIndex;
    at = found[0] === "<!--" ? after(html, "-->", from) : endOfTag(html, from);
    if (name !== "") out.push(element(name, found[1] === "/", html.slice(from, at)));
    if (found[1] === "" && (name === "style" || DROPPED.test(name)) && !unended.has(name)) {
      const end = endOf(html, name, at);
      if (end < 0) unended.add(name); // Looked for once only, or the time would grow with the square.
      else {
        if (name === "style") out.push(styleSheet(html.slice(at, end)));
        at = endOfTag(html, end);
      }
    }
    mark.lastIndex = at;
  }
  out.push(asText(html.slice(at)), "</body></html>");
  return out.join("");
}

/** References in text may stay: they can't make a tag. */
const asText = (text: string): string => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

/** Quotes count only where a value begins (HTML, 13.2.5.35); a tag that never ends takes the rest, as in browsers. */
function endOfTag(html: string, from: number): number {
  let valueBegins = false;
  for (let at = from; at < html.length; at++) {
    const character = html[at]!;
    if (character === ">") return at + 1;
    if (valueBegins && (character === '"' || character === "'")) at = after(html, character, at + 1) - 1;
    if (!/\s/.test(character)) valueBegins = character === "=";
  }
  return html.length;
}

function endOf(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}

const styleSheet = (css: string): string => LOADING.test(css) ? "" : `<style>${css}</style>`;

/** The tag with what may stay in it; empty for other elements. What is said of the body is said of a box. */
function element(name: string, closing: boolean, rest: string): string {
  const kept = name === "body" ? "div" : name;
  if (!KEPT.has(kept)) return "";
  return closing ? `</${kept}>` : `<${kept}${attributes(kept, rest)}>`;
}

function attributes(element: string, rest: string): string {
  let kept = "";
  const seen = new Set<string>();
  const each = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (const [, written = "", double, single, bare] of rest.matchAll(each)) {
    const name = written.toLowerCase();
    const value = valueOf(element, name, (double ?? single ?? bare ?? "").trim());
    if (value === null || seen.has(name)) continue;
    seen.add(name);
    kept += ` ${name}="${value}"`;
  }
  return kept;
}

/** A value as it may stand between double quotes; null when it may not stay. */
function valueOf(element: string, name: string, raw: string): string | null {
  if (element === "a" && name === "href") return LINK.test(raw) ? quoted(raw) : null;
  if (element === "img" && name === "src") return IMAGE.test(raw) ? raw : null;
  if (!PLAIN.has(name) && name !== "style") return null;
  // What is judged is what the browser will see: no reference is left for it to resolve.
  const value = decodeEntities(raw);
  return name === "style" && LOADING.test(value) ? null : quoted(value.replaceAll("&", "&amp;"));
}

const quoted = (value: string): string => asText(value).replaceAll('"', "&quot;");
