/**
 * Reads tests of the case as sentences: given a history, when a command comes, then events or a refusal.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import type { Case } from "../../lib/domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../../lib/domain/case_event.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { decide } from "../../lib/domain/decide.ts";
import { replay } from "../../lib/domain/evolve.ts";
import { CHAIN_START, record } from "../../lib/domain/history.ts";
import type { RefusalCode } from "../../lib/domain/refusal.ts";

/** Chains events into a history. */
export function historyOf(events: readonly CaseEvent[]): RecordedEvent[] {
  const history: RecordedEvent[] = [];
  for (const event of events) {
    history.push(record(event, history.length, history.at(-1)?.hash ?? CHAIN_START));
  }
  return history;
}

/** The case that events make. */
export function caseOf(events: readonly CaseEvent[]): Case {
  const state = replay(historyOf(events));
  if (!state) throw new RangeError("Cannot make a case: the history is empty");
  return state;
}

/** Begins a sentence. */
export function given(events: readonly CaseEvent[]) {
  return {
    when(command: CaseCommand) {
      const decision = decide(caseOf(events), command);
      return {
        then(...expected: CaseEvent[]) {
          deepEqual(decision, { events: expected });
        },
        does(...expected: CaseEvent["did"][]) {
          deepEqual("events" in decision ? decision.events.map((event) => event.did) : decision, expected);
        },
        isRefused() {
          ok("refused" in decision, command.do);
        },
        refuses(code: RefusalCode) {
          deepEqual(decision, { refused: code });
        },
        events(): readonly CaseEvent[] {
          return "events" in decision ? [...events, ...decision.events] : events;
        },
      };
    },
  };
}
