/**
 * `audit verify` over many completed cases in the embedded store: how fast, and whether it finds each event that was
 * tampered with.
 *
 * @module
 */
import { openKvStore } from "../lib/adapters/kv_store.ts";
import type { CaseEvent, RecordedEvent } from "../lib/domain/case_event.ts";
import { replay } from "../lib/domain/evolve.ts";
import { auditCases } from "../lib/flows/audit.ts";
import { eventKey, headKey } from "../lib/flows/case_records.ts";
import type { Key, Store } from "../lib/ports.ts";
import { historyOf } from "../tests/support/given_case.ts";
import { completed } from "../tests/support/sample_case.ts";
import type { Figure } from "./measure.ts";

const CASES = 5_000;
/** Cases written in one commit: as many as the store's limits allow. */
const AT_ONCE = 20;
/** Every so manieth case is tampered with. */
const TAMPERED_EACH = 50;
const LEAST_PER_SECOND = 20_000;

const numberOf = (index: number): string => `R8-${String(index).padStart(6, "0")}`;

function recordsOf(number: string): (readonly [Key, unknown])[] {
  const events = completed().map((event): CaseEvent => event.did === "opened" ? { ...event, number } : event);
  const history = historyOf(events);
  const state = replay(history);
  return [
    [headKey(number), state],
    [["of-department", "bukken", events[0]?.at ?? "", number], number],
    ...history.map((entry) => [eventKey(number, entry.seq), entry] as const),
  ];
}

async function fill(store: Store): Promise<void> {
  for (let from = 0; from < CASES; from += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => numberOf(from + index));
    await store.commit({ sets: numbers.flatMap(recordsOf) });
  }
}

/** Edits an event, drops one, or cuts the last off, in turn; how many cases. */
async function tamper(store: Store): Promise<number> {
  const last = completed().length - 1;
  let count = 0;
  for (let index = 0; index < CASES; index += TAMPERED_EACH) {
    const key = eventKey(numberOf(index), count % 3 === 2 ? last : 1 + index % (last - 1));
    const entry = (await store.get<RecordedEvent>(key))!.value;
    const edited = { ...entry, event: { ...entry.event, at: "2020-01-01T00:00:00.000Z" } };
    await store.commit(count % 3 === 0 ? { sets: [[key, edited]] } : { deletes: [key] });
    count++;
  }
  return count;
}

async function verify(store: Store) {
  const begun = performance.now();
  let cases = 0, events = 0, faulty = 0;
  for await (const audited of auditCases(store)) {
    cases++;
    events += audited.events;
    if (audited.faults.length > 0) faulty++;
  }
  const perSecond = events / (performance.now() - begun) * 1_000;
  return { cases, events, faulty, perSecond };
}

/** Measures. */
export async function audit(): Promise<readonly Figure[]> {
  const directory = await Deno.makeTempDir({ prefix: "warifu-audit-" });
  const store = await openKvStore(`${directory}/store.kv`);
  try {
    await fill(store);
    const whole = await verify(store);
    const tampered = await tamper(store);
    const { faulty } = await verify(store);
    return [
      {
        what: `audit verify, ${whole.cases} cases, ${whole.events} events: events/s`,
        figure: `${whole.perSecond.toFixed(0)}/s`,
        limit: `≥ ${LEAST_PER_SECOND}/s`,
        holds: whole.perSecond >= LEAST_PER_SECOND && whole.events === CASES * completed().length,
      },
      {
        what: "audit verify: faulty cases before; after tampering",
        figure: `${whole.faulty}; ${faulty}`,
        limit: `0; ${tampered}`,
        holds: whole.faulty === 0 && faulty === tampered,
      },
    ];
  } finally {
    store.close();
    await Deno.remove(directory, { recursive: true });
  }
}
