/**
 * The most memory that the service takes for a contract of 50 MB, from the consent form to the completion mail;
 * page images aside, since only people ask for them.
 *
 * @module
 */
import { demoScript } from "../lib/tasks/demo_script.ts";
import { playMainJob } from "../lib/tasks/main_job.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import { vendorOf } from "../tests/support/vendors.ts";
import type { Figure } from "./measure.ts";
import { withService } from "./with_service.ts";

const CONTRACT_BYTES = 50_000_000;
const MIB = 1024 * 1024;
const LIMITS_MIB = { uploaded: 450, mailed: 900 } as const;

/** Plays one case on a service of its own. */
async function peakOf(way: keyof typeof LIMITS_MIB): Promise<Figure> {
  const demo = await demoScript();
  const content = plainPdf({ ballast: CONTRACT_BYTES });
  const contracts = [{ filename: "契約書.pdf", contentType: "application/pdf", content }];
  const script = { ...demo, ...vendorOf(0), contracts, uploads: way === "uploaded" };
  const peak = await withService(async (service) => {
    await playMainJob(service.address, script);
    return service.peakMemory();
  }, { watchMemory: true });
  return {
    what: `peak memory of the service, 50 MB contract ${way}, whole case`,
    figure: `${(peak / MIB).toFixed(0)} MiB`,
    limit: `≤ ${LIMITS_MIB[way]} MiB`,
    holds: peak > 0 && peak <= LIMITS_MIB[way] * MIB,
  };
}

/** Uploaded on the case's page, and mailed. */
export async function memory(): Promise<readonly Figure[]> {
  return [await peakOf("uploaded"), await peakOf("mailed")];
}
