/**
 * Finds cases by address and by department. Derived from the events and written in the same commit, so that no
 * case is ever missing from it. It holds too much rather than too little: whether an address stands on a case, and
 * whose case it is, is read off the case itself. Addresses stand in it as keyed hashes only.
 *
 * Keys `["on-address", hash, opened, number]` and `["of-department", id, opened, number]` sort by time.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Case, CaseNumber } from "../domain/case.ts";
import type { RecordedEvent } from "../domain/case_event.ts";
import { addressKey } from "../domain/mail_address.ts";
import type { Keyring } from "../link/keyring.ts";
import type { Key } from "../ports.ts";

/** Under what cases are found. */
export type IndexedBy = { readonly address: string } | { readonly departmentId: string };

/** Stands for an address wherever it is indexed: a keyed hash, 32 hexadecimal digits. */
export function addressHash(keys: Keyring, address: string): string {
  return Buffer.from(keys.mac("address-index", addressKey(address))).toString("hex").slice(0, 32);
}

/** The place of the cases of an address or a department in the index. */
export function indexPrefix(keys: Keyring, by: IndexedBy): Key {
  if ("departmentId" in by) return ["of-department", by.departmentId];
  return ["on-address", addressHash(keys, by.address)];
}

/** Every address that a case names for the vendor, for the public body's approval, or as 共有. */
export function addressesIn({ contact, form, parties, draft }: Case): string[] {
  const confirmers = form?.vendors.flatMap((vendor) => vendor.confirmers) ?? [];
  const people = [contact, ...confirmers, ...parties];
  const written = [...people.map(({ address }) => address), ...draft?.copyTo ?? []];
  return [...new Set(written.filter((address) => address !== "").map(addressKey))];
}

/** One write of the index. */
export type IndexSet = readonly [Key, CaseNumber];

/** The whole index of a case as it now is. */
export function currentIndexSets(keys: Keyring, state: Case): IndexSet[] {
  const places: IndexedBy[] = [
    { departmentId: state.departmentId },
    ...addressesIn(state).map((address) => ({ address })),
  ];
  return places.map((by) => [[...indexPrefix(keys, by), state.openedAt, state.number], state.number]);
}

/** Events that bring new addresses, or another department. */
const BRINGING: ReadonlySet<RecordedEvent["event"]["did"]> = new Set<RecordedEvent["event"]["did"]>([
  "opened",
  "formAccepted",
  "formMended",
  "handedOn",
  "drafted",
  "sent",
  "corrected",
  "confirmersChanged",
  "addressMended",
]);

/** What an event adds to the index; `state` is the case after it. */
export function indexSets(keys: Keyring, state: Case, { event }: RecordedEvent): IndexSet[] {
  return BRINGING.has(event.did) ? currentIndexSets(keys, state) : [];
}
