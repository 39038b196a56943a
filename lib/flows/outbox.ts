/**
 * Letters as they were written, kept until they are handed over and after. What stands here never changes but for
 * its fate, so a retry sends the same letter under the same `Message-ID`.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { CaseNumber, PartyId } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import { domainOf } from "../domain/mail_address.ts";
import type { LetterKind, LetterOrder } from "../letters/letter_order.ts";
import type { RenderedLetter } from "../letters/letter.ts";
import type { Attachment, Entry, Key, Sha256, Store } from "../ports.ts";
import { deliverySets } from "./deliveries.ts";
import { type LinkSlot, slotSets } from "./letter_links.ts";
import type { World } from "./world.ts";

/** What a letter consists of, its links as ids. */
export type StoredLetter = RenderedLetter & { readonly attachments: readonly Attachment[] };

/** A letter in the outbox. */
export type OutboxRecord = {
  readonly id: string;
  readonly kind: LetterKind;
  readonly to: string;
  readonly caseNumber: CaseNumber | null;
  /** The party and issue that a request belongs to. */
  readonly party: PartyId | null;
  readonly issue: number | null;
  /** Without angle brackets. */
  readonly messageId: string;
  /** The letter, or the blob that holds it when it is long. */
  readonly letter: StoredLetter | { readonly blob: Sha256 };
  readonly links: readonly LinkSlot[];
  readonly writtenAt: Instant;
  /** The time from which the letter counts the days of its links. */
  readonly statedAt: Instant;
  /** When the relay took it; null until then. */
  readonly handedOverAt: Instant | null;
  /** Whether it was reported as undeliverable. */
  readonly undelivered: boolean;
  /** Since when the relay may have taken it, though its answer was lost; absent while it surely has not. */
  readonly unsureSince?: Instant;
  /** What it was written from, where it has files: it may have to be written again without them. */
  readonly order?: LetterOrder;
};

/** Where an answer to a letter belongs. */
type Reference = { readonly caseNumber: CaseNumber | null; readonly outbox: string | null };

/** Characters of a letter above which it becomes a blob: the store takes 64 KiB a value, two bytes a character. */
const INLINE_CHARACTERS = 24_000;

/** Key of a letter. */
export const outboxKey = (id: string): Key => ["outbox", id];

/** Key under which a `Message-ID` of ours (without angle brackets) is found. */
const referenceKey = (messageId: string): Key => ["reference", messageId];

const ownDomain = (world: World): string => domainOf(world.settings.bot.address);

const idFor = (world: World, text: string): string =>
  `${Buffer.from(world.keys.mac("message-id", text)).toString("hex").slice(0, 40)}@${ownDomain(world)}`;

/** `Message-ID` of an outbox entry: the same for every try, and telling nothing. */
export const messageIdOf = (world: World, id: string): string => idFor(world, `outbox ${id}`);

/** The id that all letters of a case refer to, so that mail programmes keep them together. */
export const rootIdOf = (world: World, caseNumber: CaseNumber): string => idFor(world, `case ${caseNumber}`);

/** The letter of an id as it stands. */
export function readOutbox(store: Store, id: string): Promise<Entry<OutboxRecord> | null> {
  return store.get<OutboxRecord>(outboxKey(id));
}

/** Keeps a letter as written, makes its links good and its answers findable. The earlier one stays if there is one. */
export async function storeLetter(
  world: World,
  record: Omit<OutboxRecord, "letter">,
  letter: StoredLetter,
): Promise<Entry<OutboxRecord>> {
  const long = letter.text.length + letter.html.length > INLINE_CHARACTERS;
  const kept = long
    ? { blob: (await world.blobs.put(new TextEncoder().encode(JSON.stringify(letter)))).sha256 }
    : letter;
  const { caseNumber } = record;
  const reference: Reference = { caseNumber, outbox: record.id };
  const root: Reference = { caseNumber, outbox: null };
  await world.store.commit({
    checks: [{ key: outboxKey(record.id), version: null }],
    sets: [
      [outboxKey(record.id), { ...record, letter: kept }],
      [referenceKey(record.messageId), reference],
      ...caseNumber === null ? [] : [[referenceKey(rootIdOf(world, caseNumber)), root] as const],
      ...slotSets(world.keys, record.links, record.writtenAt, null),
      ...deliverySets(record, { state: "waiting", at: record.writtenAt, reason: null }),
    ],
  });
  const stored = await readOutbox(world.store, record.id);
  if (!stored) throw new RangeError("Cannot keep a letter: it is not there after it was written");
  return stored;
}

/** A letter as it was written. */
export async function readLetter(world: World, record: OutboxRecord): Promise<StoredLetter> {
  if (!("blob" in record.letter)) return record.letter;
  return JSON.parse(new TextDecoder().decode(await world.blobs.get(record.letter.blob)));
}

/** The case that a mail answers, by the ids it refers to; the newest reference counts first. */
export async function caseOfReferences(
  store: Store,
  references: readonly string[],
): Promise<CaseNumber | null> {
  const newest = references.slice(-20).reverse();
  for (let from = 0; from < newest.length; from += 10) {
    const found = await store.getMany<Reference>(newest.slice(from, from + 10).map(referenceKey));
    const hit = found.find((entry) => entry?.value.caseNumber);
    if (hit) return hit.value.caseNumber;
  }
  return null;
}

/** The letter of a `Message-ID` (without angle brackets), or null when it is none of ours. */
export async function outboxOfMessageId(store: Store, messageId: string): Promise<OutboxRecord | null> {
  const reference = await store.get<Reference>(referenceKey(messageId));
  const id = reference?.value.outbox;
  return id ? (await readOutbox(store, id))?.value ?? null : null;
}

/** The letter of a tag (see `letterTag`), or null when it is none of ours. */
export function outboxOfTag(world: World, tag: string): Promise<OutboxRecord | null> {
  return outboxOfMessageId(world.store, `${tag}@${ownDomain(world)}`);
}

/** Lets a letter be found by one more `Message-ID` (without angle brackets). */
export async function noteFurtherMessageId(
  store: Store,
  { id, caseNumber }: OutboxRecord,
  messageId: string,
): Promise<void> {
  const reference: Reference = { caseNumber, outbox: id };
  const key = referenceKey(messageId);
  await store.commit({ checks: [{ key, version: null }], sets: [[key, reference]] });
}
