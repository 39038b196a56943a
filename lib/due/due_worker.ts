/**
 * Outcomes of due entries.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { DueEntry } from "./due_index.ts";

/**
 * What became of a due entry: done, so that it goes; or done for now and due again at a time, as if first then. A
 * handler that throws is tried again with back-off.
 */
export type DueOutcome = { readonly done: true } | { readonly again: Instant };

/** Carries one kind of entry out. It may run twice and must then do no harm. `signal` ends with the lease. */
export type DueHandler = (entry: DueEntry, signal: AbortSignal) => Promise<DueOutcome>;
