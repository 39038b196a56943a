/**
 * The outbox: many letters to a relay that refuses three recipients for ever and lets one wait, once in a process
 * that lives and once in one that is killed two seconds after each start.
 *
 * @module
 */
import {
  openSink,
  outOfTurn,
  putLoad,
  readLoad,
  type Sink,
  startHandingOver,
} from "../tests/support/outbox_load.ts";
import type { Figure } from "./measure.ts";

const LETTERS = 10_000;
const RECIPIENTS = 1_000;

/** Those that neither are refused nor wait. */
const WILLING = LETTERS - 4;

/** How long the killed process lives, in ms. */
const LIFE_MS = 2_000;

const LEAST_PER_SECOND = 100;
const LEAST_KILLED_PER_SECOND = 30;

/** How long the relay may see nothing before the run counts as stuck, in ms. */
const STUCK_MS = 60_000;

const distinct = (sink: Sink): number => new Set(sink.arrivals.map(({ messageId }) => messageId)).size;

type Run = {
  readonly sink: Sink;
  readonly seconds: number;
  readonly starts: number;
  readonly directory: string;
};

/** Hands everything over; a process is killed after `lifeMs` and another started, until all have arrived. */
async function run(lifeMs: number): Promise<Run> {
  const directory = await Deno.makeTempDir({ prefix: "warifu-outbox-" });
  await putLoad(directory, LETTERS, RECIPIENTS);
  let lastAt = performance.now();
  let over = () => {};
  const done = new Promise<void>((resolve) => over = resolve);
  const sink = await openSink(() => {
    lastAt = performance.now();
    if (sink.arrivals.length >= WILLING && distinct(sink) >= WILLING && sink.refusals.length >= 3) over();
  });
  const begun = performance.now();
  let starts = 0;
  let finished = false;
  void done.then(() => finished = true);
  while (!finished && performance.now() - lastAt < STUCK_MS) {
    const child = startHandingOver(directory, sink.port);
    starts++;
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, lifeMs))]);
    // What was taken last must have been noted, unless this is the run in which nothing is left time.
    if (lifeMs > LIFE_MS) await new Promise((resolve) => setTimeout(resolve, 1_000));
    child.kill("SIGKILL");
    await child.status;
  }
  const seconds = (lastAt - begun) / 1_000;
  await sink.close();
  return { sink, seconds, starts, directory };
}

async function figures(name: string, lifeMs: number, least: number): Promise<Figure[]> {
  const { sink, seconds, starts, directory } = await run(lifeMs);
  const { byMessageId, undelivered } = await readLoad(directory, LETTERS);
  const arrived = distinct(sink);
  const repeats = sink.arrivals.length - arrived;
  const unknown = sink.arrivals.filter(({ messageId }) => !byMessageId.has(messageId)).length;
  const wrong = outOfTurn(sink.arrivals, byMessageId);
  const rate = arrived / seconds;
  await Deno.remove(directory, { recursive: true });
  const killed = lifeMs <= LIFE_MS;
  const repeatLimit = killed ? "same Message-ID" : "0";
  return [
    {
      what: `${name}: letters/s`,
      figure: `${rate.toFixed(0)}/s (${seconds.toFixed(1)} s, ${starts} starts)`,
      limit: `≥ ${least}/s`,
      holds: rate >= least,
    },
    {
      what: `${name}: arrived of ${WILLING}; refused for ever`,
      figure: `${arrived}; ${undelivered}`,
      limit: `${WILLING}; 3`,
      holds: arrived === WILLING && undelivered === 3,
    },
    {
      what: `${name}: arrived again; of no letter of ours`,
      figure: `${repeats}; ${unknown}`,
      limit: `${repeatLimit}; 0`,
      holds: (killed || repeats === 0) && unknown === 0,
    },
    { what: `${name}: out of turn`, figure: `${wrong}`, limit: "0", holds: wrong === 0 },
  ];
}

/** Measures. */
export async function outbox(): Promise<readonly Figure[]> {
  return [
    ...await figures("outbox", 15 * 60_000, LEAST_PER_SECOND),
    ...await figures("outbox, killed every 2 s", LIFE_MS, LEAST_KILLED_PER_SECOND),
  ];
}
