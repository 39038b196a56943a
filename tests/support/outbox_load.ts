/**
 * Many letters that are due at once, the relay that takes them, and the process that hands them over: for the
 * measurement of the outbox and its small version among the tests.
 *
 * @module
 */
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { type DueEntry, dueSets } from "../../lib/due/due_index.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { outboxKey, type OutboxRecord } from "../../lib/flows/outbox.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import { SMTPServer } from "smtp-server";

/** When the first letter fell due; each of the others a millisecond later. */
export const LOAD_START: Instant = "2026-11-24T01:00:00.000Z";

/** Recipients with something about them. */
export const REFUSED = [
  "refused-1@sink.example",
  "refused-2@sink.example",
  "refused-3@sink.example",
] as const;
export const STALLING = "stalling@sink.example";

/** Letters of one commit. */
const BATCH = 250;

/** The recipient of the `n`-th letter: the peculiar ones have one each, early; the others take turns. */
export function recipientOf(n: number, recipients: number): string {
  if (n >= 10 && n < 13) return REFUSED[n - 10]!;
  return n === 13 ? STALLING : `person-${n % recipients}@sink.example`;
}

/** An entry of the due index for the `n`-th letter. */
export function loadEntry(n: number, to: string): DueEntry {
  const at = plusMs(LOAD_START, n);
  const order: LetterOrder = {
    letter: "refusal",
    to,
    seq: null,
    party: null,
    about: { reasons: [{ code: "no_pdf", about: null }], subject: `${n}` },
  };
  const id = `-/load/${String(n).padStart(6, "0")}`;
  return { id, at, firstAt: at, kind: "letter", subject: "", payload: order, attempts: 0, lane: to };
}

/** Puts letters into the outbox of a data directory. */
export async function putLoad(directory: string, letters: number, recipients: number): Promise<void> {
  const store = await openKvStore(`${directory}/store.kv`);
  for (let from = 0; from < letters; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, letters - from) }, (_, at) => from + at);
    await store.commit({ sets: numbers.flatMap((n) => dueSets(loadEntry(n, recipientOf(n, recipients)))) });
  }
  store.close();
}

/** What became of the letters, read from a data directory that no process uses. */
export async function readLoad(directory: string, letters: number) {
  const store = await openKvStore(`${directory}/store.kv`);
  const byMessageId = new Map<string, number>();
  let handedOver = 0;
  let undelivered = 0;
  for (let n = 0; n < letters; n++) {
    const record = (await store.get<OutboxRecord>(outboxKey(loadEntry(n, "").id)))?.value;
    if (!record) continue;
    byMessageId.set(record.messageId, n);
    if (record.handedOverAt !== null) handedOver++;
    if (record.undelivered) undelivered++;
  }
  let due = 0;
  for await (const _ of store.list({ prefix: ["due"] })) due++;
  store.close();
  return { byMessageId, handedOver, undelivered, due };
}

/** A letter as it arrived. */
export type Arrival = { readonly to: string; readonly messageId: string };

/** A relay that takes everything but what is to the peculiar recipients. */
export type Sink = {
  readonly port: number;
  readonly arrivals: readonly Arrival[];
  /** Addresses that were refused, each time. */
  readonly refusals: readonly string[];
  close(): Promise<void>;
};

/** The `Message-ID` of a letter, which is read to its end; null when it breaks off. */
async function messageIdIn(stream: AsyncIterable<Uint8Array>): Promise<string | null> {
  let head = "";
  try {
    for await (const chunk of stream) {
      if (head.length < 8_000) head += new TextDecoder("latin1").decode(chunk);
    }
  } catch {
    return null;
  }
  return /^message-id:\s*<([^>]+)>/im.exec(head)?.[1] ?? "";
}

/** Starts the relay; `onArrival` is called after each letter. */
export async function openSink(onArrival: () => void = () => {}): Promise<Sink> {
  const arrivals: Arrival[] = [];
  const refusals: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onRcptTo({ address }, _session, answer) {
      if (address === STALLING) return;
      if (!REFUSED.some((each) => each === address)) return answer();
      refusals.push(address);
      onArrival();
      answer(Object.assign(new Error("5.1.1 User unknown"), { responseCode: 550 }));
    },
    async onData(stream, session, answer) {
      const messageId = await messageIdIn(stream as AsyncIterable<Uint8Array>);
      // A sender that was killed meanwhile has handed nothing over.
      if (messageId === null) return answer(new Error("cut"));
      arrivals.push({ to: session.envelope.rcptTo[0]?.address ?? "", messageId });
      answer();
      onArrival();
    },
  });
  server.on("error", () => {}); // A process that is killed breaks its connections.
  const port = await new Promise<number>((resolve) => {
    const socket = server.listen(0, "127.0.0.1", () => {
      const at = socket.address();
      resolve(typeof at === "object" && at !== null ? at.port : 0);
    });
  });
  return { port, arrivals, refusals, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

/**
 * Letters that arrived out of turn: before an earlier one to the same recipient had arrived for the first time.
 * `byMessageId` gives the number of each.
 */
export function outOfTurn(arrivals: readonly Arrival[], byMessageId: ReadonlyMap<string, number>): number {
  const newest = new Map<string, number>();
  const seen = new Set<string>();
  let count = 0;
  for (const { to, messageId } of arrivals) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    const n = byMessageId.get(messageId) ?? -1;
    if (n < (newest.get(to) ?? -1)) count++;
    newest.set(to, Math.max(n, newest.get(to) ?? -1));
  }
  return count;
}

/** Starts a process that hands over what is due in a data directory; it never ends by itself. */
export function startHandingOver(directory: string, port: number): Deno.ChildProcess {
  const script = new URL("outbox_process.ts", import.meta.url).pathname;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", script, directory, String(port)],
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}
