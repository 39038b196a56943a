/**
 * Rules of what follows an executed contract: it stays as it is, and a corrected contract, a 変更契約 or a 覚書 is a
 * case of its own that refers to it (R36).
 *
 * @module
 */
import type { Case } from "./case.ts";
import { type CommandOf, type Decision, done } from "./decision.ts";
import { MAX_FOLLOWERS } from "./limits.ts";
import { refuse } from "./refusal.ts";

/** Decides whether a case may follow this one. `seen` is how many the officer saw: pressed twice begins one. */
export function decideFollow(state: Case, command: CommandOf<"follow">): Decision {
  const { at, number, relation, seen, by } = command;
  if (state.phase !== "executed" && state.phase !== "completed") return refuse("not_executed");
  if (relation === "amendment" && state.form?.kind === "construction") {
    return refuse("amendment_of_construction");
  }
  const followers = state.followedBy?.length ?? 0;
  if (followers !== seen) return refuse("summary_changed");
  if (followers >= MAX_FOLLOWERS) return refuse("followers_too_many");
  return done({ did: "followed", at, number, relation, by });
}
