/**
 * Rules of sealing: which update may be appended next, and what follows from it (R26, R27). Sealing is a job
 * that may run twice; the second result is refused here, and its bytes are thrown away.
 *
 * @module
 */
import { allSealed, type Case, CERTIFICATE_STEP, currentSha256, sealSteps } from "./case.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { evolve } from "./evolve.ts";
import { record } from "./history.ts";
import { refuse } from "./refusal.ts";
import { lastIssueOf, roundOf } from "./rounds.ts";

/** The seal that a document needs next; null when none is due now. */
export function dueStep(state: Case, document: number): string | null {
  const file = state.draft?.documents[document];
  if (!file || state.sentAt === null) return null;
  const step = sealSteps(state)[file.tails.length];
  if (step === undefined) return null;
  if (step === "Sender") return state.phase === "circulating" ? step : null;
  const party = state.parties.find((each) => each.id === step);
  if (party) return party.agreedAt !== null && state.phase !== "withdrawn" ? step : null;
  return state.phase === "executed" ? step : null;
}

/** Decides whether a seal's result counts; asks the next party once every document carries it. */
export function decideSeal(state: Case, command: CommandOf<"recordSeal">): Decision {
  const { do: _, round = 1, ...facts } = command;
  // A round may begin with the very bytes of the one before: its first seal is not that of another round (R34).
  if (round !== roundOf(state)) return refuse("not_awaited");
  const file = state.draft?.documents[command.document];
  if (!file || dueStep(state, command.document) !== command.step) return refuse("not_awaited");
  if (currentSha256(file) !== command.previousSha256) return refuse("not_awaited");
  const sealed = { did: "sealed", ...facts } as const;
  const after = evolve(state, record(sealed, state.length, state.head));
  const next = after.parties[after.turn];
  const stepDone = allSealed(after, command.step);
  if (stepDone && after.phase === "circulating" && next && next.issue === 0) {
    const issue = lastIssueOf(state) + 1;
    return done(sealed, { did: "requested", at: command.at, party: next.id, issue, by: "service" });
  }
  return done(sealed);
}

function certificateDue(state: Case): boolean {
  return state.phase === "executed" && allSealed(state, "DocTimeStamp");
}

/** Decides whether the officer hears that a seal or the certificate is late: once for each cause, and only while it is due. */
export function decideDelay(state: Case, command: CommandOf<"reportDelay">): Decision {
  const { do: _, ...facts } = command;
  const { step, cause = null } = command;
  const due = step === CERTIFICATE_STEP
    ? certificateDue(state)
    : state.draft?.documents.some((_, document) => dueStep(state, document) === step);
  const isNews = state.delayedStep !== step || (cause !== null && state.delayedCause !== cause);
  return due && isNews ? done({ did: "sealingDelayed", ...facts }) : done();
}

/** Decides whether the certificate of agreement closes the case. */
export function decideCertify(state: Case, command: CommandOf<"certify">): Decision {
  if (state.phase === "completed") return done();
  if (!certificateDue(state)) return refuse("not_sealed_yet");
  const { do: _, ...facts } = command;
  return done({ did: "certified", ...facts }, { did: "completed", at: command.at });
}
