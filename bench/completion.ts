/**
 * From the last agreement to the completion mail: a 1 MB contract, two confirmers, one approver, local TSA.
 *
 * @module
 */
import { demoScript } from "../lib/tasks/demo_script.ts";
import { playMainJob } from "../lib/tasks/main_job.ts";
import { type Figure, median } from "./measure.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import { withService } from "./with_service.ts";
import { vendorOf } from "../tests/support/vendors.ts";

const RUNS = 5;
const LIMIT_MS = 1000;

/** The median over several cases of one service. */
export async function completion(): Promise<readonly Figure[]> {
  const demo = await demoScript();
  const content = plainPdf({ ballast: 1_000_000 });
  const contracts = [{ filename: "契約書.pdf", contentType: "application/pdf", content }];
  const times = await withService(async (service) => {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const job = await playMainJob(service.address, { ...demo, ...vendorOf(run), contracts });
      times.push(job.completionMs);
    }
    return times;
  });
  return [{
    what: "last agreement → completion mail handed over (1 MB, 3 parties)",
    figure: `${median(times).toFixed(0)} ms (${Math.min(...times).toFixed(0)}–${
      Math.max(...times).toFixed(0)
    })`,
    limit: `≤ ${LIMIT_MS} ms`,
    holds: median(times) <= LIMIT_MS,
  }];
}
