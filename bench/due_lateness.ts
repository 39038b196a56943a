/**
 * How late due entries are carried out in a store that holds many others.
 *
 * @module
 */
import { openKvStore } from "../lib/adapters/kv_store.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { epochMs, plusMs } from "../lib/domain/instant.ts";
import { type DueEntry, dueSets } from "../lib/due/due_index.ts";
import { startWorker } from "../lib/due/run_due.ts";
import { SILENT } from "../tests/support/silent_log.ts";

const ENTRIES = 2_000;
/** They fall due spread over this time, in ms. */
const SPREAD_MS = 20_000;

/** Puts entries in that fall due in the next seconds; the 99th percentile of how late they are done, in ms. */
export async function lateness(path: string): Promise<number> {
  const store = await openKvStore(path);
  const clock = systemClock();
  const begun = clock.now();
  const late: number[] = [];
  const worker = startWorker({
    store,
    clock,
    log: SILENT,
    handlers: {
      probe: (entry) => {
        late.push(Math.max(0, epochMs(clock.now()) - epochMs(entry.firstAt)));
        return Promise.resolve({ done: true });
      },
    },
  });
  try {
    const entries = Array.from({ length: ENTRIES }, (_, index): DueEntry => {
      const at = plusMs(begun, 1_000 + Math.floor(index * SPREAD_MS / ENTRIES));
      return { id: `probe/${index}`, at, firstAt: at, kind: "probe", subject: "", payload: {}, attempts: 0 };
    });
    for (let from = 0; from < ENTRIES; from += 200) {
      await store.commit({ sets: entries.slice(from, from + 200).flatMap(dueSets) });
    }
    worker.wake();
    while (late.length < ENTRIES) await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    await worker.close();
    store.close();
  }
  late.sort((a, b) => a - b);
  return late[Math.floor(late.length * 0.99)] ?? NaN;
}
