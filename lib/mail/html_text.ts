/**
 * The text of an HTML mail as its reader sees it. Rows of a table become lines of `label<TAB>value`, so that a
 * form written as a table can be read; quotations get `> ` in front, as in plain mail.
 *
 * @module
 */
import { decodeEntities } from "./html_entities.ts";

/** Elements within elements that are told apart; deeper ones are read as if they were not there. */
const MAX_DEPTH = 60;

/** Elements whose content is no text. */
const HIDDEN = /^(?:script|style|title|template|noscript|svg|math|object|iframe|select)$/;

/** Characters within which a tag that holds quotes must end. */
const MAX_TAG = 8_192;

/** Elements that stand on lines of their own. */
const BLOCK =
  /^(?:address|article|aside|center|dd|div|dl|dt|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|ul|caption)$/;

/** Blocks that are set apart from what stands around them. */
const PARAGRAPH = /^(?:dl|h[1-6]|ol|p|pre|ul)$/;

/** Stands for a line break until the end; no control character of the source is kept, so it is never another. */
const BREAK = "\u0001";

type Frame = {
  readonly kind: "root" | "table" | "row" | "cell" | "quote";
  readonly cells: string[];
  text: string;
  /** Whether the text stands at the beginning of a line. */
  fresh: boolean;
  /** Whether a table lies inside, so that this cell only lays the page out. */
  layout: boolean;
};

const frame = (kind: Frame["kind"]): Frame => ({ kind, cells: [], text: "", fresh: true, layout: false });

/** The text of an HTML document or part of one. Takes time in proportion to its length. */
export function htmlText(html: string): string {
  const stack: Frame[] = [frame("root")];
  let preformatted = 0;
  for (const token of tokens(html)) {
    if ("text" in token) write(top(stack), written(decodeEntities(token.text), preformatted > 0));
    else if (token.closing) closeElement(stack, token.name);
    else openElement(stack, token.name);
    if ("name" in token && token.name === "pre") {
      preformatted = Math.max(0, preformatted + (token.closing ? -1 : 1));
    }
  }
  while (stack.length > 1) close(stack);
  return lines(top(stack).text).join("\n");
}

/** Text as it shows: breaks of the source count in preformatted text only. */
function written(text: string, preformatted: boolean): string {
  if (!preformatted) return text.replace(/[\p{Cc} ]+/gu, " ");
  return text.split(/\r?\n/).map((line) => line.replace(/[\p{Cc} ]+/gu, " ")).join(BREAK);
}

type Token = { readonly text: string } | { readonly name: string; readonly closing: boolean };

/** Tags and the text between them; comments and hidden elements are left out. */
function* tokens(html: string): Generator<Token> {
  const tag = /<(?:!--|(\/?)([A-Za-z][A-Za-z0-9:-]*)|[!?])/g;
  const unended = new Set<string>();
  let at = 0;
  for (let found = tag.exec(html); found !== null; found = tag.exec(html)) {
    if (found.index > at) yield { text: html.slice(at, found.index) };
    const name = (found[2] ?? "").toLowerCase();
    at = found[0] === "<!--" ? after(html, "-->", tag.lastIndex) : endOfTag(html, tag.lastIndex);
    if (found[1] === "" && HIDDEN.test(name) && !unended.has(name)) {
      const end = endOfElement(html, name, at);
      if (end < 0) unended.add(name); // Looked for once only, or the time would grow with the square.
      else at = end;
    }
    tag.lastIndex = at;
    if (name !== "") yield { name, closing: found[1] === "/" };
  }
  if (at < html.length) yield { text: html.slice(at) };
}

function after(html: string, mark: string, from: number): number {
  const at = html.indexOf(mark, from);
  return at < 0 ? html.length : at + mark.length;
}

/** Where a tag ends; a `>` within quotes doesn't end it, unless the quotes never close. */
function endOfTag(html: string, from: number): number {
  let quote = "";
  for (let at = from; at < html.length && at < from + MAX_TAG; at++) {
    const character = html[at]!;
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at + 1;
  }
  return after(html, ">", from);
}

