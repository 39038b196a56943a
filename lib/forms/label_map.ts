/**
 * Which labels a value answers to: those at its left, those above it, those before it.
 *
 * @module
 */
import type { Meaning } from "./label.ts";
import { isNoise } from "./form_values.ts";
import { sameRow } from "./piece.ts";
import type { Token } from "./token.ts";

/** A label without a value in its own text. */
const isHead = (token: Token): boolean => token.label !== null && token.text === "";
const isValue = (token: Token): boolean => token.label === null && token.text !== "" && !isNoise(token.text);
const isEmpty = (token: Token): boolean => token.label === null && token.text === "";
const isRole = (token: Token): boolean => token.label !== null && token.label.attributes.length === 0;

/** Columns of notes beside the values, which are no part of them. */
const NOTE_COLUMN =
  /^(?:備考|摘要|補足|注記?|説明|参考|例|(?:ご)?注意(?:事項|点)?|留意(?:事項|点)|(?:ご?(?:記入|記載|入力))(?:上の|の|時の)?(?:ご?注意(?:事項|点)?|留意(?:事項|点)?|要領|方法|例|説明))(?:欄|等)?$/;

/** Heads of the column of all values; 所属 heads another one. */
const VALUE_COLUMN = /記入|記載|入力|内容|回答|項目|欄/;

/** The labels of a layout, seen from its values. */
export class LabelMap {
  readonly #tokens: readonly Token[];
  readonly #line: number;
  /** Labels directly at the left of each value, nearest first. */
  readonly #left = new Map<Token, readonly Token[]>();
  readonly #owned = new Set<Token>();
  /** The label above each value. */
  readonly #above = new Map<Token, Token | null>();
  readonly #heading: ReadonlySet<Token | null>;
  readonly #foreign: readonly Token[];
  readonly #stacked: boolean;

  /** `line` is the height of a line in the tokens' unit. */
  constructor(tokens: readonly Token[], line: number) {
    this.#tokens = tokens;
    this.#line = line;
    for (const token of tokens) {
      if (!isValue(token)) continue;
      const labels = this.#labelsLeftOf(token);
      this.#left.set(token, labels);
      if (labels[0] !== undefined) this.#owned.add(labels[0]);
    }
    this.#stacked = this.#isStacked();
    for (const token of tokens) if (isValue(token)) this.#above.set(token, this.#headOf(token));
    this.#heading = new Set(this.#above.values());
    this.#foreign = this.#foreignHeads();
  }

  /** Labels directly at the left of a value, nearest first. */
  leftOf(value: Token): readonly Token[] {
    return this.#left.get(value) ?? [];
  }

  /** Labels next to a label, on its left: 確認者１ for the 氏名 beside it. */
  besideLabel(label: Token): readonly Token[] {
    return this.#labelsLeftOf(label);
  }

  /** Whether values stand beside this label. */
  owns(label: Token): boolean {
    return this.#owned.has(label);
  }

  /** Whether values stand below this label. */
  isHeading(label: Token): boolean {
    return this.#heading.has(label);
  }

  /** The label above a value that holds for it, as the head of its column or as a heading; null when there is none. */
  above(value: Token): Token | null {
    return this.#above.get(value) ?? null;
  }

