/**
 * Facts of the letters about consent forms and drafts.
 *
 * @module
 */
import type { CaseEvent } from "../domain/case_event.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { formClosed } from "../domain/rules_of_forms.ts";
import { writeAddressCheck } from "../letters/address_check.ts";
import { type CaseNoticeFacts, writeCaseNotice } from "../letters/case_notice.ts";
import { writeDraftSummary } from "../letters/draft_summary.ts";
import { writeFormProblem } from "../letters/form_problem.ts";
import { writeLinkedNotice, writeLinkedReceipt } from "../letters/linked_case.ts";
import { writeReceipt } from "../letters/receipt.ts";
import { linkedRows } from "../letters/relation_words.ts";
import { eventOf } from "./case_records.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import { originalMail } from "./letter_facts_plain.ts";
import { summaryOf } from "./summary.ts";

/** What an event says was read. */
type Reading = {
  readonly form: ConsentForm | null;
  readonly unreadable: string | null;
  readonly mail: string;
  readonly check?: WriterCheck;
};

function readingIn(event: CaseEvent | null): Reading | null {
  if (event?.did === "opened") return event;
  return event?.did === "formProposed" ? { ...event, unreadable: null } : null;
}

/** The contact's name, or the address for one who writes without a name. */
const contactName = ({ state }: LetterSource): string => state.contact.name || state.contact.address;

/** The receipt of a form that was read. */
export function receiptLetter(source: LetterSource): LetterDraft | null {
  const { event, head, links } = source;
  const form = readingIn(event)?.form;
  if (!form) return null;
  const formUrl = links.mint("form").url("f");
  const refersTo = event?.did === "opened" ? event.refersTo : undefined;
  if (refersTo) {
    const facts = { contactName: contactName(source), form, formUrl, refersTo };
    return { letter: writeLinkedReceipt(head, facts) };
  }
  const facts = { contactName: contactName(source), form, formUrl, proposed: event?.did === "formProposed" };
  return { letter: writeReceipt(head, facts) };
}

/** The answer to a form with faults, or to one that could not be read. */
export function formProblemLetter(source: LetterSource): LetterDraft | null {
  const reading = readingIn(source.event);
  if (!reading) return null;
  const { form, unreadable } = reading;
  const formUrl = source.links.mint("form").url("f");
  const facts = { contactName: contactName(source), form, unreadable, formUrl };
  return { letter: writeFormProblem(source.head, facts) };
}

const BECAUSE: Readonly<Partial<Record<CaseEvent["did"], CaseNoticeFacts["because"]>>> = {
  opened: "opened",
  formProposed: "proposed",
  handedOn: "handedOn",
};

/** What was read, of the event or as it now counts; who takes a case over gets the mail that began it too. */
async function readingFor({ world, event, state }: LetterSource): Promise<Reading> {
  const reading = readingIn(event);
  if (reading) return reading;
  const first = event?.did === "handedOn" ? await eventOf(world, state.number, 0) : null;
  return { form: state.form, unreadable: null, mail: readingIn(first)?.mail ?? "" };
}

/** The notice to the officers, with the mail as it came. */
export async function caseNoticeLetter(source: LetterSource): Promise<LetterDraft> {
  const { order, event, state, head, links } = source;
  if (event?.did === "opened" && event.refersTo && event.form) {
    const { refersTo, form } = event;
    const officerUrl = links.mint("officer").url("o");
    return { letter: writeLinkedNotice(head, { refersTo, form, officerUrl }) };
  }
  const reading = await readingFor(source);
  const late = event?.did === "formProposed" && state.sentAt !== null;
  const because = late ? "proposedLate" : event && BECAUSE[event.did] || "changed";
  const attachments = originalMail(order, reading.mail, state.number);
  const facts = {
    contact: state.contact,
    check: reading.check ?? null,
    form: reading.form,
    unreadable: reading.unreadable,
    because,
    attached: attachments.length > 0,
    officerUrl: links.mint("officer").url("o"),
  };
  return { letter: writeCaseNotice(head, facts), attachments };
}

/** The early word to a confirmer; none once the request itself is on its way, or who is no confirmer any more. */
export function addressCheckLetter({ order, state, head }: LetterSource): LetterDraft | null {
  const { form, sentAt } = state;
  const confirmer = form?.vendors.flatMap(({ company, confirmers }) =>
    confirmers.map((each) => ({ ...each, company }))
  ).find(({ address }) => sameAddress(address, order.to));
  if (!form || !confirmer || sentAt !== null || formClosed(state)) return null;
  const { name, company } = confirmer;
  return { letter: writeAddressCheck(head, { name: name || order.to, company, title: form.contractName }) };
}

/** The summary of a draft that waits to be sent; of none that was sent or closed meanwhile. */
export async function draftSummaryLetter(source: LetterSource): Promise<LetterDraft | null> {
  const { world, state, head, links } = source;
  if (state.phase !== "drafted" || !state.draft) return null;
  const { asksAccessCode, warnings, ...summary } = await summaryOf(world, state);
  const sentences = warnings.map(({ sentence, file }) => file === null ? sentence : `${file}：${sentence}`);
  const officerUrl = links.mint("officer").url("o");
  const facts = {
    officerName: state.draft.officer.name || "契約担当者",
    linked: linkedRows(state),
    summary: { ...summary, accessCode: asksAccessCode, warnings: sentences },
    officerUrl,
  };
  return { letter: writeDraftSummary(head, facts) };
}
