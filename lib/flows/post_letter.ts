/**
 * Gets a letter to its one recipient: written once, kept as written, handed over until the relay takes it or
 * says that it never will (R19). A retry sends the same letter under the same `Message-ID`.
 *
 * @module
 */
import { DAY_MS, epochMs, jstDay } from "../domain/instant.ts";
import { OLD_AFTER_MS } from "../due/back_off.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { kindHeader, type LetterKind, type LetterOrder } from "../letters/letter_order.ts";
import { caseAddress } from "../mail/bot_address.ts";
import { deliveryReason } from "../mail/delivery_reason.ts";
import { type Entry, type OutgoingMail, PortError } from "../ports.ts";
import { act } from "./act.ts";
import { deliverySets, noteDelivery } from "./deliveries.ts";
import { letterFor } from "./letter_facts.ts";
import { expiryOf, fillLinks, slotSets } from "./letter_links.ts";
import {
  messageIdOf,
  outboxKey,
  type OutboxRecord,
  readLetter,
  readOutbox,
  rootIdOf,
  storeLetter,
} from "./outbox.ts";
import { stillApplies, waitsUntil } from "./still_applies.ts";
import { reportUndelivered } from "./undelivered.ts";
import { now, type World } from "./world.ts";

/** Letters that answer a mail of their recipient (RFC 3834 §5). */
const REPLIES: ReadonlySet<LetterKind> = new Set<LetterKind>([
  "receipt",
  "form-problem",
  "draft-summary",
  "refusal",
  "status",
  "verification",
  "help",
]);

/** Writes the letter of an order and keeps it; null when there is nothing to write any more. */
async function write(world: World, entry: DueEntry): Promise<Entry<OutboxRecord> | null> {
  const order = entry.payload as LetterOrder;
  const caseNumber = entry.subject === "" ? null : entry.subject;
  const written = await letterFor(world, order, caseNumber);
  if (!written) return null;
  const at = now(world);
  const { letter, links, party, issue } = written;
  return await storeLetter(world, {
    id: entry.id,
    kind: order.letter,
    to: order.to,
    caseNumber,
    party,
    issue,
    messageId: messageIdOf(world, entry.id),
    links,
    writtenAt: at,
    statedAt: at,
    handedOverAt: null,
    undelivered: false,
    ...letter.attachments.length > 0 ? { order } : {},
  }, letter);
}

/** Changes a letter's fate unless someone else has; the letter as it then stands. */
async function changed(
  world: World,
  { key, version, value }: Entry<OutboxRecord>,
  change: Partial<Pick<OutboxRecord, "statedAt" | "unsureSince">>,
): Promise<Entry<OutboxRecord> | null> {
  await world.store.commit({ checks: [{ key, version }], sets: [[key, { ...value, ...change }]] });
  return await readOutbox(world.store, value.id);
}

/**
 * The days that a letter states are counted from the day on which it goes; within a day nothing changes. Nor does
 * it for a day after a relay may have taken the letter: providers know a letter again only when it is the very same.
 */
async function restated(world: World, entry: Entry<OutboxRecord>): Promise<Entry<OutboxRecord>> {
  const at = now(world);
  const { statedAt, unsureSince } = entry.value;
  if (jstDay(at) === jstDay(statedAt)) return entry;
  if (unsureSince !== undefined && epochMs(at) - epochMs(unsureSince) < DAY_MS) return entry;
  return await changed(world, entry, { statedAt: at }) ?? entry;
}

/** The mail that a kept letter becomes. */
async function mailOf(world: World, record: OutboxRecord): Promise<OutgoingMail> {
  const { bot } = world.settings;
  const { caseNumber } = record;
  const { subject, text, html, attachments } = await readLetter(world, record);
  const filled = (part: string) => fillLinks(part, record.links, world.keys, record.statedAt);
  const ofCase = caseNumber === null ? {} : {
    "X-Warifu-Case": caseNumber,
    "References": `<${rootIdOf(world, caseNumber)}>`,
  };
  return {
    id: record.id,
    messageId: `<${record.messageId}>`,
    from: { name: bot.name, address: bot.address },
    to: record.to,
    replyTo: caseNumber === null ? bot.address : caseAddress(bot.address, caseNumber, world.keys),
    subject,
    text: filled(text),
    html: filled(html),
    headers: {
      "Auto-Submitted": REPLIES.has(record.kind) ? "auto-replied" : "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Warifu-Kind": kindHeader(record.kind),
      ...ofCase,
    },
    attachments,
  };
}

