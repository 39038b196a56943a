/**
 * What a process and the child that answers its questions tell each other.
 *
 * @module
 */
import type { TimeLimits, TimeOver } from "./time_watch.ts";

/** A question, and what answering it may take. */
export type ChildQuestion = { readonly question: unknown; readonly limits: TimeLimits };

/**
 * What the child says: that its worker has loaded; the answer; that the question took more than it may, after
 * which the child ends itself; or that its worker ended.
 */
export type ChildReport =
  | { readonly told: "ready" }
  | { readonly told: "answer"; readonly answer: unknown }
  | { readonly told: "over"; readonly passed: TimeOver }
  | { readonly told: "died"; readonly why: string };
