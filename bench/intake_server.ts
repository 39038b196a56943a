/**
 * The door for mail in a process of its own: ours, down to store and blobs on disk, or the bare SMTP library with
 * one fsync a mail. Run with `ours` or `bare` and a folder; prints its port.
 *
 * @module
 */
import { SMTPServer } from "smtp-server";
import { openFileBlobs } from "../lib/adapters/file_blobs.ts";
import { openKvStore } from "../lib/adapters/kv_store.ts";
import { smtpIntake } from "../lib/adapters/smtp_intake.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { type IntakeWorld, receiveMail } from "../lib/flows/receive_mail.ts";
import type { Log } from "../lib/ports.ts";

const MAX_BYTES = 80_000_000;

/** Trouble is written where the measurement shows it. */
const LOUD: Log = { info() {}, warn: console.error, error: console.error };

async function ours(folder: string): Promise<number> {
  const clock = systemClock();
  const store = await openKvStore(`${folder}/store.kv`);
  const blobs = await openFileBlobs(`${folder}/blobs`, clock);
  const world: IntakeWorld = { store, blobs, clock, wake() {} };
  const { address } = await smtpIntake({
    listen: "127.0.0.1:0",
    maxBytes: MAX_BYTES,
    relays: ["127.0.0.1"],
    accepts: () => true,
    receive: (envelope, content, transport) => receiveMail(world, { envelope, content, transport }),
    clock,
    log: LOUD,
  });
  return Number(address.split(":")[1]);
}

async function bare(folder: string): Promise<number> {
  let count = 0;
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    async onData(stream, _session, answer) {
      using file = await Deno.open(`${folder}/${count++}`, { write: true, createNew: true });
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        for (let done = 0; done < chunk.length;) done += await file.write(chunk.subarray(done));
      }
      await file.sync();
      answer();
    },
  });
  const listening = Promise.withResolvers<void>();
  const socket = server.listen(0, "127.0.0.1", listening.resolve);
  await listening.promise;
  return (socket.address() as { port: number }).port;
}

const [way, folder = ""] = Deno.args;
console.log(await (way === "ours" ? ours : bare)(folder));
