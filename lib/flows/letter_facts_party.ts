/**
 * Facts of the letters to the vendor, to those who agree, and to those who get the executed contract.
 *
 * @module
 */
import { awaitedParty, type Case, currentSha256, type Party, partyOf } from "../domain/case.ts";
import { companyOf } from "../domain/consent_form.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { lastIssueOf, versionOf } from "../domain/rounds.ts";
import { agreementClosed, asksCode, linkFault } from "../domain/rules_of_circulation.ts";
import { writeCompletion } from "../letters/completion.ts";
import { writeDownloadLink } from "../letters/download_link.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import type { FileRow } from "../letters/letter.ts";
import { type PersonNext, writePersonStatus } from "../letters/person_status.ts";
import { linkedRows } from "../letters/relation_words.ts";
import { writeFormRefused, writeRefusal } from "../letters/refusal.ts";
import { writeRequest } from "../letters/request.ts";
import { attachLimit } from "./attach_limit.ts";
import { plainSearchFacts } from "./case_search.ts";
import { certificateName, executedFiles, executedName } from "./documents.ts";
import { standsOn } from "./stands_on.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import { officerIn } from "./staff.ts";
import { now } from "./world.ts";

/** 契約名 as far as it is known. */
export const titleOf = (state: Case): string => state.draft?.title || state.form?.contractName || "";

/** 商号 as far as it is known. */
export const companyIn = (state: Case): string => state.form ? companyOf(state.form) : "";

/** The case's page where what was refused by mail is done there instead, for officers of its department. */
function pageFor({ world, order, state, links }: LetterSource, reasons: readonly RefusalReason[]) {
  const inCharge = officerIn(world.settings, order.to).includes(state.departmentId);
  const onPage = reasons.some(({ code }) => code === "case_executed" || code === "already_sent");
  return inCharge && onPage ? links.mint("officer").url("o") : null;
}

/** The refusal of a mail, or of a form by an officer. */
export function refusalLetter(source: LetterSource): LetterDraft | null {
  const { order, event, state, head } = source;
  if (order.about && "reasons" in order.about) {
    return {
      letter: writeRefusal(head, { ...order.about, officerUrl: pageFor(source, order.about.reasons) }),
    };
  }
  if (event?.did !== "formRefused") return null;
  const contactName = state.contact.name || state.contact.address;
  return { letter: writeFormRefused(head, { contactName, title: titleOf(state), reason: event.reason }) };
}

/** Whether this very request is still what its recipient waits for. */
function awaited(state: Case, party: Party | null, issue: number): party is Party {
  return state.phase === "circulating" && party?.issue === issue && party.agreedAt === null;
}

/** The request to the one whose turn it is; none that a later one has replaced. */
export function requestLetter({ order, event, state, head, links }: LetterSource): LetterDraft | null {
  const { draft } = state;
  if (event?.did !== "requested" || !draft || draft.contractDate === null) return null;
  const party = partyOf(state, event.party);
  if (!awaited(state, party, event.issue)) return null;
  const endsAt = order.about && "repeatUntil" in order.about ? order.about.repeatUntil : null;
  const link = links.mint("request", endsAt === null ? {} : { endsAt });
  const facts = {
    recipient: { id: party.id, role: party.role, name: party.name },
    company: companyIn(state),
    title: draft.title,
    linked: linkedRows({ refersTo: state.refersTo }),
    contractDate: draft.contractDate,
    officerName: draft.officer.name,
    documents: draft.documents.map((document) => document.name),
    accessCode: asksCode(state, party),
    again: event.issue > lastIssueOf(state) + 1,
    ...versionOf(state) > 1 && { version: versionOf(state) },
    repeated: endsAt !== null,
    untilWords: link.until,
    normalUrl: link.url("c"),
    simpleUrl: link.url("s"),
  };
  return { letter: writeRequest(head, facts) };
}

/** The name of whoever has an address on a case; empty for nobody. */
export function nameAt(state: Case, address: string): string {
  const people = [...state.parties, ...state.draft ? [state.draft.officer] : [], state.contact];
  return people.find((person) => sameAddress(person.address, address))?.name ?? "";
}

/** What the reader of a status can do now. */
function nextFor({ world, order, state }: LetterSource): PersonNext {
  if (order.about && "word" in order.about && order.about.word === "resend") return "newLinkAsked";
  const party = awaitedParty(state);
  const at = now(world);
  const theirs = party !== null && party.agreedAt === null && party.issue > 0 &&
    sameAddress(party.address, order.to);
  if (theirs && !linkFault(state, party, party.issue, at) && !agreementClosed(state, at)) return "yours";
  return state.phase === "circulating" || state.phase === "intake" || state.phase === "drafted"
    ? "others"
    : "nothing";
}

/** Where the case stands, for someone on it who is no officer; null for anyone else. */
export function personStatusLetter(source: LetterSource): LetterDraft | null {
  const { order, state, head } = source;
  if (!standsOn(state, order.to)) return null;
  const { title } = plainSearchFacts(state);
  const about = { title, company: companyIn(state) };
  const facts = { about, phase: state.phase, parties: state.parties, linked: linkedRows(state) };
  return { letter: writePersonStatus(head, { ...facts, next: nextFor(source) }) };
}

function fileRows(state: Case): FileRow[] {
  const files = executedFiles(state);
  const sizeOf = (name: string) => files.find((file) => file.filename === name)?.size ?? 0;
  const rows = (state.draft?.documents ?? []).map((document, index): FileRow => ({
    name: executedName(document.name),
    pages: document.pages,
    size: files[index]?.size ?? 0,
    sha256: currentSha256(document),
  }));
  const { certificate } = state;
  if (!certificate) return rows;
  const name = certificateName(state);
  return [...rows, { name, pages: 0, size: sizeOf(name), sha256: currentSha256(certificate) }];
}

/** The executed contract: attached when small enough, and a link in any case (R30). */
export async function completionLetter(
  { world, order, state, head, links }: LetterSource,
): Promise<LetterDraft | null> {
  const { draft, executedAt } = state;
  if (!draft || executedAt === null || state.phase !== "completed") return null;
  const files = executedFiles(state);
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const attached = !order.withoutFiles && bytes < await attachLimit(world, order.to);
  const link = links.mint("download");
  const facts = {
    recipientName: nameAt(state, order.to),
    title: draft.title,
    company: companyIn(state),
    contractDate: draft.contractDate,
    executedAt,
    files: fileRows(state),
    attached,
    downloadUrl: link.url("d"),
    untilWords: link.until,
    verifyUrl: `${world.publicUrl}/verify`,
  };
  const attachments = attached ? files.map(({ size: _, ...file }) => file) : [];
  return { letter: writeCompletion(head, facts), attachments };
}

/** A fresh download link. */
export function downloadLetter({ state, head, links }: LetterSource): LetterDraft | null {
  if (state.phase !== "completed") return null;
  const link = links.mint("download");
  const facts = { title: titleOf(state), downloadUrl: link.url("d"), untilWords: link.until };
  return { letter: writeDownloadLink(head, facts) };
}