function endOfElement(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}[\\s>]`, "gi");
  end.lastIndex = from;
  return end.exec(html) === null ? -1 : after(html, ">", end.lastIndex - 1);
}

function openElement(stack: Frame[], name: string): void {
  if (name === "br") write(top(stack), BREAK);
  else if (name === "td" || name === "th") openCell(stack);
  else if (name === "tr") openRow(stack);
  else if (name === "table" || name === "blockquote") push(stack, name === "table" ? "table" : "quote");
  else if (BLOCK.test(name)) newLine(top(stack), PARAGRAPH.test(name));
}

function closeElement(stack: Frame[], name: string): void {
  if (name === "td" || name === "th") closeTo(stack, "cell");
  else if (name === "tr") closeTo(stack, "row");
  else if (name === "table") closeTo(stack, "table");
  else if (name === "blockquote") closeTo(stack, "quote");
  else if (BLOCK.test(name)) newLine(top(stack), PARAGRAPH.test(name));
}

/** End tags of cells and rows are often left out (HTML, 13.1.2.4). */
function openRow(stack: Frame[]): void {
  if (inTable(stack)) {
    closeTo(stack, "row");
    push(stack, "row");
  } else newLine(top(stack));
}

function openCell(stack: Frame[]): void {
  if (inTable(stack)) {
    closeTo(stack, "cell");
    if (top(stack).kind === "table") push(stack, "row");
    push(stack, "cell");
  } else write(top(stack), "\t");
}

const top = (stack: readonly Frame[]): Frame => stack[stack.length - 1]!;
const inTable = (stack: readonly Frame[]): boolean => /^(?:table|row|cell)$/.test(top(stack).kind);

function push(stack: Frame[], kind: Frame["kind"]): void {
  if (stack.length < MAX_DEPTH) stack.push(frame(kind));
  else newLine(top(stack));
}

/** Closes up to the nearest element of a kind, if there is one within the table that is open. */
function closeTo(stack: Frame[], kind: Frame["kind"]): void {
  for (let at = stack.length - 1; at > 0; at--) {
    const here = stack[at]!.kind;
    if (here === kind) {
      while (stack.length > at) close(stack);
      return;
    }
    if (here === "table" || (here === "quote" && kind !== "table")) return;
  }
}

function close(stack: Frame[]): void {
  const done = stack.pop()!;
  const into = top(stack);
  if (done.kind === "cell" && into.kind === "row") {
    into.cells.push(done.text);
    into.layout ||= done.layout;
    return;
  }
  newLine(into, done.kind === "table" || done.kind === "quote");
  if (done.kind === "quote") write(into, lines(done.text).map((line) => `> ${line}`).join(BREAK));
  else write(into, done.kind === "row" ? done.text + rowText(done) : done.text);
  newLine(into);
  if (done.kind === "table") into.layout = true;
}

function write(into: Frame, text: string): void {
  into.text += text;
  if (text.trim() !== "") into.fresh = text.endsWith(BREAK);
}

/** Goes to a line of its own, with an empty one before it on demand. */
function newLine(into: Frame, apart = false): void {
  if (!into.fresh) into.text += BREAK;
  if (apart) into.text += BREAK;
  into.fresh = true;
}

/** The cells of a row side by side; those of a row that only lays the page out one after another. */
function rowText({ cells, layout }: Frame): string {
  const filled = cells.filter((cell) => lines(cell).length > 0);
  if (layout || filled.length <= 1) return filled.join(BREAK);
  return cells.map((cell) => lines(cell).join(" ")).join("\t").replace(/\t+$/, "");
}

/** Lines without blanks at their ends; no empty line twice, none at the beginning or end. */
function lines(text: string): string[] {
  const each = text.split(BREAK).map((line) => line.replace(/ *\t */g, "\t").replace(/ {2,}/g, " ").trim());
  const kept = each.filter((line, at) => line !== "" || (each[at - 1] ?? "") !== "");
  while (kept.at(-1) === "") kept.pop();
  return kept;
}
