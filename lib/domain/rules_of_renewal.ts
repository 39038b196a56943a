/**
 * Rules of renewal (R28): the files of a completed case get a new document timestamp before the last one loses its
 * strength, for ever. Renewing is a job that may run twice; the second result is refused here, and its bytes are
 * thrown away.
 *
 * @module
 */
import { type Case, currentSha256, type FileId, fileOf, type SealStep } from "./case.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { DAY_MS, epochMs, type Instant, plusMs } from "./instant.ts";
import { refuse } from "./refusal.ts";

/** The longest time between a renewal and the end that it comes before, in ms: a year of tries. */
const LONGEST_MARGIN_MS = 365 * DAY_MS;

const RENEWED = /^DocTimeStamp(\d+)$/;

/** The timestamp that a file of a completed case gets next, `DocTimeStamp2` first; null for any other. */
export function renewalStep(state: Case, id: FileId): SealStep | null {
  const file = fileOf(state, id);
  if (!file || state.phase !== "completed") return null;
  const last = Number(RENEWED.exec(file.renewal?.step ?? "")?.[1] ?? 1);
  return `DocTimeStamp${last + 1}`;
}

/** Decides whether a renewal's result counts: only on the very file that it was made for. */
export function decideRenewal(state: Case, command: CommandOf<"recordRenewal">): Decision {
  const { do: _, ...facts } = command;
  const file = fileOf(state, command.file);
  if (!file || renewalStep(state, command.file) !== command.step) return refuse("not_awaited");
  if (currentSha256(file) !== command.previousSha256) return refuse("not_awaited");
  return done({ did: "renewed", ...facts });
}

/** A timestamp's time, and the first instant at which its authority's certificates no longer hold. */
export type TimestampLife = { readonly at: Instant; readonly endsAt: Instant };

/** When a timestamp loses its strength: with its certificates, never more than `validYears` years after its time. */
export function strengthEnd({ at, endsAt }: TimestampLife, validYears: number): Instant {
  const most = plusMs(at, validYears * 365 * DAY_MS);
  return endsAt < most ? endsAt : most;
}

/**
 * When a timestamp is to be renewed: a year before it loses its strength, or a third of its life before when that
 * is shorter.
 */
export function renewalDueAt(life: TimestampLife, validYears: number): Instant {
  const end = strengthEnd(life, validYears);
  const third = Math.floor((epochMs(end) - epochMs(life.at)) / 3);
  return plusMs(end, -Math.min(LONGEST_MARGIN_MS, Math.max(0, third)));
}
