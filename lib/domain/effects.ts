/**
 * What the world must do because of an event: pure data, put into the due index in the same commit as the
 * event itself, so that nothing is forgotten.
 *
 * @module
 */
import {
  allSealed,
  type Case,
  type FileId,
  fileIds,
  type PartyId,
  type SealStep,
  sealSteps,
} from "./case.ts";
import type { RecordedEvent } from "./case_event.ts";
import { needsAnswer } from "./consent_form.ts";
import type { Day, Instant } from "./instant.ts";

/** The letters that events call for. */
export type LetterKind =
  | "receipt"
  | "form-problem"
  | "case-notice"
  | "address-check"
  | "draft-summary"
  | "refusal"
  | "request"
  | "reminder"
  | "declined"
  | "question"
  | "withdrawn"
  | "corrected"
  | "expired"
  | "reopened"
  | "paper"
  | "link-requested"
  | "access-code-locked"
  | "sealing-delayed"
  | "completion"
  | "delivery-problem";

/** Whom a letter is for; resolved to addresses when the effect is carried out. */
export type Addressee =
  | { readonly who: "contact" }
  /** The confirmers of the form that counts. */
  | { readonly who: "confirmers" }
  /** The officer of the draft, or all officers of the department before there is one. */
  | {
    readonly who: "officers";
    /** Whoever did what they are told of needs no letter. */
    readonly except?: string;
  }
  | { readonly who: "party"; readonly party: PartyId }
  /** Everyone who gets the executed contract (R30). */
  | { readonly who: "everyone" }
  /** Parties whose request was issued, and who must be told that it is void (R35). */
  | { readonly who: "requested" }
  /** Parties who have agreed in this round. */
  | { readonly who: "agreed" }
  /** Whom the event itself names: their requests are void, and they may be parties no more. */
  | { readonly who: "told"; readonly addresses: readonly string[] };

/** One thing to do. `seq` is the event that called for it. */
export type Effect =
  | { readonly do: "letter"; readonly letter: LetterKind; readonly to: Addressee; readonly seq: number }
  | { readonly do: "seal"; readonly document: number; readonly step: SealStep; readonly seq: number }
  | { readonly do: "certify"; readonly seq: number }
  /** Renew the timestamp of a file when its time has come (R28): the file itself says when that is. */
  | { readonly do: "renew"; readonly file: FileId; readonly seq: number }
  /** Remind the one whose turn it is, when and as long as there is reason to (R32). */
  | { readonly do: "remind"; readonly party: PartyId; readonly issue: number; readonly seq: number }
  /** Tell the officers on 契約日 that it closes, and after it that it is closed (R32). */
  | { readonly do: "watchDay"; readonly day: Day; readonly seq: number }
  /** Tell the officers of a case in which nothing has moved for days. */
  | { readonly do: "watchIdle"; readonly seq: number }
  | {
    readonly do: "expire";
    readonly party: PartyId;
    readonly issue: number;
    readonly at: Instant;
    readonly seq: number;
  };

const letter = (kind: LetterKind, to: Addressee, seq: number): Effect => ({
  do: "letter",
  letter: kind,
  to,
  seq,
});
const toOfficers = (kind: LetterKind, seq: number) => letter(kind, { who: "officers" }, seq);

function sealAll(state: Case, step: SealStep, seq: number): Effect[] {
  return (state.draft?.documents ?? []).map((_, document) => ({ do: "seal", document, step, seq }));
}

/** After a seal: the document's next seal where no person is awaited for it, and the certificate at the end. */
function afterSeal(state: Case, document: number, step: SealStep, seq: number): Effect[] {
  if (allSealed(state, "DocTimeStamp")) return [{ do: "certify", seq }];
  const steps = sealSteps(state);
  const next = steps[steps.indexOf(step) + 1];
  return state.phase === "executed" && next !== undefined ? [{ do: "seal", document, step: next, seq }] : [];
}

function watchDay({ draft }: Case, seq: number): Effect[] {
  const day = draft?.contractDate ?? null;
  return day === null ? [] : [{ do: "watchDay", day, seq }];
}

/** What officers get when the case that they see has changed. */
const changed = (state: Case, seq: number): Effect[] => [
  toOfficers(state.draft ? "draft-summary" : "case-notice", seq),
];

/** What an event calls for, seen from the case as it is after that event. */
export function effectsOf(state: Case, { event, seq }: RecordedEvent): Effect[] {
  switch (event.did) {
    case "opened": {
      // A form that was good enough for the contract before is no problem now.
      const good = event.form !== null && (event.refersTo !== undefined || !needsAnswer(event.form));
      const answer = good ? "receipt" : "form-problem";
      return [
        letter(answer, { who: "contact" }, seq),
        toOfficers("case-notice", seq),
        { do: "watchIdle", seq },
      ];
    }
    case "formProposed": {
      const answer = needsAnswer(event.form) ? "form-problem" : "receipt";
      return [letter(answer, { who: "contact" }, seq), toOfficers("case-notice", seq)];
    }
    case "formAccepted":
    case "formMended":
      return [...changed(state, seq), letter("address-check", { who: "confirmers" }, seq)];
    case "handedOn":
      return changed(state, seq);
    case "formRefused":
      return [letter("refusal", { who: "contact" }, seq)];
    case "paperWished":
      return [toOfficers("paper", seq)];
    case "drafted":
      // The first form is accepted by handing the contract in.
      return [toOfficers("draft-summary", seq), letter("address-check", { who: "confirmers" }, seq)];
    case "sent":
      return [...sealAll(state, "Sender", seq), ...watchDay(state, seq)];
    case "agreed":
      return sealAll(state, event.party, seq);
    case "sealed":
      return afterSeal(state, event.document, event.step, seq);
    case "requested":
      return [letter("request", { who: "party", party: event.party }, seq)];
    case "handedOver": {
      const { party, issue, expiresAt } = event;
      return [{ do: "expire", party, issue, at: expiresAt, seq }, { do: "remind", party, issue, seq }];
    }
    case "reminded":
      return [letter("reminder", { who: "party", party: event.party }, seq)];
    case "bounced":
      return [toOfficers("delivery-problem", seq)];
    case "codeLocked":
      return [toOfficers("access-code-locked", seq)];
    case "declined":
      return [toOfficers("declined", seq)];
    case "asked":
      return [toOfficers("question", seq)];
    case "linkRequested":
      return [toOfficers("link-requested", seq)];
    case "sealingDelayed":
      return [toOfficers("sealing-delayed", seq)];
    case "reopened":
      return [toOfficers("reopened", seq), letter("reopened", { who: "agreed" }, seq)];
    case "withdrawn":
      return [
        // Before anyone is asked, whoever handed the form in waits to hear of it.
        letter("withdrawn", { who: state.sentAt === null ? "contact" : "requested" }, seq),
        letter("withdrawn", { who: "officers", except: event.by }, seq),
      ];
    case "corrected":
    case "confirmersChanged": {
      const addresses = event.told.map((person) => person.address);
      const told = letter("corrected", { who: "told", addresses }, seq);
      return [...sealAll(state, "Sender", seq), told, ...watchDay(state, seq)];
    }
    case "completed":
      return [
        letter("completion", { who: "everyone" }, seq),
        ...fileIds(state).map((file): Effect => ({ do: "renew", file, seq })),
      ];
    case "renewed":
      return [{ do: "renew", file: event.file, seq }];
    case "addressMended":
    case "viewed":
    case "codeRefused":
    case "fileOpened":
    case "followed":
    case "codeSet":
    case "inquired":
    case "certified":
      return [];
  }
}
