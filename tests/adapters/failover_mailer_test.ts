import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { failoverMailer } from "../../lib/adapters/failover_mailer.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { type Mailer, PortError, type PortFault } from "../../lib/ports.ts";
import { LETTER } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";

/** What a relay does with each letter in turn; takes it when nothing is left. */
function relay(...answers: (PortError | null)[]) {
  const asked: string[] = [];
  const taken: string[] = [];
  const mailer: Mailer = {
    send({ id }) {
      asked.push(id);
      const fault = answers.shift() ?? null;
      if (fault) return Promise.reject(fault);
      taken.push(id);
      return Promise.resolve();
    },
    ready: () => Promise.resolve(true),
    close() {},
  };
  return { mailer, asked, taken, answers };
}

const fault = (code: PortFault, retryable: boolean, undone: boolean) =>
  new PortError(code, "Cannot hand the mail over", { retryable, undone });
const DOWN = fault("unavailable", true, true);
const LOST = fault("timeout", true, false);
const GREYLISTING = fault("refused", true, true);
const REFUSED = fault("refused", false, true);

const isFault = (expected: PortError) => (error: unknown) => error === expected;

function open(first: ReturnType<typeof relay>, second: ReturnType<typeof relay>) {
  const store = memoryStore();
  const clock = fakeClock();
  /** As the next process would open it. */
  const again = () => failoverMailer([first.mailer, second.mailer], { store, clock });
  return { store, clock, again, mailer: again() };
}

const letter = (id: string) => ({ ...LETTER, id });

Deno.test("the second relay is asked only when the first is down, and the first again after a while", async () => {
  const [first, second] = [relay(DOWN), relay()];
  const { mailer, clock } = open(first, second);
  for (const id of ["a", "b"]) await mailer.send(letter(id));
  deepEqual([first.asked, second.taken], [["a"], ["a", "b"]]);
  clock.advance(60_000);
  await mailer.send(letter("c"));
  deepEqual([first.taken, second.taken], [["c"], ["a", "b"]]);
});

Deno.test("a letter that may have been taken stays with its relay, in the next process too", async () => {
  const [first, second] = [relay(LOST, DOWN, DOWN), relay()];
  const { mailer, again } = open(first, second);
  await rejects(mailer.send(LETTER), isFault(LOST));
  await rejects(mailer.send(LETTER), isFault(DOWN));
  await rejects(again().send(LETTER), isFault(DOWN));
  await again().send(LETTER);
  deepEqual([first.taken, second.asked], [[LETTER.id], []]);
  // A process that died before it noted that the letter was taken asks the very same relay again.
  first.answers.push(DOWN);
  await rejects(again().send(LETTER), isFault(DOWN));
  deepEqual(second.asked, []);
});

Deno.test("what the second may have taken stays with the second", async () => {
  const [first, second] = [relay(DOWN), relay(LOST)];
  const { mailer, again } = open(first, second);
  await rejects(mailer.send(LETTER), isFault(LOST));
  await again().send(LETTER);
  deepEqual([first.taken, second.taken], [[], [LETTER.id]]);
});

Deno.test("a relay that works but does not want the letter, now or ever, is not passed over", async () => {
  for (const answer of [GREYLISTING, REFUSED, fault("too_large", false, true)]) {
    const [first, second] = [relay(answer), relay()];
    const { mailer } = open(first, second);
    await rejects(mailer.send(LETTER), isFault(answer));
    await mailer.send(letter("next"));
    deepEqual([first.taken, second.asked], [["next"], []]);
  }
});

Deno.test("what the first surely has not taken may go to the second once the first is down", async () => {
  const [first, second] = [relay(GREYLISTING, DOWN), relay()];
  const { mailer } = open(first, second);
  await rejects(mailer.send(LETTER), isFault(GREYLISTING));
  await mailer.send(LETTER);
  deepEqual([first.taken, second.taken], [[], [LETTER.id]]);
});

Deno.test("when all are down nothing is taken, and each is asked again at once", async () => {
  const [first, second] = [relay(DOWN), relay(DOWN)];
  const { mailer } = open(first, second);
  await rejects(mailer.send(LETTER), isFault(DOWN));
  await mailer.send(LETTER);
  deepEqual([first.taken, second.taken], [[LETTER.id], []]);
});

Deno.test("an error of our own is thrown as it is", async () => {
  const bug = new TypeError("a bug");
  const [first, second] = [relay(), relay()];
  const { again } = open({ ...first, mailer: { ...first.mailer, send: () => Promise.reject(bug) } }, second);
  await rejects(again().send(LETTER), (error) => error === bug);
  equal(second.asked.length, 0);
});

Deno.test("ready as soon as one relay is", async () => {
  const [first, second] = [relay(), relay()];
  const off = { ...first, mailer: { ...first.mailer, ready: () => Promise.resolve(false) } };
  equal(await open(off, second).mailer.ready(), true);
  equal(await open(off, off).mailer.ready(), false);
});
