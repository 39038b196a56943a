/**
 * How fast mails are taken in durably (stored and ordered to be read before 250), beside the bare SMTP library with
 * one fsync a mail; and the memory that a large mail takes on its way through a whole service.
 *
 * @module
 */
import { FastClient } from "./smtp_client.ts";
import type { Figure } from "./measure.ts";
import { withService } from "./with_service.ts";

const SMALL = { bytes: 5_000, mails: 1_600, clients: 16, limit: 200 } as const;
const LARGE = { bytes: 10_000_000, mails: 24, clients: 4, limit: 5 } as const;
const HUGE_BYTES = 50_000_000;
const MEMORY_LIMIT_MIB = 450;
const MIB = 2 ** 20;

/** A message with one file, of about so many bytes; each is another. */
function message(bytes: number, number: number, from = "a@vendor.example.jp"): Uint8Array {
  const line = "JVBERi0xLjQK".repeat(6).slice(0, 70);
  const lines = Math.max(1, Math.floor((bytes - 600) / 72));
  const text = [
    `From: ${from}`,
    "To: keiyaku@bot.example.lg.jp",
    "Subject: bench",
    `Message-ID: <${number}.${crypto.randomUUID()}@bench.example.jp>`,
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b\r\nContent-Type: text/plain\r\n\r\nbench",
    "--b\r\nContent-Type: image/jpeg\r\nContent-Disposition: attachment; filename=a.jpg",
    `Content-Transfer-Encoding: base64\r\n\r\n${`${line}\r\n`.repeat(lines)}--b--\r\n`,
  ].join("\r\n");
  return new TextEncoder().encode(text);
}

type Load = { readonly bytes: number; readonly mails: number; readonly clients: number };

async function mailsPerSecond(port: number, { bytes, mails, clients }: Load): Promise<number> {
  const connections = await Promise.all(Array.from({ length: clients }, () => FastClient.connect(port)));
  let next = 0;
  const send = async (client: FastClient) => {
    while (next < mails) await client.send(message(bytes, next++));
  };
  const begin = performance.now();
  await Promise.all(connections.map(send));
  const seconds = (performance.now() - begin) / 1000;
  for (const client of connections) client.close();
  return mails / seconds;
}

/** Runs a door in a process of its own and gives its port to `measure`. */
async function withDoor<T>(way: "ours" | "bare", measure: (port: number) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("./intake_server.ts", import.meta.url).pathname, way, folder],
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  try {
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const { value = "" } = await lines.read();
    return await measure(Number(value));
  } finally {
    child.kill("SIGKILL");
    await child.status;
    await Deno.remove(folder, { recursive: true });
  }
}

async function rate(load: Load & { readonly limit: number }, words: string): Promise<Figure[]> {
  const bare = await withDoor("bare", (port) => mailsPerSecond(port, load));
  const ours = await withDoor("ours", (port) => mailsPerSecond(port, load));
  return [
    {
      what: `mails of ${words} taken in durably, ${load.clients} clients`,
      figure: `${ours.toFixed(0)}/s (bare smtp-server, one fsync each: ${bare.toFixed(0)}/s)`,
      limit: `≥ ${load.limit}/s`,
      holds: ours >= load.limit,
    },
  ];
}

/** Resolves when somebody got a letter from the service. */
async function answered(http: string, to: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(`${http}/dev/mailbox/messages?to=${encodeURIComponent(to)}`);
    if (((await answer.json()) as unknown[]).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Cannot measure: the large mail was never answered");
}

async function memoryOfHuge(): Promise<Figure> {
  const from = "large@vendor.example.jp";
  const [before, peak] = await withService(async (service) => {
    const before = service.peakMemory();
    const client = await FastClient.connect(service.address.smtpPort);
    await client.send(message(HUGE_BYTES, 0, from));
    client.close();
    await answered(service.address.http, from);
    return [before, service.peakMemory()];
  }, { watchMemory: true });
  return {
    what: "peak memory of the service, mail of 50 MB taken in, read and answered",
    figure: `${(peak / MIB).toFixed(0)} MiB (${(before / MIB).toFixed(0)} MiB before it)`,
    limit: `≤ ${MEMORY_LIMIT_MIB} MiB`,
    holds: peak > 0 && peak <= MEMORY_LIMIT_MIB * MIB,
  };
}

/** All three. */
export async function intake(): Promise<readonly Figure[]> {
  return [...await rate(SMALL, "5 KB"), ...await rate(LARGE, "10 MB"), await memoryOfHuge()];
}
