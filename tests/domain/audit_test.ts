import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { auditCase, type StoredCase } from "../../lib/domain/audit.ts";
import { replay } from "../../lib/domain/evolve.ts";
import { CHAIN_START, record } from "../../lib/domain/history.ts";
import type { CaseEvent, RecordedEvent } from "../../lib/domain/case_event.ts";
import { historyOf } from "../support/given_case.ts";
import { draws, play } from "../support/random_case.ts";
import { completed, minute, OPEN } from "../support/sample_case.ts";

const storedAs = (history: readonly RecordedEvent[], state: unknown = replay(history)): StoredCase => ({
  number: OPEN.number,
  events: history.map((value, place) => ({ place, value })),
  state,
});

const HISTORY = historyOf(completed());
const WHOLE = storedAs(HISTORY);
const LAST = HISTORY.length - 1;

const found = (change: Partial<StoredCase>) => auditCase({ ...WHOLE, ...change });
const without = (place: number) => WHOLE.events.filter((each) => each.place !== place);
const withValue = (place: number, value: unknown) => WHOLE.events.with(place, { place, value });
const withState = (change: Record<string, unknown>) =>
  found({ state: { ...WHOLE.state as object, ...change } });

Deno.test("a case that is whole has no fault", () => deepEqual(auditCase(WHOLE), []));

Deno.test("an edited event is found, and when its hash was forged the one behind it", () => {
  const { event, previous } = HISTORY[3]!;
  const edited = { ...event, at: minute(999) };
  deepEqual(found({ events: withValue(3, { ...HISTORY[3], event: edited }) }), [{ fault: "edited", seq: 3 }]);
  deepEqual(found({ events: withValue(3, record(edited, 3, previous)) }), [{ fault: "unchained", seq: 4 }]);
  const forged = record({ ...HISTORY[LAST]!.event, at: minute(999) }, LAST, HISTORY[LAST]!.previous);
  deepEqual(found({ events: withValue(LAST, forged) }), [{ fault: "otherHead" }]);
});

Deno.test("an event that is dropped, cut off at the end, or swapped is found", () => {
  deepEqual(found({ events: without(3) }), [{ fault: "missing", seq: 3, upTo: 3 }]);
  deepEqual(found({ events: without(0) }), [{ fault: "missing", seq: 0, upTo: 0 }]);
  deepEqual(found({ events: WHOLE.events.slice(0, -2) }), [{ fault: "missing", seq: LAST - 1, upTo: LAST }]);
  const swapped = withValue(3, HISTORY[4]).with(4, { place: 4, value: HISTORY[3] });
  deepEqual(found({ events: swapped }), [
    { fault: "misplaced", seq: 3 },
    { fault: "unchained", seq: 3 },
    { fault: "misplaced", seq: 4 },
    { fault: "unchained", seq: 4 },
    { fault: "unchained", seq: 5 },
  ]);
});

Deno.test("an event that was put in is found, wherever it stands", () => {
  const more = record({ did: "completed", at: minute(99) }, LAST + 1, HISTORY[LAST]!.hash);
  deepEqual(found({ events: [...WHOLE.events, { place: LAST + 1, value: more }] }), [
    { fault: "surplus", seq: LAST + 1 },
  ]);
  const shifted = HISTORY.toSpliced(3, 0, record(more.event, 3, HISTORY[2]!.hash));
  ok(found({ events: storedAs(shifted).events }).some(({ fault }) => fault === "misplaced"));
  for (const place of [2.5, -1, "3", undefined, 2]) {
    const events = WHOLE.events.toSpliced(3, 0, { place, value: more });
    deepEqual(found({ events }), [{ fault: "foreign" }], String(place));
  }
});

Deno.test("what is no event, or one with more than an event has, is found", () => {
  const entry = HISTORY[3]!;
  const circle: unknown[] = [];
  circle.push(circle);
  for (
    const value of [
      null,
      "text",
      7n,
      [entry],
      { ...entry, more: 1 },
      { ...entry, seq: "3" },
      { ...entry, previous: 1 },
      { ...entry, hash: null },
      { ...entry, event: "agreed" },
      { ...entry, event: new Map() },
      ...[NaN, -0, 7n, new Date(0), [undefined], circle].map((at) => ({
        ...entry,
        event: { ...entry.event, at },
      })),
    ]
  ) deepEqual(found({ events: withValue(3, value) }), [{ fault: "malformed", seq: 3 }]);
});

