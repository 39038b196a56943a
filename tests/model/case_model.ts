/**
 * What a case should be, in the simplest terms: who is asked in which order, whose link is good, who must hear of
 * what. It knows nothing of how the service keeps a case, only what people did and what they were told.
 *
 * @module
 */
import type { Day, Instant } from "../../lib/domain/instant.ts";
import { DAY_MS, endOfJstDay, plusMs } from "../../lib/domain/instant.ts";

/** Where a case stands for people. */
export type Stage =
  | "intake"
  | "drafted"
  | "sent"
  | "declined"
  | "executed"
  | "refused"
  | "paper"
  | "withdrawn";

/** Someone who is asked. */
export type Asked = { readonly id: string; address: string; readonly coded: boolean };

/** A link to the contract as it was mailed. */
export type ModelLink = {
  readonly token: string;
  readonly party: string;
  readonly address: string;
  readonly sentAt: Instant;
  dead: boolean;
  /** Whether its holder was told that it is of a round that is over. */
  told: boolean;
};

/** Days that a request's link works (R19). */
const LINK_DAYS = 10;
/** Wrong codes that lock a link (R24). */
export const TRIES = 5;

/** When a link ends by itself. */
export const linkEnd = ({ sentAt }: ModelLink): Instant => plusMs(sentAt, LINK_DAYS * DAY_MS);

/** The simple case. */
export class CaseModel {
  stage: Stage = "intake";
  department = "bukken";
  /** Of the contract, once it is handed in. */
  day: Day | null = null;
  dayShown = false;
  coded = false;
  reopened = false;
  copies: readonly string[] = [];
  parties: Asked[] = [];
  /** How many of them have agreed. */
  agreed = 0;
  wrongCodes = 0;
  viewed = false;
  bounced = false;
  readonly links: ModelLink[] = [];
  /** Everyone who ever had a request of this case. */
  readonly everAsked = new Set<string>();
  /** Who must hear of what happened to the case, by the kind of letter. */
  readonly mustHear: { readonly kind: string; readonly address: string }[] = [];
  /** Officers who may hear of the case: those of its department, and who handed the contract in. */
  readonly officers = new Set<string>();

  /** Whether the case is on its way or may go on. */
  get live(): boolean {
    return ["intake", "drafted", "sent", "declined"].includes(this.stage);
  }

  /** Whose turn it is. */
  get awaited(): Asked | null {
    return this.stage === "sent" ? this.parties[this.agreed] ?? null : null;
  }

  /** Whether 契約日 has passed and nobody reopened the case. */
  closed(at: Instant): boolean {
    return this.day !== null && at >= endOfJstDay(this.day) && !this.reopened;
  }

  /** All links are dead, and whoever had one since the case was last sent hears of it. */
  endLinks(kind: "withdrawn" | "corrected"): void {
    for (const link of this.links) {
      if (!link.told) this.mustHear.push({ kind, address: link.address });
      link.dead = true;
      link.told = true;
    }
  }

  /** A round begins: all earlier links are dead. */
  begin(parties: readonly Asked[]): void {
    this.endLinks("corrected");
    this.parties = parties.map((party) => ({ ...party }));
    this.agreed = 0;
    this.freshRequest();
    this.stage = "sent";
  }

  /** A new request goes to whose turn it is: their earlier links are dead, tries are new. */
  freshRequest(): void {
    this.wrongCodes = 0;
    this.viewed = false;
    this.bounced = false;
    for (const link of this.links) if (link.party === this.parties[this.agreed]?.id) link.dead = true;
  }

  /** Whether a link lets its holder read and act. */
  alive(link: ModelLink, at: Instant): boolean {
    return !link.dead && this.awaited?.id === link.party && at < linkEnd(link) &&
      this.wrongCodes < TRIES;
  }
}
