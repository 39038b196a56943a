/**
 * The chain that binds a case's events together. Whoever holds its head can tell whether any event before was
 * changed; the head is written into the certificate of agreement and so sealed.
 *
 * @module
 */
import { hash } from "node:crypto";
import type { CaseEvent, RecordedEvent } from "./case_event.ts";

/** What stands before the first event. */
export const CHAIN_START: string = "0".repeat(64);

/**
 * JSON with sorted keys and no spaces, so that equal values give equal text whatever order they were built in
 * (the ordering rule of RFC 8785 §3.2.3). Members that are `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = value as Readonly<Record<string, unknown>>;
  let text = "";
  for (const key of Object.keys(members).sort()) {
    const member = members[key];
    if (member === undefined) continue;
    text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** The hash of an event at its place. */
export function eventHash(seq: number, previous: string, event: CaseEvent): string {
  return hash("sha256", canonicalJson({ event, previous, seq }));
}

/** Gives an event its place after `length` events whose head is `head`. */
export function record(event: CaseEvent, length: number, head: string): RecordedEvent {
  return { seq: length, previous: head, event, hash: eventHash(length, head, event) };
}

/** Where a history breaks: the place of the first event that does not follow from the one before, or null. */
export function brokenAt(history: readonly RecordedEvent[]): number | null {
  let previous = CHAIN_START;
  for (const [seq, entry] of history.entries()) {
    const follows = entry.seq === seq && entry.previous === previous &&
      entry.hash === eventHash(seq, previous, entry.event);
    if (!follows) return seq;
    previous = entry.hash;
  }
  return null;
}
