/**
 * The fold that makes a case from its history. It never judges: what has happened has happened.
 *
 * @module
 */
import {
  type Case,
  contractDayOver,
  type ContractFile,
  type Party,
  type Proposal,
  type SealedDocument,
} from "./case.ts";
import type { CaseEvent, RecordedEvent } from "./case_event.ts";
import { CHAIN_START } from "./history.ts";
import { freshParty, newRound, REISSUED } from "./rounds.ts";

type EventOf<Did extends CaseEvent["did"]> = Extract<CaseEvent, { did: Did }>;

function opened(event: EventOf<"opened">): Case {
  return {
    number: event.number,
    departmentId: event.departmentId,
    openedAt: event.at,
    phase: "intake",
    contact: event.contact,
    ...event.check && { check: event.check },
    ...event.refersTo && { refersTo: event.refersTo },
    form: event.form,
    proposal: null,
    draft: null,
    parties: [],
    sentAt: null,
    turn: 0,
    delayedStep: null,
    delayedCause: null,
    executedAt: null,
    completedAt: null,
    reopened: false,
    certificate: null,
    length: 0,
    head: CHAIN_START,
  };
}

function withParty(state: Case, id: string, change: Partial<Party>): Case {
  return {
    ...state,
    parties: state.parties.map((party) => party.id === id ? { ...party, ...change } : party),
  };
}

function sent(state: Case, event: EventOf<"sent">): Case {
  const { contractDate, term, dateShown } = event;
  const shown = dateShown === undefined ? {} : { dateShown };
  const draft = state.draft && { ...state.draft, contractDate, term, officer: event.by, ...shown };
  const parties = event.parties.map(freshParty);
  return { ...state, phase: "circulating", draft, parties, sentAt: event.at, turn: 0 };
}

/** Documents as they were handed in, without any seal. */
const unsealed = (documents: readonly ContractFile[]): SealedDocument[] =>
  documents.map((document) => ({ ...document, tails: [] }));

function corrected(state: Case, event: EventOf<"corrected">): Case {
  const draft = { ...event.draft, documents: unsealed(event.draft.documents) };
  return { ...newRound(state, event), draft, version: event.version, reopened: false };
}

function confirmersChanged(state: Case, event: EventOf<"confirmersChanged">): Case {
  const draft = state.draft &&
    { ...state.draft, documents: unsealed(state.draft.documents), officer: event.by };
  return { ...newRound(state, event), draft, form: event.form };
}

function sealed(state: Case, event: EventOf<"sealed">): Case {
  if (!state.draft) return state;
  const tail = { step: event.step, blob: event.blob, size: event.size, sha256: event.sha256 };
  const documents = state.draft.documents.map((document, index): SealedDocument =>
    index === event.document ? { ...document, tails: [...document.tails, tail] } : document
  );
  const agreedParties = state.parties.filter((party) =>
    documents.every((document) => document.tails.some((each) => each.step === party.id))
  );
  const turn = agreedParties.length;
  return { ...state, draft: { ...state.draft, documents }, turn, delayedStep: null, delayedCause: null };
}

function renewed(state: Case, { file, step, blob, size, sha256 }: EventOf<"renewed">): Case {
  const renewal = { step, blob, size, sha256 };
  const { certificate, draft } = state;
  if (file === "certificate") return { ...state, certificate: certificate && { ...certificate, renewal } };
  if (!draft) return state;
  const documents = draft.documents.map((each, index) => index === file ? { ...each, renewal } : each);
  return { ...state, draft: { ...draft, documents } };
}

function proposed({ form, mail, from, check }: EventOf<"formProposed">): Proposal {
  return { form, mail, from, ...check && { check } };
}

function agreed(state: Case, event: EventOf<"agreed">): Case {
  const after = withParty(state, event.party, { agreedAt: event.at, authentication: event.authentication });
  const executed = after.parties.every((party) => party.agreedAt !== null);
  return executed ? { ...after, phase: "executed", executedAt: event.at } : after;
}

function apply(state: Case, event: Exclude<CaseEvent, { did: "opened" }>): Case {
  switch (event.did) {
    case "formProposed":
      return { ...state, proposal: proposed(event) };
    case "formAccepted":
      return { ...state, form: event.form, proposal: null };
    case "formMended":
      return { ...state, form: event.form };
    case "formRefused":
      return { ...state, phase: "refused" };
    case "paperWished":
      return { ...state, phase: "paper" };
    case "handedOn":
      return { ...state, departmentId: event.departmentId };
    case "drafted": {
      const documents = unsealed(event.draft.documents);
      return { ...state, phase: "drafted", draft: { ...event.draft, documents } };
    }
    case "sent":
      return sent(state, event);
    case "corrected":
      return corrected(state, event);
    case "confirmersChanged":
      return confirmersChanged(state, event);
    case "addressMended":
      return { ...withParty(state, event.party, { address: event.address }), form: event.form };
    case "sealed":
      return sealed(state, event);
    case "requested":
      return withParty(state, event.party, { ...REISSUED, issue: event.issue });
    case "handedOver":
      return withParty(state, event.party, { handedOverAt: event.at, expiresAt: event.expiresAt });
    case "reminded":
      return withParty(state, event.party, { remindedAt: event.at });
    case "bounced":
      return withParty(state, event.party, { bounced: true });
    case "viewed":
      return withParty(state, event.party, { viewedAt: event.at });
    case "codeRefused": {
      const party = state.parties.find((each) => each.id === event.party);
      return withParty(state, event.party, { wrongCodes: (party?.wrongCodes ?? 0) + 1 });
    }
    case "codeLocked":
      return withParty(state, event.party, { locked: true });
    case "codeSet":
      return state.draft ? { ...state, draft: { ...state.draft, accessCode: event.accessCode } } : state;
    case "agreed":
      return agreed(state, event);
    case "declined":
      return { ...state, phase: "declined" };
    case "withdrawn":
      return { ...state, phase: "withdrawn" };
    case "reopened":
      return { ...state, phase: "circulating", reopened: contractDayOver(state, event.at) };
    case "certified": {
      const certificate = { sha256: event.sha256, size: event.size };
      return { ...state, certificate, delayedStep: null, delayedCause: null };
    }
    case "completed":
      return { ...state, phase: "completed", completedAt: event.at };
    case "renewed":
      return renewed(state, event);
    case "sealingDelayed":
      return { ...state, delayedStep: event.step, delayedCause: event.cause ?? null };
    case "followed": {
      const { number, relation } = event;
      return { ...state, followedBy: [...state.followedBy ?? [], { number, relation }] };
    }
    case "fileOpened":
      return { ...state, openings: (state.openings ?? 0) + 1 };
    case "asked":
    case "inquired":
    case "linkRequested":
      return state;
  }
}

/** The case after an event. A case begins with `opened`; throws `RangeError` for any other beginning. */
export function evolve(state: Case | null, entry: RecordedEvent): Case {
  const { event } = entry;
  if (event.did !== "opened" && state === null) {
    throw new RangeError(`Cannot begin a case: the history starts with "${event.did}"`);
  }
  const after = event.did === "opened" ? opened(event) : apply(state as Case, event);
  return { ...after, length: entry.seq + 1, head: entry.hash };
}

/** The case that a whole history makes; null for an empty one. */
export function replay(history: readonly RecordedEvent[]): Case | null {
  return history.reduce<Case | null>(evolve, null);
}