  #headOf(value: Token): Token | null {
    let from = value;
    for (const next of this.#columnAbove(value)) {
      if (from.y0 - next.y1 > this.#line * (value.table > 0 && next.table === value.table ? 1.5 : 2.4)) {
        return null;
      }
      if (isHead(next)) return this.#heads(next, value, from === value) ? next : null;
      if (next.label !== null) return null;
      const beside = this.leftOf(next);
      if (beside.some((label) => !isRole(label)) && this.leftOf(value).length === 0) return null;
      from = next;
    }
    return null;
  }

  /** Whether a head stands in a row with one for names and one for mail addresses, as over a list of people. */
  headsPeople(head: Token): boolean {
    const row = this.#tokens.filter((other) =>
      isHead(other) && other.table === head.table && sameRow(other, head)
    );
    const asks = (attribute: "name" | "mail") =>
      row.some(({ label }) => label?.role === undefined && label?.attributes.includes(attribute) === true);
    return asks("name") && asks("mail");
  }

  /** The note that heads a value's column, such as 備考; a value under one is none. */
  underNotes(value: Token): boolean {
    return value.table > 0 &&
      this.#columnAbove(value).some((token) =>
        token.table === value.table && token.x0 >= value.x0 - 0.5 && token.x1 <= value.x1 + 0.5 &&
        NOTE_COLUMN.test(token.whole.replace(/\s/g, ""))
      );
  }

  /** Whether a value's column is headed by a word that is no label, in a row of heads: 確認順, 続柄. */
  underForeignHead(value: Token): boolean {
    return this.#foreign.some((head) =>
      head.table === value.table && head.y1 <= value.y0 + this.#line * 0.3 && head.x0 < value.x1 &&
      head.x1 > value.x0
    );
  }

  /** Texts of tables that stand in a row with two heads or more. */
  #foreignHeads(): Token[] {
    const heads = this.#tokens.filter((token) => token.table > 0 && this.isHeading(token));
    if (heads.length < 2) return [];
    return this.#tokens.filter((token) =>
      token.table > 0 && isValue(token) && heads.filter((head) => sameRow(head, token)).length >= 2
    );
  }

  #labelsLeftOf(token: Token): Token[] {
    const row = this.#tokens
      .filter((other) => other !== token && other.x1 <= token.x0 + this.#line * 0.3 && sameRow(other, token))
      .sort((a, b) => b.x0 - a.x0);
    const first = row.findIndex((other) => other.label !== null);
    // A value runs from its label: what is cut off from it by another table's edge is not its.
    if (first < 0 || !isHead(row[first]!)) return [];
    const labels: Token[] = [];
    for (const other of row.slice(first)) {
      if (!isHead(other)) break;
      labels.push(other);
    }
    // 「確認者１」 over several rows owns each of them, beyond further labels and values.
    const tall = row.slice(first + labels.length).find((other) =>
      isHead(other) && isRole(other) && other.y1 - other.y0 > 1.4 * (token.y1 - token.y0)
    );
    return tall === undefined ? labels : [...labels, tall];
  }

  #columnAbove(token: Token): Token[] {
    return this.#tokens
      .filter((other) =>
        other !== token && other.y1 <= token.y0 + this.#line * 0.3 && other.x0 < token.x1 &&
        other.x1 > token.x0
      )
      .sort((a, b) => b.y1 - a.y1);
  }

  /** Whether a label stands over values: in a row of labels, or alone where that is how the form is made. */
  #heads(head: Token, value: Token, directly: boolean): boolean {
    const row = this.#tokens.filter((other) => other !== head && sameRow(other, head));
    const right = row.filter((other) => other.x0 >= head.x1 - this.#line * 0.3).sort((a, b) => a.x0 - b.x0);
    const labels = row.filter((other) => other.label !== null);
    // A text before all labels of a row (No., 順番) heads a column that nobody asks for.
    const foreign = (other: Token) =>
      isValue(other) && !(labels.length > 0 && other.x1 <= head.x0 + this.#line * 0.3);
    if (
      this.owns(head) || row.some((other) => foreign(other) || (other.label !== null && other.text !== ""))
    ) {
      return false;
    }
    if (labels.length > 0) {
      return !(right[0] !== undefined && isEmpty(right[0])) &&
        (isRole(head) || this.leftOf(value).every(isRole));
    }
    if (right.some(isEmpty)) return false;
    if (isRole(head)) return true;
    return directly && this.leftOf(value).length === 0 && this.#stacked;
  }

  /** Whether the form writes labels above their values rather than beside them. */
  #isStacked(): boolean {
    const heads = this.#tokens.filter((token) => token.label !== null && !isRole(token));
    const beside = heads.filter((token) => token.text !== "" || this.owns(token)).length;
    const over = heads.filter((head) => {
      if (head.text !== "" || this.owns(head) || this.#tokens.some((t) => t !== head && sameRow(t, head))) {
        return false;
      }
      const below = this.#tokens.find((token) =>
        token.y0 >= head.y1 - this.#line * 0.3 && token.x0 < head.x1 && token.x1 > head.x0
      );
      return below !== undefined && isValue(below) && below.y0 - head.y1 < this.#line * 2.4;
    }).length;
    return over >= 2 || (over === 1 && beside <= 3);
  }
}

/** What a value's labels say together: those beside it, nearest first, and the one above. */
export function meaningOf(left: readonly Token[], head: Token | null): Meaning {
  const above = head?.label ?? null;
  const beside = left.flatMap((token) => token.label ?? []);
  // 「記入欄」 over a column says nothing of a value with a label beside it.
  if (
    above === null ||
    (beside.length > 0 && above.attributes.every((each) => each === "other") && !isRole(head!) &&
      (VALUE_COLUMN.test(head!.whole) || beside.some((label) => label.attributes.length > 0)))
  ) {
    return mergedMeaning(beside);
  }
  // Under 「確認者氏名」 a row's 「代表者」 only tells whose row it is.
  const owned = above.role !== undefined && above.attributes.length > 0;
  const bare = beside.every((label) => label.attributes.length === 0 && label.number === undefined);
  return mergedMeaning(owned && bare ? [above, ...beside] : [...beside, above]);
}

/** One meaning from several, the first to say something being right. */
export function mergedMeaning(parts: readonly (Meaning | null | undefined)[]): Meaning {
  let merged: Meaning = { attributes: [] };
  for (const part of parts) {
    if (!part) continue;
    const owner = merged.role === undefined && part.role !== undefined;
    merged = {
      attributes: merged.attributes.length > 0 ? merged.attributes : part.attributes,
      ...(merged.role ?? part.role ? { role: (merged.role ?? part.role)! } : {}),
      ...(owner || merged.number !== undefined ? numberFrom(owner ? part : merged) : numberFrom(merged)),
      ...(merged.member ?? part.member ? { member: (merged.member ?? part.member)! } : {}),
    };
  }
  return merged;
}

const numberFrom = (meaning: Meaning) => meaning.number === undefined ? {} : { number: meaning.number };
