/**
 * Finds out what a letter has to say: reads the case and the event that called for it, and has it written. The
 * case is read again, so that a letter that no longer applies is not written at all.
 *
 * @module
 */
import type { Case, CaseNumber, PartyId } from "../domain/case.ts";
import type { CaseEvent } from "../domain/case_event.ts";
import type { Letter, LetterHead } from "../letters/letter.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import { renderLetter } from "../letters/render.ts";
import type { Attachment } from "../ports.ts";
import { departmentOf } from "../settings/settings.ts";
import { eventOf, readCase } from "./case_records.ts";
import { letterOfCase } from "./letter_facts_case.ts";
import { letterWithoutCase } from "./letter_facts_plain.ts";
import { type LinkMint, linkMint, type LinkSlot } from "./letter_links.ts";
import type { StoredLetter } from "./outbox.ts";
import type { World } from "./world.ts";

/** All that letters of a case are written from. */
export type LetterSource = {
  readonly world: World;
  readonly order: LetterOrder;
  readonly state: Case;
  /** The event that called for the letter; null when a mail or a page did. */
  readonly event: CaseEvent | null;
  readonly head: LetterHead;
  readonly links: LinkMint;
};

/** A letter as its facts make it, with the files that go with it. */
export type LetterDraft = { readonly letter: Letter; readonly attachments?: readonly Attachment[] };

/** A letter with its links, and the party and issue it belongs to. */
export type WrittenLetter = {
  readonly letter: StoredLetter;
  readonly links: readonly LinkSlot[];
  readonly party: PartyId | null;
  readonly issue: number | null;
};

/** Who writes: the department of the case, else the public body. */
function letterHead(world: World, state: Case | null): LetterHead {
  const { publicBody, bot } = world.settings;
  const department = state ? departmentOf(world.settings, state.departmentId) : null;
  return {
    caseNumber: state?.number ?? null,
    botAddress: bot.address,
    signature: {
      publicBody: publicBody.name,
      department: department?.name ?? "",
      phone: department?.phone ?? null,
      email: department?.email ?? null,
      service: bot.name,
      helpUrl: `${world.publicUrl}/help`,
    },
  };
}

const partyIn = (event: CaseEvent | null): PartyId | null =>
  event && "party" in event && typeof event.party === "string" ? event.party : null;

const issueIn = (event: CaseEvent | null): number | null =>
  event?.did === "requested" || event?.did === "reminded" ? event.issue : null;

function finished(draft: LetterDraft, links: LinkMint, party: PartyId | null, issue: number | null) {
  const letter = { ...renderLetter(draft.letter), attachments: draft.attachments ?? [] };
  return { letter, links: links.slots, party, issue };
}

/** The letter of an order, or null when it has nothing to say any more. */
export async function letterFor(
  world: World,
  order: LetterOrder,
  caseNumber: CaseNumber | null,
): Promise<WrittenLetter | null> {
  const state = caseNumber === null ? null : (await readCase(world.store, caseNumber))?.value ?? null;
  const head = letterHead(world, state);
  const event = state && order.seq !== null ? await eventOf(world, state.number, order.seq) : null;
  const party = order.party ?? partyIn(event);
  const issue = issueIn(event);
  const links = linkMint(world, { caseNumber: state?.number ?? null, party, issue, address: order.to });
  if (!state) {
    const draft = await letterWithoutCase({ world, order, head, links });
    return draft && finished(draft, links, party, issue);
  }
  const draft = await letterOfCase({ world, order: { ...order, party }, state, event, head, links });
  return draft && finished(draft, links, party, issue);
}
