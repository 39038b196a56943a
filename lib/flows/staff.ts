/**
 * Who may act for the public body, by the settings as they are now.
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
import type { WriterCheck } from "../domain/writer_check.ts";
import type { Settings } from "../settings/settings.ts";
import type { World } from "./world.ts";

/** Ids of the departments of which an address is an officer; empty for everyone else. */
export function officerIn(settings: Settings, address: string): readonly string[] {
  return settings.departments
    .filter(({ officers }) => officers.some((officer) => sameAddress(officer.email, address)))
    .map((department) => department.id);
}

/** Whether an address is an officer's of any department. */
export const isOfficer = (settings: Settings, address: string): boolean =>
  officerIn(settings, address).length > 0;

/**
 * Whether a mail may act as an officer's by the address it is written from. Where `MAIL_AUTH` is enforced the
 * address's domain must vouch for it (aligned DMARC, RFC 7489); the page of the case is open to officers anyway.
 */
export const actsByAddress = ({ mailAuth }: World, { vouched }: WriterCheck): boolean =>
  mailAuth === "observe" || vouched;
