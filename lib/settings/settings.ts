/**
 * What an operator sets: who the public body is, its departments, and the numbers that may differ from house to
 * house. Names as in the settings file; made by `parse_settings.ts`, so that every value here is sound.
 *
 * @module
 */

/** One member of staff. */
export type StaffMember = { readonly name: string; readonly email: string };

/** A department (所属): 本庁 or 公所. */
export type Department = {
  /** Short name for addresses (`keiyaku+<id>@…`): lower-case letters, digits, hyphens. */
  readonly id: string;
  readonly name: string;
  readonly kind: "headOffice" | "branchOffice";
  /** 宛名 by which forms find it; for the head office the public body's own is added. */
  readonly addressees: readonly string[];
  readonly phone: string | null;
  readonly email: string | null;
  /** Whether it gets what names no department. */
  readonly defaultDesk: boolean;
  readonly officers: readonly StaffMember[];
  /** In the order in which they approve. */
  readonly approvers: readonly StaffMember[];
};

/** One way to reach a contact. */
export type Channel = {
  readonly by: string;
  readonly at: string;
  readonly hours: string | null;
  readonly note: string | null;
};

/** Whom to ask about what (R40). */
export type Contact = {
  readonly about: string;
  readonly name: string;
  /** 問い合わせID to have at hand. */
  readonly inquiryId: string | null;
  readonly haveAtHand: readonly string[];
  readonly channels: readonly Channel[];
};

/** How timestamps are used. */
export type TimestampSettings = {
  readonly accredited: boolean;
  /** OID that the TSA's tokens must carry; null for any. */
  readonly policy: string | null;
  readonly validYears: number;
  /** Whether timestamps are renewed, which lets contracts run longer than ten years. */
  readonly renew: boolean;
  /** Whether each party's own signature carries a timestamp (R26). */
  readonly eachParty: boolean;
};

/** Numbers that bound what the service takes. */
export type Limits = {
  readonly maxPdfBytes: number;
  /** Executed files are attached when together they are below this many bytes (R30). */
  readonly attachBelowBytes: number;
  readonly requestLinkDays: number;
  readonly downloadLinkDays: number;
  readonly accessCodeTries: number;
};

/** All settings. */
export type Settings = {
  readonly publicBody: { readonly name: string; readonly headOfficeAddressee: string };
  readonly bot: { readonly address: string; readonly name: string };
  readonly departments: readonly Department[];
  readonly contacts: readonly Contact[];
  readonly timestamp: TimestampSettings;
  readonly limits: Limits;
  /** Whether each confirmer gets an early word once the officer has accepted a form, so that a bad address shows. */
  readonly confirmAddresses: boolean;
  /** Text of the FAQ, Markdown. */
  readonly help: string;
  /** Text of the terms of use, Markdown. */
  readonly terms: string;
};

/** The department of an id; null for an id that no department has. */
export function departmentOf(settings: Settings, id: string): Department | null {
  return settings.departments.find((department) => department.id === id) ?? null;
}
