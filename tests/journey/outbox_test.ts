/**
 * The outbox at work over SMTP: some recipients are refused for ever, one lets wait, and the process is killed
 * meanwhile. The figures are those of `bench/outbox.ts`.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { openSink, outOfTurn, putLoad, readLoad, REFUSED, startHandingOver } from "../support/outbox_load.ts";

const LETTERS = 200;
const RECIPIENTS = 20;
const WILLING = LETTERS - 4;

/** Numbers of arrivals at which the process is killed. */
const DEATHS = [40, 100];

Deno.test("letters reach all who can be reached, in order, through two deaths of the process", async () => {
  const directory = await Deno.makeTempDir({ prefix: "warifu-outbox-" });
  await putLoad(directory, LETTERS, RECIPIENTS);
  let reached = () => {};
  let until = Infinity;
  const distinct = () => new Set(sink.arrivals.map(({ messageId }) => messageId)).size;
  const enough = () => distinct() >= until && (until < WILLING || sink.refusals.length >= REFUSED.length);
  const sink = await openSink(() => enough() && reached());
  for (const arrivals of [...DEATHS, WILLING]) {
    until = arrivals;
    const arrived = new Promise<void>((resolve) => reached = resolve);
    const child = startHandingOver(directory, sink.port);
    await arrived;
    child.kill("SIGKILL");
    await child.status;
  }
  await sink.close();
  const { byMessageId } = await readLoad(directory, LETTERS);
  await Deno.remove(directory, { recursive: true });
  equal(distinct(), WILLING);
  // Whatever came twice came under the same name.
  deepEqual(sink.arrivals.filter(({ messageId }) => !byMessageId.has(messageId)), []);
  ok(sink.arrivals.length - WILLING <= 8 * DEATHS.length, "more came twice than can have been under way");
  equal(outOfTurn(sink.arrivals, byMessageId), 0);
  deepEqual([...new Set(sink.refusals)].sort(), [...REFUSED]);
});
