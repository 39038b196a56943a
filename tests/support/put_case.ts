/**
 * Puts a case with a given history into a store, for tests that begin in its middle.
 *
 * @module
 */
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { replay } from "../../lib/domain/evolve.ts";
import { eventKey, headKey, readCase } from "../../lib/flows/case_records.ts";
import type { OpenedLink } from "../../lib/flows/links.ts";
import type { LinkPurpose } from "../../lib/link/link_token.ts";
import type { Store } from "../../lib/ports.ts";
import { historyOf } from "./given_case.ts";

/** Writes head and events; the case's number. */
export async function putCase(store: Store, events: readonly CaseEvent[]): Promise<string> {
  const history = historyOf(events);
  const state = replay(history)!;
  await store.commit({
    sets: [
      [headKey(state.number), state],
      ...history.map((entry) => [eventKey(state.number, entry.seq), entry] as const),
    ],
  });
  return state.number;
}

/** A link to a case as pages have it once they have opened it. */
export async function openedLink(
  store: Store,
  number: string,
  facts: { readonly purpose: LinkPurpose; readonly address: string; readonly party?: string; issue?: number },
): Promise<OpenedLink> {
  const state = (await readCase(store, number))!.value;
  const { purpose, address, party = null } = facts;
  const issue = facts.issue ?? (party === null ? null : 1);
  const link = { id: "id", purpose, address, party, issue, caseNumber: number };
  return { link: { ...link, issuedAt: state.openedAt, expiresAt: null }, state };
}
