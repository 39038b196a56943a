/**
 * The contract with the catalog (目録) of cases: an index beside the store, by which many cases are searched at
 * once. It is derived from the cases and can be made anew at any time; what it gives are numbers of cases that
 * *may* be what was looked for, to be judged by the cases themselves. The suite in `tests/conformance/catalog.ts`
 * holds every adapter to it.
 *
 * @module
 */
import type { CaseNumber, Phase } from "./domain/case.ts";
import type { Day, Instant } from "./domain/instant.ts";

/** What the catalog knows of one case. */
export type CatalogRow = {
  readonly number: CaseNumber;
  readonly openedAt: Instant;
  readonly departmentId: string;
  /** Keyed hashes of the addresses that the case names, hexadecimal. */
  readonly addresses: readonly string[];
  readonly phase: Phase;
  /** Number, 契約名 and 商号, each folded (`foldText`). */
  readonly texts: readonly string[];
  /** 商号 alone, folded. */
  readonly companies: readonly string[];
  readonly contractDate: Day | null;
  /** 契約金額 in yen. */
  readonly amount: number | null;
};

/** One word that is looked for: in the texts, as the amount, or as a range of days (both ends belong to it). */
export type WordSought = {
  /** Folded, never empty. */
  readonly text: string;
  readonly amount: number | null;
  readonly days: { readonly from: Day; readonly to: Day } | null;
};

/** What is looked for; all of it must hold, null and empty ask for nothing. */
export type CatalogQuery = {
  readonly owner: { readonly address: string } | { readonly departments: readonly string[] };
  readonly words: readonly WordSought[];
  /** 契約日. */
  readonly from: Day | null;
  readonly to: Day | null;
  /** 契約金額 in yen. */
  readonly least: number | null;
  readonly most: number | null;
  /** Part of a 商号, folded. */
  readonly company: string;
  readonly phases: readonly Phase[] | null;
};

/** A case's place in the order of the catalog: by the time at which it was opened, then by number. */
export type CatalogPlace = { readonly openedAt: Instant; readonly number: CaseNumber };

/** Keeps the rows and searches them. */
export interface Catalog {
  /** Whether it holds all cases: false for a new or damaged one, until it was begun and finished. */
  whole(): Promise<boolean>;
  /** Empties it. */
  begin(): Promise<void>;
  /** Says that since `begin` the row of every case was put in. */
  finish(): Promise<void>;
  /** Puts rows in, in the place of earlier ones of the same numbers; durable when it resolves. */
  put(rows: readonly CatalogRow[]): Promise<void>;
  /**
   * At most `most` places of rows that fit, newest first, all of them behind `behind` (null: from the newest). Throws
   * `PortError` while it is not whole: what is missing from it would be taken for what is not there.
   */
  find(query: CatalogQuery, behind: CatalogPlace | null, most: number): Promise<readonly CatalogPlace[]>;
  /** Gives everything back. */
  close(): void;
}
