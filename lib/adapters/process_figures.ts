/**
 * Figures of the process itself.
 *
 * @module
 */
import type { Family } from "../metrics/exposition.ts";

const gauge = (name: string, help: string, value: number, labels: Record<string, string> = {}): Family => ({
  name,
  help,
  type: "gauge",
  samples: [{ labels, value }],
});

/** Seconds since the process began, from a clock that never goes back. */
export const processSeconds = (): number => performance.now() / 1000;

/** How late one turn of the event loop comes just now, in seconds. */
async function turnSeconds(): Promise<number> {
  const askedAt = processSeconds();
  await new Promise((resolve) => setTimeout(resolve, 0));
  return processSeconds() - askedAt;
}

/** Makes the reader of the figures: `mode` is the service's. */
export function processFigures(mode: string): () => Promise<readonly Family[]> {
  return async () => [
    gauge("warifu_build_info", "What runs.", 1, { mode, deno: Deno.version.deno }),
    gauge("process_uptime_seconds", "Seconds since the process began.", processSeconds()),
    gauge("process_resident_memory_bytes", "Memory that the process holds.", Deno.memoryUsage().rss),
    gauge("warifu_event_loop_delay_seconds", "Delay of one turn of the event loop.", await turnSeconds()),
  ];
}
