/**
 * What an officer must see before a contract goes out (R12).
 *
 * @module
 */
import type { Term } from "../domain/case.ts";
import type { Day } from "../domain/instant.ts";
import type { FileRow } from "./letter.ts";

/** A party in the order in which it is asked. */
export type SummaryParty = {
  readonly id: string;
  readonly role: "confirmer" | "approver";
  readonly name: string;
  readonly address: string;
};

/** The summary of a draft, for the letter and for the page. */
export type DraftSummary = {
  readonly title: string;
  /** 商号 as on the form; empty when none was read. */
  readonly company: string;
  /** Null until it is said. */
  readonly contractDate: Day | null;
  readonly term: Term | null;
  /** In yen. */
  readonly amount: number | null;
  readonly copyTo: readonly string[];
  /** Whether an アクセスコード will be asked. */
  readonly accessCode: boolean;
  readonly parties: readonly SummaryParty[];
  readonly files: readonly FileRow[];
  /** Japanese sentences, what the officer should look at. */
  readonly warnings: readonly string[];
};
