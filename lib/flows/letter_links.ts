/**
 * Links in letters. A letter is written and kept with the ids of its links, which open nothing; the tokens, and
 * the day until which the links work, are put in when the letter is handed over (design.md, Links; R19, R20).
 *
 * @module
 */
import type { CaseNumber, PartyId } from "../domain/case.ts";
import { DAY_MS, type Instant, plusMs } from "../domain/instant.ts";
import { timeWords } from "../letters/words.ts";
import type { Keyring } from "../link/keyring.ts";
import { type LinkPurpose, type LinkRecord, linkSets, newLinkId, tokenFor } from "../link/link_token.ts";
import type { Key, StoreValue } from "../ports.ts";
import type { Limits } from "../settings/settings.ts";
import type { World } from "./world.ts";

/** A link as an undelivered letter holds it. */
export type LinkSlot = {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly caseNumber: CaseNumber | null;
  readonly party: PartyId | null;
  readonly issue: number | null;
  readonly address: string;
  /** Days that it works from the hand-over; null for a link without an end. */
  readonly days: number | null;
  /** The end of the link where it is that of an earlier one; it goes before `days`. */
  readonly endsAt?: Instant;
};

/** Whom the links of one letter are for. */
export type LinkHolder = Pick<LinkSlot, "caseNumber" | "party" | "issue" | "address">;

/** The pages that a link may open. */
export type LinkPage = "c" | "s" | "o" | "d" | "f" | "documents";

/** A link to be put into a letter. */
export type MintedLink = {
  /** Its URL on a page, with the id in the place of the token. */
  url(page: LinkPage): string;
  /** Stands for the words of its end. */
  readonly until: string;
};

/** Makes the links of one letter and remembers them. */
export type LinkMint = {
  readonly slots: readonly LinkSlot[];
  /** Makes one; `facts` where it belongs to another case than its letter, or ends at another time than is usual. */
  mint(purpose: LinkPurpose, facts?: Partial<Pick<LinkSlot, "caseNumber" | "days" | "endsAt">>): MintedLink;
};

/** Days that the vendor's web form can be opened. */
const FORM_LINK_DAYS = 60;

function daysOf(purpose: LinkPurpose, limits: Limits): number | null {
  switch (purpose) {
    case "request":
      return limits.requestLinkDays;
    case "download":
    case "documents":
      return limits.downloadLinkDays;
    case "form":
      return FORM_LINK_DAYS;
    case "officer":
      return null;
  }
}

const untilMark = (id: string): string => `{until ${id}}`;

/** A mint for the links of one letter. */
export function linkMint(world: World, holder: LinkHolder): LinkMint {
  const slots: LinkSlot[] = [];
  return {
    slots,
    mint(purpose, facts = {}) {
      const id = newLinkId(world.chance);
      slots.push({ id, purpose, ...holder, days: daysOf(purpose, world.settings.limits), ...facts });
      return { url: (page) => `${world.publicUrl}/${page}/${id}`, until: untilMark(id) };
    },
  };
}

/** When a link ends that is handed over at an instant; null for one without an end. */
export function expiryOf(slot: Pick<LinkSlot, "days" | "endsAt">, handedOverAt: Instant): Instant | null {
  if (slot.endsAt !== undefined) return slot.endsAt;
  return slot.days === null ? null : plusMs(handedOverAt, slot.days * DAY_MS);
}

/** A text with tokens and ends in their places; the ends are those of a hand-over at `at`. */
export function fillLinks(text: string, slots: readonly LinkSlot[], keys: Keyring, at: Instant): string {
  return slots.reduce((filled, slot) => {
    const end = expiryOf(slot, at);
    return filled
      .replaceAll(untilMark(slot.id), end === null ? "" : timeWords(end))
      .replaceAll(slot.id, tokenFor(keys, slot.id));
  }, text);
}

/** The writes that make links good; without an end while their letter is on its way. */
export function slotSets(
  keys: Keyring,
  slots: readonly LinkSlot[],
  issuedAt: Instant,
  handedOverAt: Instant | null,
): (readonly [Key, StoreValue])[] {
  return slots.flatMap(({ days, endsAt, ...slot }) => {
    const end = endsAt === undefined ? { days } : { days, endsAt };
    const expiresAt = handedOverAt === null ? null : expiryOf(end, handedOverAt);
    const link: LinkRecord = { ...slot, issuedAt, expiresAt };
    return linkSets(keys, link);
  });
}
