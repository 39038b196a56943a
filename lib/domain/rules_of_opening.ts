/**
 * Rules of the record of who opened which file. Every opening is in the history; the same person and file again
 * within a while is the same opening. The while grows with the number of openings on record, so that a machine
 * that fetches a file for ever cannot make a history without bounds: at 30 minutes apart the first
 * `MANY_OPENINGS`, then once a day, from `MOST_OPENINGS` on once in 30 days.
 *
 * @module
 */
import { type Case, fileOf } from "./case.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { DAY_MS, epochMs } from "./instant.ts";
import { refuse } from "./refusal.ts";
import { roundOf } from "./rounds.ts";

/** Openings on record from which on the same person and file counts once a day. */
export const MANY_OPENINGS = 1_000;
/** Openings on record from which on the same person and file counts once in 30 days. */
export const MOST_OPENINGS = 5_000;

/** How long the same person and file is the same opening, in ms. */
export function sameOpeningMs({ openings = 0 }: Case): number {
  if (openings < MANY_OPENINGS) return 30 * 60_000;
  return openings < MOST_OPENINGS ? DAY_MS : 30 * DAY_MS;
}

/** Decides whether an opening is to be recorded. */
export function decideOpening(state: Case, command: CommandOf<"recordOpening">): Decision {
  const { at, who, as, file, what, lastAt, round = roundOf(state) } = command;
  const isFormer = round < roundOf(state);
  const isThere = isFormer || file === "all" ? state.draft !== null : fileOf(state, file) !== null;
  if (!isThere) return refuse("no_documents");
  if (lastAt !== null && epochMs(at) - epochMs(lastAt) < sameOpeningMs(state)) return done();
  return done({ did: "fileOpened", at, who, as, file, what, ...round > 1 && { round } });
}