/** Whether a letter will not be tried again: the relay refused its recipient, or it was tried long enough. */
function givenUp(world: World, entry: DueEntry, error: unknown): error is Error {
  const old = epochMs(now(world)) - epochMs(entry.firstAt) >= OLD_AFTER_MS;
  if (!(error instanceof PortError)) return false;
  return old || (!error.retryable && (error.code === "refused" || error.code === "too_large"));
}

/** What the relay said, as far as the mailer tells; else what it could not do. */
const saidBy = ({ message, cause }: Error): string =>
  cause instanceof Error && cause.message !== "" ? cause.message : message;

/** What becomes of a letter that was not taken: it is told of as undeliverable, or tried again. */
async function notTaken(world: World, entry: DueEntry, letter: Entry<OutboxRecord>, error: unknown) {
  const record = letter.value;
  if (givenUp(world, entry, error)) {
    const reason = error instanceof PortError && error.code === "too_large" ? "too_large" : null;
    return await reportUndelivered(world, record, saidBy(error), reason);
  }
  if (error instanceof PortError) {
    const reason = deliveryReason(saidBy(error));
    if (!error.undone && record.unsureSince === undefined) {
      await changed(world, letter, { unsureSince: now(world) });
    }
    await noteDelivery(world.store, record, { state: "delayed", at: now(world), reason });
  }
  throw error;
}

/** Notes that the relay took a letter; from then on its links have their ends. */
async function noteHandover(world: World, entry: Entry<OutboxRecord>): Promise<OutboxRecord> {
  const handedOverAt = now(world);
  const record = { ...entry.value, handedOverAt };
  const noted = await world.store.commit({
    checks: [{ key: entry.key, version: entry.version }],
    sets: [
      [outboxKey(record.id), record],
      ...slotSets(world.keys, record.links, record.writtenAt, handedOverAt),
      ...deliverySets(record, { state: "taken", at: handedOverAt, reason: null }),
    ],
  });
  return noted ? record : (await readOutbox(world.store, record.id))?.value ?? record;
}

/** Tells the case that a request has reached the relay: the ten days begin (R19). */
async function recordHandover(world: World, record: OutboxRecord): Promise<void> {
  const { kind, caseNumber, party, issue, handedOverAt, links } = record;
  const [link] = links;
  if (kind !== "request" || caseNumber === null || party === null || issue === null) return;
  const expiresAt = link && handedOverAt !== null ? expiryOf(link, handedOverAt) : null;
  if (handedOverAt === null || expiresAt === null) return;
  await act(world, caseNumber, { do: "recordHandover", at: handedOverAt, party, issue, expiresAt });
}

/** Carries out a due letter. */
export async function postLetter(world: World, entry: DueEntry, signal: AbortSignal): Promise<DueOutcome> {
  const written = await readOutbox(world.store, entry.id) ?? await write(world, entry);
  if (!written || written.value.undelivered || !await stillApplies(world, written.value)) {
    return { done: true };
  }
  if (written.value.handedOverAt !== null) {
    await recordHandover(world, written.value);
    return { done: true };
  }
  const later = waitsUntil(world, written.value.kind);
  if (later !== null) return { again: later };
  const stated = await restated(world, written);
  signal.throwIfAborted();
  try {
    await world.mailer.send(await mailOf(world, stated.value));
  } catch (error) {
    await notTaken(world, entry, stated, error);
    return { done: true };
  }
  await recordHandover(world, await noteHandover(world, stated));
  return { done: true };
}
