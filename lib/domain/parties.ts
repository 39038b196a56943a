/**
 * Who signs, and in which order (R2, R16).
 *
 * @module
 */
import type { PartyId, Person } from "./case.ts";
import { type ConsentForm, signingOrder } from "./consent_form.ts";

/** A party before anything happened to it. */
export type PartyFacts = {
  readonly id: PartyId;
  readonly role: "confirmer" | "approver";
  readonly name: string;
  readonly address: string;
};

/** All parties in the order in which they are asked: the vendor's confirmers, then the approvers. */
export function partiesOf(form: ConsentForm, approvers: readonly Person[]): PartyFacts[] {
  const confirmers = signingOrder(form).map((confirmer): PartyFacts => ({
    id: confirmer.field,
    role: "confirmer",
    name: confirmer.name,
    address: confirmer.address,
  }));
  return [
    ...confirmers,
    ...approvers.map((approver, index): PartyFacts => ({
      id: `Approver${index + 1}`,
      role: "approver",
      name: approver.name,
      address: approver.address,
    })),
  ];
}
