/**
 * Which use case carries out which kind of due entry.
 *
 * @module
 */
import type { DueHandler } from "../due/due_worker.ts";
import { certify } from "./certify.ts";
import { orderDigests } from "./digests.ts";
import { expire } from "./expire.ts";
import { fetchMail } from "./fetch_mail.ts";
import { pollInbox } from "./poll_inbox.ts";
import { postLetter } from "./post_letter.ts";
import { readInbox } from "./read_inbox.ts";
import { remind } from "./remind.ts";
import { renew } from "./renew.ts";
import { seal } from "./seal.ts";
import { takeDelivery } from "./take_event.ts";
import { watchDay } from "./watch_day.ts";
import { watchIdle } from "./watch_idle.ts";
import type { World } from "./world.ts";

/** All handlers of a world, by the kind of entry that they carry out. */
export function handlersOf(world: World): Record<string, DueHandler> {
  return {
    poll: (_entry, signal) => pollInbox(world, signal),
    fetch: (entry, signal) => fetchMail(world, entry, signal),
    delivery: (entry) => takeDelivery(world, entry),
    mail: (entry) => readInbox(world, entry),
    letter: (entry, signal) => postLetter(world, entry, signal),
    seal: (entry, signal) => seal(world, entry, signal),
    certify: (entry, signal) => certify(world, entry, signal),
    renew: (entry, signal) => renew(world, entry, signal),
    expire: (entry) => expire(world, entry),
    remind: (entry) => remind(world, entry),
    "contract-day": (entry) => watchDay(world, entry),
    digests: (entry) => orderDigests(world, entry),
    idle: (entry) => watchIdle(world, entry),
  };
}
