/**
 * The rounds of a case: each sending of the contract to all its parties, from the first (R16) over corrected PDFs
 * (R35) to changed confirmers (R34). Requests are numbered through all rounds, so that a link of an earlier one can
 * never open a later one.
 *
 * @module
 */
import type { Case, Party, Person } from "./case.ts";
import type { Instant } from "./instant.ts";
import { sameAddress } from "./mail_address.ts";
import type { PartyFacts } from "./parties.ts";

/** Which round a case is in; 1 until it is sent anew. */
export const roundOf = (state: Case): number => state.round ?? 1;

/** Which 版 of the contract is in force; 1 until a corrected PDF is sent. */
export const versionOf = (state: Case): number => state.version ?? 1;

/** The last number of a request of earlier rounds: links up to it are of contracts that are void. */
export const lastIssueOf = (state: Case): number => state.lastIssue ?? 0;

/** Whether the 契約書 itself says the 契約日: then that date can't be outlived by words alone (R32). */
export function showsContractDate({ draft }: Case): boolean {
  if (!draft) return false;
  return draft.dateShown ??
    !draft.documents.some(({ warnings }) => warnings.includes("contract_date_not_found"));
}

/** Whoever has, or had in an earlier round, a request of this case. */
export function askedParties(state: Case): readonly Party[] {
  return state.parties.filter((party) => party.issue > 0 || party.askedBefore);
}

/** A fresh issue of a request: nothing of the earlier one holds any more. */
export const REISSUED = {
  handedOverAt: null,
  expiresAt: null,
  wrongCodes: 0,
  locked: false,
  bounced: false,
} as const;

/** A party whom nobody has asked yet. */
export function freshParty(facts: PartyFacts): Party {
  return { ...facts, ...REISSUED, issue: 0, viewedAt: null, agreedAt: null, authentication: null };
}

/** What a new round changes in a case: everyone is asked anew, and no earlier request counts. */
export function newRound(
  state: Case,
  { at, parties, told }: {
    readonly at: Instant;
    readonly parties: readonly PartyFacts[];
    readonly told: readonly Person[];
  },
): Case {
  const knows = (address: string) => told.some((person) => sameAddress(person.address, address));
  return {
    ...state,
    phase: "circulating",
    parties: parties.map((facts) => ({
      ...freshParty(facts),
      ...knows(facts.address) && { askedBefore: true as const },
    })),
    sentAt: at,
    turn: 0,
    delayedStep: null,
    delayedCause: null,
    round: roundOf(state) + 1,
    lastIssue: Math.max(lastIssueOf(state), ...state.parties.map((party) => party.issue)),
  };
}
