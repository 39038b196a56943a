/**
 * What a process and the child that does its dangerous work tell each other.
 *
 * @module
 */
import type { TimeLimits, TimeOver } from "./time_watch.ts";

/** A message for the worker in the child. */
export type ChildMessage = {
  readonly message: unknown;
  /** What the worker may take until its next message; null where whoever tells it watches over that. */
  readonly limits: TimeLimits | null;
  /** Whether a block of bytes follows, to be the message's `content`. */
  readonly carries: boolean;
};

/**
 * What the child says: that its worker has loaded; what its worker says; that the worker took more than it may, after
 * which the child ends itself; or that its worker ended.
 */
export type ChildReport =
  | { readonly told: "ready" }
  | { readonly told: "message"; readonly message: unknown }
  | { readonly told: "over"; readonly passed: TimeOver }
  | { readonly told: "died"; readonly why: string };
