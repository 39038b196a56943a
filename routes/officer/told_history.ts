/**
 * The history of a case as it is told: each event in words, with who did it, by the names that held at that time.
 *
 * @module
 */
import { type Case, partyOf, type Person } from "../../lib/domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../../lib/domain/case_event.ts";
import { evolve } from "../../lib/domain/evolve.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { historyWords } from "./history_words.ts";

/** An event as it is told; all texts are empty but the words where a record can't be read. */
export type ToldEvent = {
  readonly at: Instant;
  /** Who did it, with the mail address where it is a person. */
  readonly actor: string;
  readonly words: string;
  readonly hash: string;
};

const SERVICE = "本サービス";
const personWords = ({ name, address }: Person): string => `${name} ${address}`.trim();

/** What a party has done itself; the other events of a party are the service's. */
const OWN_ACTS: ReadonlySet<CaseEvent["did"]> = new Set<CaseEvent["did"]>([
  "viewed",
  "codeRefused",
  "agreed",
  "declined",
  "asked",
  "linkRequested",
]);

function actorOf(event: CaseEvent, state: Case): string {
  if (event.did === "opened") return event.refersTo?.by ?? personWords(event.contact);
  if (event.did === "drafted") return personWords(event.draft.officer);
  if (event.did === "formProposed") return event.from;
  if (event.did === "fileOpened") return event.who;
  if ("by" in event) {
    return typeof event.by === "string" ? event.by.replace(/^service$/, SERVICE) : personWords(event.by);
  }
  if (!("party" in event) || !OWN_ACTS.has(event.did)) return SERVICE;
  const party = partyOf(state, event.party);
  return party ? personWords(party) : event.party;
}

/** The events in order. A record that was tampered with is told as far as it can be. */
export function toldHistory(
  history: readonly RecordedEvent[],
  now: Case,
  settings: Settings,
): ToldEvent[] {
  let state: Case | null = null;
  return history.map((entry) => {
    try {
      state = evolve(state, entry);
      const { event: { at }, event, hash } = entry;
      return { at, hash, actor: actorOf(event, state), words: historyWords(event, state, settings) };
    } catch {
      // Parts may be missing that an event of this kind always has: from here on the case as it now is gives names.
      state = now;
      return { at: "", actor: "", words: "この記録は読み取れません。", hash: String(entry?.hash ?? "") };
    }
  });
}
