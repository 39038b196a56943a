/**
 * What a confirmer or approver does through the link (R20–R24).
 *
 * @module
 */
import { type Authentication, type Party, partyOf } from "../domain/case.ts";
import { type Refusal, refuse } from "../domain/refusal.ts";
import { asksCode, linkFault } from "../domain/rules_of_circulation.ts";
import { accessCodeFits } from "../link/access_code.ts";
import { act, type Outcome } from "./act.ts";
import { actWithin } from "./act_within.ts";
import type { OpenedLink } from "./links.ts";
import { openingMark, recordOpening } from "./record_opening.ts";
import { now, type World } from "./world.ts";

/** The party whose link it is, with the issue that the link belongs to. */
function holderOf({ link, state }: OpenedLink): { party: Party; issue: number } | Refusal {
  const party = link.party === null ? null : partyOf(state, link.party);
  return party && link.issue !== null ? { party, issue: link.issue } : refuse("unknown_party");
}

/** Reading all documents on the page. */
const READ = { file: "all", what: "view" } as const;

/** Records that the person pressed the first button: the first time, and as an opening each time (R20). */
export async function viewCase(world: World, opened: OpenedLink): Promise<Outcome> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  const command = { do: "view", at: now(world), party: party.id, issue } as const;
  const outcome = await act(world, opened.state.number, command, openingMark(opened, READ, command.at));
  const again = !("refused" in outcome) && outcome.events.length === 0;
  if (again) await recordOpening(world, opened, READ);
  return outcome;
}

/** Tries an access code. A wrong one counts; the fifth locks the link and tells the officer. */
export async function enterAccessCode(
  world: World,
  opened: OpenedLink,
  code: string,
): Promise<{ readonly right: boolean } | Refusal> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  const at = now(world);
  // Before the slow comparison: a dead or locked link is no place to try codes.
  const fault = linkFault(opened.state, party, issue, at);
  if (fault) return fault;
  const kept = asksCode(opened.state, party) ? opened.state.draft?.accessCode ?? null : null;
  const right = kept === null || await accessCodeFits(world.keys, kept, code);
  const tries = world.settings.limits.accessCodeTries;
  const command = { do: "enterCode", at, party: party.id, issue, right, tries } as const;
  const outcome = await act(world, opened.state.number, command);
  return "refused" in outcome ? outcome : { right };
}

/** Agrees to the documents as shown (their SHA-256). Sealing starts at once. */
export async function agree(
  world: World,
  opened: OpenedLink,
  seen: { readonly documents: readonly string[]; readonly authentication: Authentication },
): Promise<Outcome> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  const command = { do: "agree", at: now(world), party: party.id, issue, ...seen } as const;
  return await act(world, opened.state.number, command);
}

/** Does not agree, with a reason: the round stops, the officer is told (R23). */
export async function decline(world: World, opened: OpenedLink, reason: string): Promise<Outcome> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  const command = { do: "decline", at: now(world), party: party.id, issue, reason } as const;
  return await act(world, opened.state.number, command);
}

/** Asks the officer something; stops nothing (R23). */
export async function askQuestion(world: World, opened: OpenedLink, question: string): Promise<Outcome> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  return await act(world, opened.state.number, {
    do: "ask",
    at: now(world),
    party: party.id,
    issue,
    question,
  });
}

/**
 * Asks the officer for a new link because this one has ended (R19). Pressed again and again it changes nothing more:
 * the officer has heard of it, and the answer is the same.
 */
export async function requestNewLink(world: World, opened: OpenedLink): Promise<Outcome> {
  const holder = holderOf(opened);
  if ("refused" in holder) return holder;
  const { party, issue } = holder;
  const place = { number: opened.state.number, party: party.id };
  const command = { do: "requestLink", at: now(world), party: party.id, issue } as const;
  const outcome = await actWithin(world, "requestLink", place, command);
  const enough = "refused" in outcome && outcome.refused === "too_often";
  return enough ? { state: opened.state, events: [] } : outcome;
}
