/**
 * Text boxes of a spreadsheet's drawing (ECMA-376 part 1, §20.5): their lines and the cells that they are anchored at.
 *
 * @module
 */
import { isOn } from "./docx_styles.ts";
import { type XmlEvent, xmlEvents } from "./xml_events.ts";

/** A corner: a cell, counted from 0, and how far into it, in EMU. */
export type Corner = { column: number; columnOffset: number; row: number; rowOffset: number };

/** A box as drawn; `to` is missing where only its size is given. `part` is its share of the anchored rectangle, 0 to 1. */
export type DrawnBox = {
  readonly from: Corner;
  readonly to: Corner | null;
  readonly part: Rect;
  readonly text: string;
};

/** A rectangle, in the unit of what it lies in. */
export type Rect = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
/** A shape or group that is open; `inner` is what the children's places count in. */
type Open = { hidden: boolean; callout: boolean; off: Rect; inner: Rect; lines: string[] };

/** What has a name and a place of its own; of these only shapes have text. */
const DRAWN = new Set(["sp", "grpSp", "pic", "cxnSp", "graphicFrame", "contentPart"]);
const WHOLE: Rect = { x: 0, y: 0, width: 1, height: 1 };
const NOWHERE: Rect = { x: 0, y: 0, width: 0, height: 0 };
const MAX_BOXES = 500;
const MAX_NESTED = 8;
const MAX_TEXT = 4_000;

/** The boxes with text that are shown, in order. Throws `UnreadableForm` `damaged`. */
export function drawnBoxes(xml: string): DrawnBox[] {
  const reader = new DrawingReader();
  for (const event of xmlEvents(xml)) {
    reader.take(event);
    if (reader.boxes.length >= MAX_BOXES) break;
  }
  return reader.boxes;
}

/** Walks the events with a stack of groups, the last of which may be a shape. */
class DrawingReader {
  readonly boxes: DrawnBox[] = [];
  readonly #open: Open[] = [];
  /** For each open choice between twins of a shape, whether one was taken (part 3, §9.3). */
  readonly #choices: boolean[] = [];
  /** Open elements within a twin that is not taken. */
  #skipped = 0;
  #from: Corner | null = null;
  #to: Corner | null = null;
  #corner: Corner | null = null;
  #number = "";
  #inBody = false;
  #inText = false;

  take(event: XmlEvent): void {
    if (event.is === "text") {
      if (this.#skipped === 0) this.#text(event.text);
    } else if (this.#skipped > 0) this.#skipped += event.is === "start" ? 1 : -1;
    else if (event.is === "start") this.#start(event.name, event.attributes);
    else this.#end(event.name);
  }

  #start(name: string, attributes: ReadonlyMap<string, string>): void {
    const top = this.#open.at(-1);
    const pair = (x: string, y: string) => [Number(attributes.get(x)) || 0, Number(attributes.get(y)) || 0];
    if (name === "AlternateContent") this.#choices.push(false);
    else if (name === "Choice" || name === "Fallback") this.#choose();
    else if (name === "twoCellAnchor" || name === "oneCellAnchor" || name === "absoluteAnchor") {
      this.#from = this.#to = null;
    } else if (name === "from" || name === "to") this.#openCorner(name);
    else if (DRAWN.has(name)) {
      this.#open.push({ hidden: false, callout: false, off: NOWHERE, inner: NOWHERE, lines: [] });
    } else if (top === undefined) return;
    else if (this.#inBody) this.#startInBody(name, top);
    else if (name === "txBody") this.#inBody = true;
    else if (name === "cNvPr") top.hidden = attributes.has("hidden") && isOn(attributes.get("hidden"));
    else if (name === "prstGeom") top.callout = /callout/i.test(attributes.get("prst") ?? "");
    else if (name === "off" || name === "chOff") {
      const [x = 0, y = 0] = pair("x", "y");
      const key = name === "off" ? "off" : "inner";
      top[key] = { ...top[key], x, y };
    } else if ((name === "ext" && attributes.has("cx")) || name === "chExt") {
      const [width = 0, height = 0] = pair("cx", "cy");
      const key = name === "ext" ? "off" : "inner";
      top[key] = { ...top[key], width, height };
    }
  }

  #startInBody(name: string, top: Open): void {
    if (name === "p" || name === "br") top.lines.push("");
    else if (name === "t") this.#inText = true;
  }

  #end(name: string): void {
    if (name === "AlternateContent") this.#choices.pop();
    else if (name === "from" || name === "to") this.#corner = null;
    else if (name === "t") this.#inText = false;
    else if (name === "txBody") this.#inBody = false;
    else if (DRAWN.has(name)) this.#closeShape();
    else if (this.#corner !== null) {
      const value = Number(this.#number) || 0;
      this.#number = "";
      if (name === "col") this.#corner.column = value;
      else if (name === "colOff") this.#corner.columnOffset = value;
      else if (name === "row") this.#corner.row = value;
      else if (name === "rowOff") this.#corner.rowOffset = value;
    }
  }

  /** Of the twins of a shape the first is read. */
  #choose(): void {
    if (this.#choices.at(-1) === true) this.#skipped = 1;
    else if (this.#choices.length > 0) this.#choices[this.#choices.length - 1] = true;
  }

  #openCorner(name: "from" | "to"): void {
    this.#corner = { column: 0, columnOffset: 0, row: 0, rowOffset: 0 };
    this.#number = "";
    if (name === "from") this.#from = this.#corner;
    else this.#to = this.#corner;
  }

  #text(text: string): void {
    if (this.#corner !== null) this.#number += text.trim().slice(0, 12);
    const lines = this.#inText ? this.#open.at(-1)?.lines : undefined;
    if (lines !== undefined && lines.length > 0) lines[lines.length - 1] += text;
  }

  /** A callout points at a place of the form and tells what to write there; a box without a cell stands nowhere. */
  #closeShape(): void {
    const shape = this.#open.at(-1);
    const shown = !this.#open.some((each) => each.hidden) && this.#open.length <= MAX_NESTED;
    const text = (shape?.lines ?? []).join("\n").trim().slice(0, MAX_TEXT);
    if (shape !== undefined && shown && !shape.callout && text !== "" && this.#from !== null) {
      this.boxes.push({ from: this.#from, to: this.#to, part: this.#part(), text });
    }
    this.#open.pop();
  }

  /** Where the innermost shape lies in the anchored rectangle, which the outermost fills. */
  #part(): Rect {
    return this.#open.slice(1).reduce((outer, { off }, index) => {
      const { inner } = this.#open[index]!;
      if (!(inner.width > 0 && inner.height > 0)) return outer;
      return {
        x: outer.x + outer.width * share((off.x - inner.x) / inner.width),
        y: outer.y + outer.height * share((off.y - inner.y) / inner.height),
        width: outer.width * share(off.width / inner.width),
        height: outer.height * share(off.height / inner.height),
      };
    }, WHOLE);
  }
}

/** From 0 to 1, whatever the file claims. */
const share = (value: number): number => value > 0 ? Math.min(1, value) : 0;
