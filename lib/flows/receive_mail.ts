/**
 * Takes a mail in: its bytes and the order to read it are durable before the sender is told so. What was
 * received is never lost, whatever it turns out to be.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import { dueSets } from "../due/due_index.ts";
import type { MailTransport } from "../mail/envelope.ts";
import type { MailVerdict } from "../mail/authenticator.ts";
import type { Key, Sha256, Store } from "../ports.ts";
import { now, type World } from "./world.ts";

/** Who gave a mail to whom, as the transport says (RFC 5321 §3.3). */
export type Envelope = { readonly from: string; readonly to: readonly string[] };

/** What became of a received mail. */
export type InboxFate =
  | "waiting"
  | "opened"
  | "proposed"
  | "drafted"
  | "answered"
  | "passed_on"
  | "bounce"
  | "automatic"
  | "duplicate"
  | "unanswerable";

/** A received mail: where its bytes are and what became of it. */
export type InboxEntry = {
  readonly id: string;
  readonly raw: Sha256;
  readonly size: number;
  readonly envelope: Envelope;
  /** Absent in entries of before it was kept. */
  readonly transport?: MailTransport;
  readonly receivedAt: Instant;
  readonly fate: InboxFate;
  readonly caseNumber: string | null;
  /** Who vouches for it, once that is known. */
  readonly verdict?: MailVerdict;
};

/** Key of a received mail. */
export const inboxKey = (id: string): Key => ["inbox", id];

/** The received mail of an id, or null. */
export async function readInboxEntry(store: Store, id: string): Promise<InboxEntry | null> {
  return (await store.get<InboxEntry>(inboxKey(id)))?.value ?? null;
}

function inboxId(raw: Sha256, envelope: Envelope): string {
  const addresses = [envelope.from, ...[...envelope.to].sort()].join("\n");
  return createHash("sha256").update(`${raw}\n${addresses}`).digest("hex").slice(0, 32);
}

/** The part of the world that taking a mail in needs. */
export type IntakeWorld = Pick<World, "store" | "blobs" | "clock" | "wake">;

/** A mail at the door. */
export type MailIn = {
  readonly envelope: Envelope;
  readonly content: ReadableStream<Uint8Array>;
  readonly transport?: MailTransport;
};

/**
 * Stores one message; returns when it is durable. The very same message from the same envelope is stored once.
 * Throws `PortError` when it could not be stored: the sender must keep it.
 */
export async function receiveMail(world: IntakeWorld, message: MailIn): Promise<void> {
  const { sha256: raw, size } = await world.blobs.put(message.content);
  const { envelope, transport } = message;
  const id = inboxId(raw, envelope);
  const at = now(world);
  const entry: InboxEntry = {
    id,
    raw,
    size,
    envelope,
    ...(transport && { transport }),
    receivedAt: at,
    fate: "waiting",
    caseNumber: null,
  };
  const due = { id: `mail/${id}`, at, firstAt: at, kind: "mail", subject: "", payload: { id }, attempts: 0 };
  await world.store.commit({
    checks: [{ key: inboxKey(id), version: null }],
    sets: [[inboxKey(id), entry], ...dueSets(due)],
  });
  world.wake();
}
