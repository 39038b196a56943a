/**
 * Who may act for the public body, by the settings as they are now.
 *
 * MAIL_AUTH belongs here: once mails are authenticated, an address counts as an officer's only with an aligned
 * pass (interface.md, Environment).
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
import type { Settings } from "../settings/settings.ts";

/** Ids of the departments of which an address is an officer; empty for everyone else. */
export function officerIn(settings: Settings, address: string): readonly string[] {
  return settings.departments
    .filter(({ officers }) => officers.some((officer) => sameAddress(officer.email, address)))
    .map((department) => department.id);
}

/** Whether an address is an officer's of any department. */
export const isOfficer = (settings: Settings, address: string): boolean =>
  officerIn(settings, address).length > 0;
