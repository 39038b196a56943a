/**
 * Runs a service of its own for a measurement, on fresh data that go afterwards.
 *
 * @module
 */
import { ServiceProcess } from "../lib/tasks/server_process.ts";

/** The clock that demonstrations run by: 契約日 of their papers lies ahead. */
export function demoClockOffset(): string {
  return String(Math.min(0, Math.floor((Date.parse("2026-11-24T01:00:00Z") - Date.now()) / 1000)));
}

/** Gives a started service to `measure`, and ends it whatever happens. */
export async function withService<T>(measure: (service: ServiceProcess) => Promise<T>): Promise<T> {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const service = new ServiceProcess({ dataDir, environment: { DEV_CLOCK_OFFSET: demoClockOffset() } });
  try {
    await service.start();
    return await measure(service);
  } finally {
    await service.end("SIGTERM");
    await Deno.remove(dataDir, { recursive: true });
  }
}
