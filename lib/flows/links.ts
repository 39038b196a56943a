/**
 * Opens magic links for the pages. Opening one changes nothing (R20).
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { type LinkPurpose, type LinkRecord, readLink } from "../link/link_token.ts";
import { readCase } from "./case_records.ts";
import { isOfficer, officerIn } from "./staff.ts";
import { now, type World } from "./world.ts";

/** A link with the case that it belongs to, as it now is. */
export type OpenedLink = { readonly link: LinkRecord; readonly state: Case };

/**
 * The link of a token and its case; null when there is none of that purpose. Whether a link of a request still
 * lets its holder act is for the case to say.
 */
export async function openLink(
  world: World,
  token: string,
  purpose: LinkPurpose | readonly LinkPurpose[],
): Promise<OpenedLink | null> {
  const link = await readLink(world.store, world.keys, token);
  if (!link || link.caseNumber === null || ![purpose].flat().includes(link.purpose)) return null;
  // Staff move on, their mails stay: a link acts for the public body only while its holder does.
  if (link.purpose === "officer" && !isOfficer(world.settings, link.address)) return null;
  const state = (await readCase(world.store, link.caseNumber))?.value;
  return state ? { link, state } : null;
}

/** Whether a link's own end has come: dead *at* that instant. */
export function linkEnded(world: World, link: LinkRecord): boolean {
  return link.expiresAt !== null && now(world) >= link.expiresAt;
}

/** Whether an officer's link may still act on its case: the case may have been handed on since (R5, R10). */
export function inCharge(world: World, { link, state }: OpenedLink): boolean {
  return officerIn(world.settings, link.address).includes(state.departmentId);
}
