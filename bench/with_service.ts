/**
 * Runs a service of its own for a measurement, on fresh data that go afterwards.
 *
 * @module
 */
import { demoClockOffset } from "../lib/tasks/demo_script.ts";
import { type ServiceOptions, ServiceProcess } from "../lib/tasks/server_process.ts";

/** Gives a started service to `measure`, and ends it whatever happens. */
export async function withService<T>(
  measure: (service: ServiceProcess) => Promise<T>,
  { watchMemory = false }: Pick<ServiceOptions, "watchMemory"> = {},
): Promise<T> {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const service = new ServiceProcess({
    dataDir,
    environment: { DEV_CLOCK_OFFSET: String(demoClockOffset()) },
    watchMemory,
  });
  try {
    await service.start();
    return await measure(service);
  } finally {
    await service.end("SIGTERM");
    await Deno.remove(dataDir, { recursive: true });
  }
}
