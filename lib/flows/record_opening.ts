/**
 * Records in a case's history that someone opened one of its files. When the same person last opened the same file
 * is kept beside the case, so that the case itself does not grow with its readers.
 *
 * @module
 */
import { type Case, partyOf } from "../domain/case.ts";
import type { OpenedAs, Opening } from "../domain/case_event.ts";
import type { Instant } from "../domain/instant.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { roundOf } from "../domain/rounds.ts";
import type { LinkRecord } from "../link/link_token.ts";
import { type Key, PortError } from "../ports.ts";
import { act, type Alongside } from "./act.ts";
import { recipientTag } from "./orders.ts";
import { now, type World } from "./world.ts";

/** What was opened, and how. */
export type OpenedFile = Pick<Opening, "file" | "what" | "round">;

/** Whose link it was. */
export type Opener = Pick<LinkRecord, "purpose" | "party" | "address">;

/** What was opened is of the round in force unless it says another. */
function openingKey(state: Case, who: string, { file, what, round = roundOf(state) }: OpenedFile): Key {
  const place = round === 1 ? file : `${file}@${round}`;
  return ["opening", state.number, `${recipientTag(who)}/${place}/${what}`];
}

function roleOf(state: Case, { purpose, party, address }: Opener): OpenedAs {
  if (purpose === "officer") return "officer";
  const known = party === null ? null : partyOf(state, party);
  const found = known ?? state.parties.find((each) => sameAddress(each.address, address));
  if (found) return found.role;
  if (state.draft && sameAddress(state.draft.officer.address, address)) return "officer";
  return state.draft?.copyTo.some((copy) => sameAddress(copy, address)) ? "copy" : "contact";
}

/** What keeps the time of an opening, to be written with another event that tells of it. */
export function openingMark(
  { link, state }: { readonly link: Opener; readonly state: Case },
  opened: OpenedFile,
  at: Instant,
): Alongside {
  return { sets: [[openingKey(state, link.address, opened), at]] };
}

/**
 * Records an opening; the same person and file again within a while is not recorded twice, not even when asked for
 * at the same time. Throws `PortError`.
 */
export async function recordOpening(
  world: World,
  { link, state }: { readonly link: Opener; readonly state: Case },
  opened: OpenedFile,
): Promise<void> {
  const key = openingKey(state, link.address, opened);
  const before = await world.store.get<Instant>(key);
  const at = now(world);
  const alongside = { checks: [{ key, version: before?.version ?? null }], sets: [[key, at] as const] };
  const facts = { at, who: link.address, as: roleOf(state, link), lastAt: before?.value ?? null, ...opened };
  try {
    await act(world, state.number, { do: "recordOpening", ...facts }, alongside);
  } catch (error) {
    // The same opening was recorded meanwhile: a reader of PDFs asks for a file several times at once.
    const after = await world.store.get<Instant>(key);
    if (!(error instanceof PortError) || after?.version === before?.version) throw error;
  }
}
