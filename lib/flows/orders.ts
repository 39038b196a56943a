/**
 * Turns what an event calls for into entries of the due index: one per letter *and recipient*, so that one
 * recipient's failure never holds up another's.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { type Case, currentSha256, type FileId, fileOf, partyOf, type Person } from "../domain/case.ts";
import type { Addressee, Effect } from "../domain/effects.ts";
import type { Instant } from "../domain/instant.ts";
import { askedParties } from "../domain/rounds.ts";
import { addressKey, isMailAddress, normalAddress, sameAddress } from "../domain/mail_address.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import { departmentOf, type Settings } from "../settings/settings.ts";
import { isOfficer } from "./staff.ts";
import { watchOf } from "./watches.ts";
import type { World } from "./world.ts";

/** A seal to be put on a document. */
export type SealOrder = { readonly document: number; readonly step: string };

/** A timestamp to be renewed: that of a file as it was when this was written. */
export type RenewalOrder = { readonly file: FileId; readonly sha256: string };

/** A short name for an address that tells nothing: ids reach logs, addresses must not. */
export function recipientTag(address: string): string {
  return createHash("sha256").update(addressKey(address)).digest("hex").slice(0, 16);
}

/** The lane of letters to an address: they go one after another, in the order in which they fell due. */
export const letterLane = (address: string): string => `to/${recipientTag(address)}`;

/**
 * The officers who look after a case: who handed the contract in, as long as the case is that department's, or on its
 * way and the person still an officer; else all of the department.
 */
export function officersOf(state: Case, settings: Settings): readonly Person[] {
  const officers = departmentOf(settings, state.departmentId)?.officers ?? [];
  const drafter = state.draft?.officer;
  const inCharge = drafter &&
    (state.sentAt === null
      ? officers.some(({ email }) => sameAddress(email, drafter.address))
      : isOfficer(settings, drafter.address));
  return inCharge ? [drafter] : officers.map(({ name, email }) => ({ name, address: email }));
}

/** Everyone who gets the executed contract: parties, the officer who sent, 共有 (R30); each address once. */
export function completionRecipients(state: Case): string[] {
  const addresses = [
    ...state.parties.map((party) => party.address),
    ...state.draft ? [state.draft.officer.address, ...state.draft.copyTo] : [],
  ];
  return [...new Map(addresses.map((address) => [addressKey(address), address])).values()];
}

/** Each confirmer's address that mail can be sent to, once. */
function confirmerAddresses({ form }: Case): string[] {
  const written = form?.vendors.flatMap((vendor) => vendor.confirmers.map(({ address }) => address)) ?? [];
  const addresses = written.filter(isMailAddress).map(normalAddress);
  return addresses.filter((address, at) =>
    addresses.findIndex((other) => sameAddress(other, address)) === at
  );
}

/** The name of an event's letter within its case. The early word to a confirmer has one whatever event brings it. */
function letterName({ letter, seq }: Effect & { readonly do: "letter" }, to: string): string {
  return `${letter === "address-check" ? "" : `${seq}/`}${letter}/${recipientTag(to)}`;
}

function addressesOf(to: Addressee, state: Case, settings: Settings): string[] {
  switch (to.who) {
    case "contact":
      return [state.contact.address];
    case "confirmers":
      return confirmerAddresses(state);
    case "officers": {
      const officers = officersOf(state, settings).map((officer) => officer.address);
      return officers.filter((address) => !to.except || !sameAddress(address, to.except));
    }
    case "party": {
      const party = partyOf(state, to.party);
      return party ? [party.address] : [];
    }
    case "everyone":
      return completionRecipients(state);
    case "requested":
      return askedParties(state).map((party) => party.address);
    case "agreed":
      return state.parties.filter((party) => party.agreedAt !== null).map((party) => party.address);
    case "told":
      return [...to.addresses];
  }
}

/**
 * An entry for a letter that no event calls for: the answer to a mail, a question passed on, a fresh link.
 * `name` makes it unique within the case (or, without a case, in the service), so that running twice writes once.
 */
export function letterEntry(
  order: Omit<LetterOrder, "seq">,
  place: { readonly caseNumber: string | null; readonly name: string; readonly at: Instant },
): DueEntry {
  const { caseNumber, at } = place;
  const id = `${caseNumber ?? "-"}/${place.name}/${order.letter}/${recipientTag(order.to)}`;
  const payload: LetterOrder = { ...order, seq: null };
  const lane = letterLane(order.to);
  return { id, at, firstAt: at, kind: "letter", subject: caseNumber ?? "", payload, attempts: 0, lane };
}

/** The party that an event is about, read off the effect where it names one. */
const partyIn = (effect: Effect): string | null =>
  effect.do === "letter" && effect.to.who === "party" ? effect.to.party : null;

function entry(
  state: Case,
  at: Instant,
  kind: string,
  name: string,
  payload: DueEntry["payload"],
): DueEntry {
  return {
    id: `${state.number}/${name}`,
    at,
    firstAt: at,
    kind,
    subject: state.number,
    payload,
    attempts: 0,
  };
}

/**
 * The entry for the next renewal of a file as it now is (R28), due at once: the file itself tells its time. Each
 * version of a file has one, whoever writes it. Null where there is no such file.
 */
export function renewalEntry(state: Case, id: FileId, at: Instant): DueEntry | null {
  const file = fileOf(state, id);
  if (!file) return null;
  const order: RenewalOrder = { file: id, sha256: currentSha256(file) };
  return entry(state, at, "renew", `renew/${id}/${order.sha256.slice(0, 16)}`, order);
}

/** The due entries of an effect, due at once unless the effect names its time. */
export function dueEntriesOf(
  effect: Effect,
  state: Case,
  { settings, calendar }: Pick<World, "settings" | "calendar">,
  at: Instant,
): DueEntry[] {
  const { seq } = effect;
  switch (effect.do) {
    case "letter":
      if (effect.letter === "address-check" && !settings.confirmAddresses) return [];
      return addressesOf(effect.to, state, settings).map((to) => {
        const order: LetterOrder = { letter: effect.letter, to, seq, party: partyIn(effect), about: null };
        return { ...entry(state, at, "letter", letterName(effect, to), order), lane: letterLane(to) };
      });
    case "seal": {
      const { document, step } = effect;
      return [entry(state, at, "seal", `${seq}/seal/${step}/${document}`, { document, step })];
    }
    case "certify":
      return [entry(state, at, "certify", `${seq}/certify`, {})];
    case "renew": {
      const renewal = settings.timestamp.renew ? renewalEntry(state, effect.file, at) : null;
      return renewal ? [renewal] : [];
    }
    case "remind":
    case "watchDay":
    case "watchIdle": {
      const watch = watchOf(effect, state, at, calendar.isBusinessDay);
      return watch ? [entry(state, watch.at, watch.kind, watch.name, watch.payload)] : [];
    }
    case "expire":
      return [
        entry(state, effect.at, "expire", `${seq}/expire`, { party: effect.party, issue: effect.issue }),
      ];
  }
}
