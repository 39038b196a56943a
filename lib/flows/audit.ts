/**
 * Goes through every record of every case once, in the order in which they lie in the store, and judges each case
 * by what is found there. Reads only; may run beside the service.
 *
 * @module
 */
import { auditCase, type AuditFault, type StoredCase } from "../domain/audit.ts";
import type { Case, CaseNumber } from "../domain/case.ts";
import type { Entry, Key, Store } from "../ports.ts";
import { headKey, readCase } from "./case_records.ts";

/** How often a case that changes while it is looked at is looked at again. */
const TRIES = 5;

/** Records asked for at once: an engine left to itself takes fewer, and so longer for all. */
const PAGE = 500;

/** One case that was judged. */
export type AuditedCase = {
  readonly number: CaseNumber;
  /** Number of events that lie there. */
  readonly events: number;
  /**
   * All that is wrong; none for a whole case. `misfiled`: it lies where the service never looks · `erased`: an index
   * still names a case of which nothing is left.
   */
  readonly faults: readonly (AuditFault | { readonly fault: "misfiled" | "erased" })[];
  /** The case, proven; null where there are faults. */
  readonly state: Case | null;
};

type Records = Entry<unknown>[];

/** Every record of every case, in the order of the keys. */
async function* allRecords(store: Store): AsyncGenerator<Entry<unknown>> {
  const prefix: Key = ["case"];
  let page = await Array.fromAsync(store.list<unknown>({ prefix, limit: PAGE }));
  while (page.length > 0) {
    yield* page;
    const start = [...page.at(-1)?.key ?? prefix, ""]; // What comes right behind the last.
    page = await Array.fromAsync(store.list<unknown>({ prefix, start, limit: PAGE }));
  }
}

/** Records of one case after those of another: the first three parts of their keys are the case's. */
async function* groups(store: Store): AsyncGenerator<Records> {
  let group: Records = [];
  for await (const entry of allRecords(store)) {
    const [, shard, number] = group[0]?.key ?? entry.key;
    if (entry.key[1] !== shard || entry.key[2] !== number) {
      yield group;
      group = [];
    }
    group.push(entry);
  }
  if (group.length > 0) yield group;
}

const isEvent = ({ key }: Entry<unknown>): boolean => key[3] === "event" && key.length === 5;
const isState = ({ key }: Entry<unknown>): boolean => key[3] === "head" && key.length === 4;

function judge(records: Records): AuditedCase {
  const [first] = records;
  const number = String(first?.key[2]);
  const head = records.find(isState);
  const stored: StoredCase = {
    number,
    events: records.filter((each) => each !== head)
      .map((each) => ({ place: isEvent(each) ? each.key[4] : undefined, value: each.value })),
    state: head?.value,
  };
  const misfiled = first?.key[1] !== headKey(number)[1] || first?.key[2] !== number;
  const faults = [...auditCase(stored), ...misfiled ? [{ fault: "misfiled" as const }] : []];
  const state = faults.length === 0 ? stored.state as Case : null;
  return { number, events: records.filter(isEvent).length, faults, state };
}

/** Judges a case anew while nothing changes it: what was read in passing may be of two moments. */
async function judgeStill(store: Store, prefix: Key): Promise<AuditedCase> {
  for (let tries = 1;; tries++) {
    const before = await store.get([...prefix, "head"]);
    const audited = judge(await Array.fromAsync(store.list<unknown>({ prefix })));
    const after = await store.get([...prefix, "head"]);
    if (before?.version === after?.version || tries === TRIES) return audited;
  }
}

/** Judges one case, as it lies there now. Throws `PortError`. */
export function auditOne(store: Store, number: CaseNumber): Promise<AuditedCase> {
  return judgeStill(store, headKey(number).slice(0, 3));
}

/** Cases that indexes name and of which nothing was seen, nor is there by now. */
async function* erased(store: Store, seen: Set<CaseNumber>): AsyncGenerator<AuditedCase> {
  for (const index of ["of-department", "executed"]) {
    for await (const { value } of store.list<unknown>({ prefix: [index] })) {
      const number = String(value);
      if (seen.has(number) || await readCase(store, number)) continue;
      seen.add(number);
      yield { number, events: 0, faults: [{ fault: "erased" }], state: null };
    }
  }
}

/** Judges every case, in no particular order, those without fault too. Throws `PortError`. */
export async function* auditCases(store: Store): AsyncGenerator<AuditedCase> {
  const seen = new Set<CaseNumber>();
  for await (const records of groups(store)) {
    const passing = judge(records);
    seen.add(passing.number);
    const isWhole = passing.faults.length === 0;
    yield isWhole ? passing : await judgeStill(store, records[0]?.key.slice(0, 3) ?? []);
  }
  yield* erased(store, seen);
}
