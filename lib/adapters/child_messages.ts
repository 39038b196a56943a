/**
 * What a process and the child that answers its questions tell each other.
 *
 * @module
 */
import type { TimeLimits, TimeOver } from "./time_watch.ts";

/** A question, what answering it may take, and whether a block of bytes follows, to be its `content`. */
export type ChildQuestion = {
  readonly question: unknown;
  readonly limits: TimeLimits;
  readonly carries: boolean;
};

/**
 * What the child says: that its worker has loaded; the answer; that the question took more than it may, after
 * which the child ends itself; or that its worker ended.
 */
export type ChildReport =
  | { readonly told: "ready" }
  | { readonly told: "answer"; readonly answer: unknown }
  | { readonly told: "over"; readonly passed: TimeOver }
  | { readonly told: "died"; readonly why: string };
