/**
 * The lines of an officer's mail that set what the contract is and who else takes part (R11).
 *
 * @module
 */
import type { Day } from "../domain/instant.ts";

/** A person with an address, as an officer's line names one. */
export type NamedAddress = { readonly name: string; readonly address: string };

/** From one day to another, both included. */
export type TermLine = { readonly from: Day; readonly to: Day };

/** What the lines say. A line that is not there leaves its member out. */
export type ContractLines = {
  /** 契約名 */
  readonly title?: string;
  /** 契約日 */
  readonly contractDate?: Day;
  /** アクセスコード */
  readonly accessCode?: string;
  /** 契約期間 */
  readonly term?: TermLine;
  /** 契約金額, in yen. */
  readonly amount?: number;
  /** 共有: who gets the completion mail besides. */
  readonly copyTo?: readonly string[];
  /** 承認者, in order. */
  readonly approvers?: readonly NamedAddress[];
  /** Lines that name a known label with a value that could not be understood, as written. */
  readonly faults: readonly string[];
};

/** Reads the lines of a mail's new text; a quoted original must be cut off before. */
export function readContractLines(_text: string): ContractLines {
  return { faults: [] };
}
