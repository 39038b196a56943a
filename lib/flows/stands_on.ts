/**
 * Who has a part in a case.
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { sameAddress } from "../domain/mail_address.ts";

/**
 * Whether an address has a part in a case that it may be told of: contact, confirmer on the form that counts,
 * party; 共有先 only of what is completed, for they are told of nothing before (R30). Officers are told as such.
 */
export function standsOn(state: Case, address: string): boolean {
  const confirmers = state.form?.vendors.flatMap((vendor) => vendor.confirmers) ?? [];
  const people = [state.contact, ...confirmers, ...state.parties].map((person) => person.address);
  const copied = state.phase === "completed" ? state.draft?.copyTo ?? [] : [];
  return [...people, ...copied].some((each) => sameAddress(each, address));
}
