/**
 * Which facts each kind of letter about a case is written from.
 *
 * @module
 */
import { helpLetter } from "./letter_facts_plain.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import {
  accessCodeLockedLetter,
  declinedLetter,
  deliveryProblemLetter,
  expiredLetter,
  linkRequestedLetter,
  paperLetter,
  questionLetter,
  sealingDelayedLetter,
  statusLetter,
} from "./letter_facts_officer.ts";
import { completionLetter, downloadLetter, refusalLetter, requestLetter } from "./letter_facts_party.ts";
import { correctedLetter, reopenedLetter, withdrawnLetter } from "./letter_facts_rounds.ts";
import {
  addressCheckLetter,
  caseNoticeLetter,
  draftSummaryLetter,
  formProblemLetter,
  receiptLetter,
} from "./letter_facts_form.ts";

import { closedLetter, reminderLetter } from "./letter_facts_reminders.ts";

/** The letter of an order about a case; null when it has nothing to say any more. */
export function letterOfCase(
  source: LetterSource,
): LetterDraft | null | Promise<LetterDraft | null> {
  switch (source.order.letter) {
    case "receipt":
      return receiptLetter(source);
    case "form-problem":
      return formProblemLetter(source);
    case "case-notice":
      return caseNoticeLetter(source);
    case "address-check":
      return addressCheckLetter(source);
    case "draft-summary":
      return draftSummaryLetter(source);
    case "refusal":
      return refusalLetter(source);
    case "request":
      return requestLetter(source);
    case "reminder":
      return reminderLetter(source);
    case "declined":
      return declinedLetter(source);
    case "question":
      return questionLetter(source);
    case "withdrawn":
      return withdrawnLetter(source);
    case "corrected":
      return correctedLetter(source);
    case "expired":
      return source.order.about ? closedLetter(source) : expiredLetter(source);
    case "reopened":
      return reopenedLetter(source);
    case "paper":
      return paperLetter(source);
    case "link-requested":
      return linkRequestedLetter(source);
    case "access-code-locked":
      return accessCodeLockedLetter(source);
    case "sealing-delayed":
      return sealingDelayedLetter(source);
    case "completion":
      return completionLetter(source);
    case "download-link":
      return downloadLetter(source);
    case "delivery-problem":
      return deliveryProblemLetter(source);
    case "status":
      return statusLetter(source);
    case "documents-link":
    case "verification":
    case "digest":
      // They belong to no case.
      return null;
    case "help":
      return helpLetter(source.world, source.head);
  }
}
