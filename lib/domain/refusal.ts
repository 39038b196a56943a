/**
 * What a case may answer instead of doing what was asked. Refusals are expected and are values; each has one
 * place where its words for people stand.
 *
 * @module
 */

/** Why a command was refused. */
export type RefusalCode =
  | "already_agreed"
  | "already_sent"
  | "agreement_closed"
  | "amendment_of_construction"
  | "approver_missing"
  | "case_closed"
  | "case_executed"
  | "case_paper"
  | "code_locked"
  | "code_missing"
  | "contract_date_missing"
  | "contract_date_past"
  | "contract_date_shown"
  | "documents_too_many"
  | "followers_too_many"
  | "form_incomplete"
  | "link_expired"
  | "link_superseded"
  | "link_void"
  | "no_documents"
  | "no_draft"
  | "no_proposal"
  | "not_awaited"
  | "not_declared"
  | "not_executed"
  | "not_sealed_yet"
  | "not_sent_yet"
  | "nothing_changed"
  | "parties_overlap"
  | "parties_too_many"
  | "summary_changed"
  | "term_missing"
  | "term_too_long"
  | "text_too_long"
  | "too_often"
  | "unknown_party";

/** A command that was not carried out. */
export type Refusal = { readonly refused: RefusalCode };

/** A refusal as a value. */
export const refuse = (refused: RefusalCode): Refusal => ({ refused });
