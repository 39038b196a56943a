/**
 * The summary of what would be sent (R12): for the officer's page and the letter that leads to it. Its digest goes
 * with the send tap (R7).
 *
 * @module
 */
import type { Case, ContractFile, Term } from "../domain/case.ts";
import { companyOf } from "../domain/consent_form.ts";
import type { Day } from "../domain/instant.ts";
import { partiesOf, type PartyFacts } from "../domain/parties.ts";
import { summaryDigest } from "../domain/rules_of_sending.ts";
import { departmentOf } from "../settings/settings.ts";
import { type SummaryWarning, warningsOf } from "./summary_warnings.ts";
import { now, type World } from "./world.ts";

/** All that the officer sees before sending. */
export type Summary = {
  readonly digest: string;
  readonly title: string;
  /** 商号 as on the form; empty when none was read. */
  readonly company: string;
  readonly contractDate: Day | null;
  readonly term: Term | null;
  readonly amount: number | null;
  /** In the order in which they are asked. */
  readonly parties: readonly PartyFacts[];
  readonly copyTo: readonly string[];
  readonly files: readonly ContractFile[];
  readonly asksAccessCode: boolean;
  readonly warnings: readonly SummaryWarning[];
};

/** The summary of a case with a draft. Throws `RangeError` for one without. */
export function summaryOf(world: World, state: Case): Promise<Summary> {
  const { draft, form } = state;
  if (!draft) return Promise.reject(new RangeError("Cannot sum up: the case has no draft"));
  const staff = departmentOf(world.settings, state.departmentId)?.approvers ?? [];
  const approvers = draft.approvers ?? staff.map(({ name, email }) => ({ name, address: email }));
  return Promise.resolve({
    digest: summaryDigest(state),
    title: draft.title,
    company: form ? companyOf(form) : "",
    contractDate: draft.contractDate,
    term: draft.term,
    amount: draft.amount,
    parties: form ? partiesOf(form, approvers) : [],
    copyTo: draft.copyTo,
    files: draft.documents.map(({ tails: _, ...file }) => file),
    asksAccessCode: draft.accessCode !== null,
    warnings: warningsOf(state, now(world)),
  });
}
