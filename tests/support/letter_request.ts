/**
 * A case whose first request is called for, and what a letter leads to.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { readLink } from "../../lib/link/link_token.ts";
import { PortError } from "../../lib/ports.ts";
import { type LetterDesk, letterDesk } from "../support/letter_desk.ts";
import { minute, PARTIES, sealedBy, sentWith } from "../support/sample_case.ts";

/** The confirmer who is asked first. */
export const [SECOND] = PARTIES;
/** A relay that may take it later. */
export const BUSY = new PortError("unavailable", "Cannot send: the relay is busy", {
  retryable: true,
  undone: true,
});
/** A relay that may have taken it: its answer was lost. */
export const LOST = new PortError("unavailable", "Cannot send: the connection broke", { retryable: true });
/** A relay that never will. */
export const REFUSED = new PortError("refused", "Cannot send: 550 5.1.1 user unknown", { retryable: false });

/** The first request is called for but not handed over. */
export const REQUESTED: readonly CaseEvent[] = [
  ...sentWith(),
  sealedBy("Sender", null, minute(21)),
  { did: "requested", at: minute(30), party: "Confirmer2", issue: 1, by: "service" },
];
/** The event that calls for the request. */
export const SEQ = REQUESTED.length - 1;

/** A desk at which the first request waits. */
export async function withRequest() {
  const desk = letterDesk();
  desk.clock.set(minute(31));
  const number = await desk.put(REQUESTED);
  return { desk, number, entry: desk.entry("request", SECOND.address, { seq: SEQ, party: "Confirmer2" }) };
}

/** The token of the link to a page that stands in a text. */
export function tokenIn(text: string, page: string): string {
  const token = new RegExp(`^http://localhost:8000/${page}/([A-Za-z0-9_-]{51})$`, "m").exec(text)?.[1];
  ok(token, `no link /${page}/`);
  return token;
}

/** The link of a token as the desk keeps it. */
export const linkOf = (desk: LetterDesk, token: string) => readLink(desk.store, desk.world.keys, token);