Deno.test("a case that is not what its events make is found, with its head and length", () => {
  deepEqual(withState({ head: CHAIN_START }), [{ fault: "otherHead" }]);
  deepEqual(withState({ length: LAST }), [{ fault: "surplus", seq: LAST }]);
  deepEqual(withState({ length: LAST + 2 }), [{ fault: "missing", seq: LAST + 1, upTo: LAST + 1 }]);
  for (
    const change of [{ phase: "declined" }, { length: "1" }, { head: 1 }, { certificate: 1n }, { more: 1 }]
  ) {
    deepEqual(withState(change), [{ fault: "otherState" }]);
  }
  deepEqual(found({ state: null }), [{ fault: "otherState" }]);
  deepEqual(found({ number: "R8-000124" }), [{ fault: "otherNumber" }]);
});

Deno.test("events without a case and a case without events are found", () => {
  deepEqual(found({ state: undefined }), [{ fault: "stateless" }]);
  deepEqual(found({ events: [] }), [{ fault: "eventless" }]);
});

Deno.test("a history that makes no case is a fault, however well its hashes fit", () => {
  const head = { length: 1, head: "" };
  for (
    const event of [
      { did: "completed", at: minute(1) },
      { did: "opened", at: minute(1), check: 1, toString: null },
      { did: "unheard", at: minute(1) },
    ]
  ) {
    const entry = record(event as unknown as CaseEvent, 0, CHAIN_START);
    deepEqual(auditCase(storedAs([entry], { ...head, head: entry.hash })), [{ fault: "otherState" }]);
  }
  const sent = record({ did: "sent", at: minute(1) } as unknown as CaseEvent, 1, HISTORY[0]!.hash);
  const state = { length: 2, head: sent.hash };
  deepEqual(auditCase(storedAs([HISTORY[0]!, sent], state)), [{ fault: "otherState" }]);
});

type Holder = Record<string, unknown>;

/** Every member of a value that is no object itself, as the way to it. */
function leaves(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return Object.entries(value).flatMap(([name, member]) => leaves(member, [...way, name]));
}

function changed(value: unknown, way: readonly string[], to: unknown): unknown {
  const copy = structuredClone(value) as Holder;
  const holder = way.slice(0, -1).reduce((at, name) => at[name] as Holder, copy);
  holder[way.at(-1)!] = to;
  return copy;
}

Deno.test("any single change of a random case is found", () => {
  const change = fc.record({ at: fc.nat(), to: fc.oneof(fc.jsonValue(), fc.constant(NaN)) });
  fc.assert(fc.property(draws, change, (sequence, { at, to }) => {
    const { history, state } = play(sequence);
    const whole = storedAs(history, state);
    deepEqual(auditCase(whole), []);
    const place = at % history.length;
    const moved = (order: readonly RecordedEvent[]) => auditCase(storedAs(order, state)).length > 0;
    ok(auditCase({ ...whole, events: whole.events.toSpliced(place, 1) }).length > 0, "dropped");
    ok(moved(history.toSpliced(place, 1)), "dropped, and those behind moved up");
    ok(moved(history.toSpliced(place, 0, history[place]!)), "put in twice");
    const forged = record(history[0]!.event, place, history[place - 1]?.hash ?? CHAIN_START);
    ok(moved(history.toSpliced(place, 0, forged)), "put in");
    const other = (place + 1) % history.length;
    const swapped = history.with(place, history[other]!).with(other, history[place]!);
    equal(moved(swapped), history.length > 1, "swapped");
    for (const where of [["events", String(place), "value"], ["state"]]) {
      const part = where.reduce((value, name) => value[name] as Holder, whole as Holder);
      const ways = leaves(part);
      const way = ways[at % ways.length]!;
      const was = way.reduce<unknown>((value, name) => (value as Holder)[name], part);
      if (JSON.stringify(was) === JSON.stringify(to) && !Number.isNaN(to)) continue;
      const spoilt = changed(whole, [...where, ...way], to) as StoredCase;
      ok(auditCase(spoilt).length > 0, `${[...where, ...way].join(".")} → ${JSON.stringify(to)}`);
    }
  }));
});
