/**
 * The rounds of a case that are over because it was sent anew, read off its history: who had been asked, what they
 * had agreed to, and the files as they then were. Nothing of them is ever thrown away (R34, R35).
 *
 * @module
 */
import type { Case, Party, SealedDocument } from "../domain/case.ts";
import type { RecordedEvent } from "../domain/case_event.ts";
import { evolve } from "../domain/evolve.ts";
import type { Instant } from "../domain/instant.ts";
import { roundOf, versionOf } from "../domain/rounds.ts";

/** A round that is over. */
export type FormerRound = {
  readonly round: number;
  /** The 版 that was sent in it. */
  readonly version: number;
  readonly sentAt: Instant | null;
  readonly endedAt: Instant;
  readonly documents: readonly SealedDocument[];
  readonly parties: readonly Party[];
};

/**
 * All rounds of a history but the one in force, first one first. Of a history that was tampered with, those before the
 * record that can't be read.
 */
export function formerRounds(history: readonly RecordedEvent[]): FormerRound[] {
  const rounds: FormerRound[] = [];
  let state: Case | null = null;
  try {
    for (const entry of history) {
      const { event } = entry;
      const ends = event.did === "corrected" || event.did === "confirmersChanged";
      if (state && ends) rounds.push(endedRound(state, event.at));
      state = evolve(state, entry);
    }
  } catch {
    // Parts may be missing that an event of this kind always has.
  }
  return rounds;
}

function endedRound(state: Case, endedAt: Instant): FormerRound {
  return {
    round: roundOf(state),
    version: versionOf(state),
    sentAt: state.sentAt,
    endedAt,
    documents: state.draft?.documents ?? [],
    parties: state.parties,
  };
}
