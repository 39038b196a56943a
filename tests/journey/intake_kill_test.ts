/**
 * What was answered with 250 is there, whenever the process dies.
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { FastClient } from "../../bench/smtp_client.ts";
import { openFileBlobs } from "../../lib/adapters/file_blobs.ts";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import { fakeClock } from "../support/fake_clock.ts";

const SERVER = new URL("../../bench/intake_server.ts", import.meta.url).pathname;
const ROUNDS = 3;
const CLIENTS = 8;
/** Mails that are answered before the process is killed. */
const ENOUGH = 60;

/** Sends mails until the process is killed in the midst of them; the texts of those that were answered. */
async function sendUntilKilled(folder: string, round: number): Promise<string[]> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", SERVER, "ours", folder],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: port = "" } = await reader.read();
  const answered: string[] = [];
  const client = async (number: number) => {
    const connection = await FastClient.connect(Number(port));
    try {
      for (let count = 0;; count++) {
        const message = `Subject: ${round} ${number} ${count}\r\n\r\n${"x".repeat(3_000)}\r\n`;
        await connection.send(new TextEncoder().encode(message));
        answered.push(message);
        if (answered.length === ENOUGH) child.kill("SIGKILL");
      }
    } catch {
      connection.close(); // Its server is gone.
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  await child.status;
  await reader.cancel();
  return answered;
}

Deno.test("kill -9 in the midst of many mails loses none that was taken", async () => {
  const folder = await Deno.makeTempDir();
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round++) answered.push(...await sendUntilKilled(folder, round));
  ok(answered.length >= ROUNDS * ENOUGH);
  const store = await openKvStore(`${folder}/store.kv`);
  const blobs = await openFileBlobs(`${folder}/blobs`, fakeClock());
  const kept = new Set<string>();
  const ordered = new Set<string>();
  for await (const { value } of store.list<DueEntry>({ prefix: ["due"] })) ordered.add(value.id);
  for await (const { value } of store.list<InboxEntry>({ prefix: ["inbox"] })) {
    ok(ordered.has(`mail/${value.id}`), "a mail that nobody will read");
    kept.add(new TextDecoder().decode(await blobs.get(value.raw)));
  }
  deepEqual(answered.filter((message) => !kept.has(message)), []);
  store.close();
  await Deno.remove(folder, { recursive: true });
});
