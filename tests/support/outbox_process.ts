/**
 * A process that hands over the letters that are due in a data directory, by the very parts of the service:
 * `outbox_process.ts DIRECTORY PORT`. It runs until it is ended.
 *
 * @module
 */
import { openFileBlobs } from "../../lib/adapters/file_blobs.ts";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { openMailer } from "../../lib/adapters/open_mailer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { startWorker } from "../../lib/due/run_due.ts";
import { postLetter } from "../../lib/flows/post_letter.ts";
import { paperWorld } from "./paper_world.ts";
import { SILENT } from "./silent_log.ts";

const [directory, port] = Deno.args;
const clock = systemClock();
const store = await openKvStore(`${directory}/store.kv`);
const blobs = await openFileBlobs(`${directory}/blobs`, clock);
const mailer = openMailer(`smtp://127.0.0.1:${port}`, { store, blobs, clock });
const { world } = paperWorld({ store, blobs, clock, mailer, chance: systemChance });
startWorker({
  store,
  clock,
  log: SILENT,
  handlers: { letter: (entry, signal) => postLetter(world, entry, signal) },
});
