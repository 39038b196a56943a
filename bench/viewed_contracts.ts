/**
 * What the service holds in memory once a thousand different contracts were looked at: terms, document, and the first
 * page's image, by several people at once, on the service as an operator starts it.
 *
 * @module
 */
import { PlainBrowser } from "../lib/tasks/plain_browser.ts";
import { ServiceProcess } from "../lib/tasks/server_process.ts";
import { minute } from "../tests/support/sample_case.ts";
import type { Figure } from "./measure.ts";

const CONTRACTS = 1_000;
const READERS = 8;
const MIB = 1024 * 1024;
const MOST_MIB = 350;
const IMAGES = { accept: "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8" };

/** Puts the cases in; the tokens of their requests. */
async function putCases(dataDir: string): Promise<string[]> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("./viewed_cases.ts", import.meta.url).href, dataDir, String(CONTRACTS)],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure: the cases could not be put in");
  return JSON.parse(new TextDecoder().decode(stdout)) as string[];
}

/** One person's look at one contract. Throws `Error` when a step does not succeed. */
async function look(http: string, token: string): Promise<void> {
  const browser = new PlainBrowser();
  await browser.open(`${http}/c/${token}`);
  const { html, url } = await browser.press("利用規約に同意して書類を開く");
  const source = /<img[^>]* src="([^"]+)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
  if (!source) throw new Error("Cannot look at a contract: its page shows no image");
  const answer = await fetch(new URL(source, url), { headers: IMAGES });
  const image = await answer.bytes();
  if (!answer.ok || image.length < 1_000) throw new Error("Cannot look at a contract: there is no image");
}

/** Looks at all of them. */
export async function viewedContracts(): Promise<readonly Figure[]> {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const offset = Math.round((Date.parse(minute(120)) - Date.now()) / 1000);
  const service = new ServiceProcess({
    dataDir,
    environment: { DEV_CLOCK_OFFSET: String(offset) },
    watchMemory: true,
  });
  try {
    const tokens = await putCases(dataDir);
    await service.start();
    const began = performance.now();
    await Promise.all(Array.from({ length: READERS }, async () => {
      for (let token = tokens.pop(); token; token = tokens.pop()) await look(service.address.http, token);
    }));
    const took = (performance.now() - began) / 1000;
    const memory = service.memory() / MIB;
    const peak = service.peakMemory() / MIB;
    return [{
      what: `memory of the service and its processes after ${CONTRACTS} different contracts were viewed`,
      figure: `${memory.toFixed(0)} MiB (peak ${peak.toFixed(0)} MiB; ${took.toFixed(0)} s)`,
      limit: `≤ ${MOST_MIB} MiB`,
      holds: memory <= MOST_MIB,
    }];
  } finally {
    await service.end("SIGTERM");
    await Deno.remove(dataDir, { recursive: true });
  }
}
