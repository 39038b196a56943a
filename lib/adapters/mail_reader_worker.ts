/**
 * The worker that takes messages apart, in a process of its own. It may touch nothing of the machine: all it gets are the bytes of the
 * message, all it gives are files and what it read.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { readMessage, type StoreFile } from "../mail/read_message.ts";
import type { ReaderCommand, ReaderReport } from "./mail_reader_messages.ts";

/** What a worker knows of itself and its owner, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent<ReaderCommand>) => void) | null;
  postMessage(report: ReaderReport | "loaded", transfer?: readonly ArrayBuffer[]): void;
};

/** Files go out in pieces of about this size, in bytes. */
const PIECE_BYTES = 256 * 1024;

const scope = self as unknown as WorkerSelf;

/** One command that is waited for. */
type Awaited = {
  raw: (bytes: Uint8Array<ArrayBuffer> | null) => void;
  "go-on": (nothing: undefined) => void;
  stored: (file: { blob: string; size: number }) => void;
};
const awaited: Partial<Awaited> = {};
/** Pieces that the owner is ready to take. */
let credit = 0;

scope.onmessage = ({ data }) => {
  switch (data.tell) {
    case "read":
      return void read(data);
    case "raw":
      return awaited.raw?.(data.bytes);
    case "go-on":
      credit++;
      return awaited["go-on"]?.(undefined);
    case "stored":
      return awaited.stored?.(data);
  }
};

async function read(
  { envelopeFrom, limits, wish }: Extract<ReaderCommand, { readonly tell: "read" }>,
): Promise<void> {
  try {
    const mail = await readMessage(rawPieces(), envelopeFrom, store, limits, wish);
    scope.postMessage({ say: "done", mail });
  } catch (error) {
    const known = error instanceof UnreadableError;
    scope.postMessage({
      say: "unreadable",
      code: known ? error.code : "mail_damaged",
      message: known ? error.message : "Cannot read the mail: its structure is broken",
    });
  }
}

async function* rawPieces(): AsyncGenerator<Uint8Array> {
  while (true) {
    const bytes = await new Promise<Uint8Array<ArrayBuffer> | null>((resolve) => {
      awaited.raw = resolve;
      scope.postMessage({ say: "more" });
    });
    if (bytes === null) return;
    yield bytes;
  }
}

const store: StoreFile = async (content) => {
  credit = 0;
  scope.postMessage({ say: "file" });
  for await (const piece of gathered(content)) {
    while (credit === 0) await new Promise<undefined>((resolve) => awaited["go-on"] = resolve);
    credit--;
    scope.postMessage({ say: "piece", bytes: piece }, [piece.buffer]);
  }
  const stored = new Promise<{ blob: string; size: number }>((resolve) => awaited.stored = resolve);
  scope.postMessage({ say: "file-end" });
  const { blob, size } = await stored;
  return { blob, size };
};

/** Small pieces put together into own memory, which can be handed over without copying it again. */
async function* gathered(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let room = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for await (const piece of content) {
    for (let at = 0; at < piece.length;) {
      const taken = Math.min(piece.length - at, room.length - filled);
      room.set(piece.subarray(at, at + taken), filled);
      at += taken;
      filled += taken;
      if (filled < room.length) continue;
      yield room;
      room = new Uint8Array(PIECE_BYTES);
      filled = 0;
    }
  }
  if (filled > 0) yield room.slice(0, filled);
}

scope.postMessage("loaded");
