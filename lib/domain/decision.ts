/**
 * The two forms of an answer to a command.
 *
 * @module
 */
import type { CaseEvent } from "./case_event.ts";
import type { CaseCommand } from "./command.ts";
import type { Refusal } from "./refusal.ts";

/** Events to be recorded, in order (none: it had happened already), or a refusal. */
export type Decision = { readonly events: readonly CaseEvent[] } | Refusal;

/** The command of a name. */
export type CommandOf<Do extends CaseCommand["do"]> = Extract<CaseCommand, { do: Do }>;

/** A decision that records events. */
export const done = (...events: CaseEvent[]): Decision => ({ events });
