import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { DAY_MS, plusMs } from "../../lib/domain/instant.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { dueSets } from "../../lib/due/due_index.ts";
import { readOutbox } from "../../lib/flows/outbox.ts";
import { resendOutbox } from "../../lib/flows/resend_outbox.ts";
import { PortError } from "../../lib/ports.ts";
import type { LetterDesk } from "../support/letter_desk.ts";
import { BUSY, LOST, REFUSED, withRequest } from "../support/letter_request.ts";
import { minute } from "../support/sample_case.ts";

async function resent(desk: LetterDesk, dryRun = false, since = minute(0)) {
  const order = { since, dryRun, signal: new AbortController().signal };
  return (await Array.fromAsync(resendOutbox(desk.world, order))).map(({ why }) => why);
}

/** The due entry of a letter. */
const dueOf = async (desk: LetterDesk, id: string): Promise<DueEntry | undefined> =>
  (await desk.ordered("request")).find((entry) => entry.id === id);

Deno.test("a letter that was given up goes again under its Message-ID, once", async () => {
  const { desk, entry } = await withRequest();
  desk.fault = () => LOST;
  await rejects(desk.post(entry), PortError);
  const before = (await readOutbox(desk.store, entry.id))!.value;
  desk.fault = () => REFUSED;
  await desk.post(entry);
  equal((await readOutbox(desk.store, entry.id))?.value.undelivered, true);
  desk.fault = null;
  deepEqual(await resent(desk, true), ["given_up"]);
  equal(await dueOf(desk, entry.id), undefined);
  deepEqual(await resent(desk, false, plusMs(minute(31), DAY_MS)), []);
  deepEqual(await resent(desk), ["given_up"]);
  // It is due and not yet tried: there is nothing left to do.
  deepEqual(await resent(desk), []);
  await desk.post((await dueOf(desk, entry.id))!);
  deepEqual(desk.sent.map(({ messageId }) => messageId), [`<${before.messageId}>`]);
  deepEqual(await resent(desk), []);
});

Deno.test("a letter between two tries is due at once, one under way is left alone", async () => {
  const { desk, entry } = await withRequest();
  desk.fault = () => BUSY;
  await rejects(desk.post(entry), PortError);
  const later: DueEntry = { ...entry, attempts: 5, at: plusMs(entry.at, 3_600_000) };
  await desk.store.commit({ sets: dueSets(later) });
  deepEqual(await resent(desk), ["waiting"]);
  const entries = await Array.fromAsync(desk.store.list<DueEntry>({ prefix: ["due"] }));
  const [now, ...others] = entries.map(({ value }) => value).filter(({ id }) => id === entry.id);
  deepEqual([now?.at, now?.attempts, now?.payload, others], [minute(31), 0, entry.payload, []]);
  await desk.store.commit({ sets: [[entries[0]!.key, { ...entries[0]!.value, leased: "now" }]] });
  deepEqual(await resent(desk), []);
});

Deno.test("a letter that nothing is due for any more goes", async () => {
  const { desk, entry } = await withRequest();
  desk.fault = () => BUSY;
  await rejects(desk.post(entry), PortError);
  desk.fault = null;
  deepEqual(await resent(desk), ["forgotten"]);
  await desk.post((await dueOf(desk, entry.id))!);
  equal(desk.sent.length, 1);
});
