/**
 * Magic links (R20): a token is the keyed hash of a random id of 256 bits. Letters and records hold the id, which
 * opens nothing; the token is made from it at hand-over, and only its SHA-256 is kept.
 *
 * A token is `<43 characters base64url: HMAC(link, id)><8 characters: short check>`; the check lets guesses die
 * before the store is asked.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { CaseNumber, PartyId } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import type { Chance, Key, Store, StoreValue } from "../ports.ts";
import type { Keyring } from "./keyring.ts";

/** What a link opens: `/c` `/s`, `/o`, `/d`, `/f`, `/documents`. */
export type LinkPurpose = "request" | "officer" | "download" | "form" | "documents";

/** A link as it is kept: bound to its case, person, purpose and end. */
export type LinkRecord = {
  /** Random, 43 characters base64url; the token is derived from it. */
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly caseNumber: CaseNumber | null;
  /** The party it was made for; null for officers, contacts and copy recipients. */
  readonly party: PartyId | null;
  /** Which issue of the party's request it belongs to. */
  readonly issue: number | null;
  /** The address that it was mailed to. */
  readonly address: string;
  readonly issuedAt: Instant;
  /** Dead *at* this instant; null while it is on its way (set at hand-over) or for links without an end. */
  readonly expiresAt: Instant | null;
};

const CHECK_LENGTH = 8;
const TOKEN = /^[A-Za-z0-9_-]{51}$/;

function checkOf(keys: Keyring, body: string): string {
  return keys.macText("link-check", body).slice(0, CHECK_LENGTH);
}

/** A fresh id for a link. */
export const newLinkId = (chance: Chance): string => Buffer.from(chance.bytes(32)).toString("base64url");

/** The token of a link's id: what the URL holds. */
export function tokenFor(keys: Keyring, id: string): string {
  const body = keys.macText("link", id);
  return body + checkOf(keys, body);
}

/** Key of the record that a token opens. */
export function linkKey(token: string): Key {
  return ["link", createHash("sha256").update(token).digest("hex")];
}

/** The writes that make a link good. */
export function linkSets(keys: Keyring, link: LinkRecord): (readonly [Key, StoreValue])[] {
  return [[linkKey(tokenFor(keys, link.id)), link]];
}

/** Whether a text has the form and the check of a token of ours; compared in constant time. */
export function isToken(keys: Keyring, text: string): boolean {
  if (!TOKEN.test(text)) return false;
  const check = checkOf(keys, text.slice(0, -CHECK_LENGTH));
  return timingSafeEqual(Buffer.from(check), Buffer.from(text.slice(-CHECK_LENGTH)));
}

/** The link of a token, or null when there is none. Whether it has ended is for the caller to judge. */
export async function readLink(store: Store, keys: Keyring, token: string): Promise<LinkRecord | null> {
  if (!isToken(keys, token)) return null;
  return (await store.get<LinkRecord>(linkKey(token)))?.value ?? null;
}
