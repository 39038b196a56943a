/**
 * Who may act for the public body, by the settings as they are now.
 *
 * @module
 */
import { sameAddress } from "../domain/mail_address.ts";
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
 * Whether a mail may act as an officer's on its address alone. Where `MAIL_AUTH` is enforced none may: aligned
 * passes (DMARC, RFC 7489) are not looked for yet, and the page of the case stays open to officers.
 */
export const actsByAddress = ({ mailAuth }: World): boolean => mailAuth === "observe";
