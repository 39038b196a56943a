/**
 * The cases of each department that are not over, with what last moved in each: found without going through all that
 * a department ever had. Derived from the events and written in the same commit.
 *
 * Keys `["open", department, number]`.
 *
 * @module
 */
import type { Case, CaseNumber, Phase } from "../domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../domain/case_event.ts";
import type { Instant } from "../domain/instant.ts";
import type { Entry, Key, Store, StoreValue } from "../ports.ts";
import { headKey } from "./case_records.ts";

/** A case that is not over. */
export type OpenCase = {
  readonly number: CaseNumber;
  /** The last event that moved it. */
  readonly last: CaseEvent["did"];
  /** Its place in the history, which tells one standstill from the next. */
  readonly seq: number;
  /** When that was. */
  readonly since: Instant;
};

/** An open case as it now is, with what last moved in it. */
export type OpenHead = OpenCase & { readonly state: Case };

const OVER: ReadonlySet<Phase> = new Set<Phase>(["completed", "paper", "refused", "withdrawn"]);

/** Events by which nothing moves: the service's own words, looks at a file, wrong codes. */
const STILL: ReadonlySet<CaseEvent["did"]> = new Set<CaseEvent["did"]>([
  "reminded",
  "sealingDelayed",
  "inquired",
  "codeRefused",
  "fileOpened",
]);

/** What a store gives at once. */
const AT_ONCE = 10;

/** Whether a case is not over. */
export const isOpen = ({ phase }: Pick<Case, "phase">): boolean => !OVER.has(phase);

/** Key of an open case. */
export const openKey = (departmentId: string, number: CaseNumber): Key => ["open", departmentId, number];

/** What events change in the index. */
export type OpenChange = {
  readonly sets: readonly (readonly [Key, StoreValue])[];
  readonly deletes: readonly Key[];
};

/** What events change in the index, from the case before them (null for none) to the case after. */
export function openChange(
  before: Case | null,
  after: Case,
  events: readonly RecordedEvent[],
): OpenChange {
  const { number, departmentId } = after;
  const moved = before !== null && before.departmentId !== departmentId;
  const left = moved ? [openKey(before.departmentId, number)] : [];
  if (!isOpen(after)) {
    const wasOpen = before === null || isOpen(before);
    return { sets: [], deletes: wasOpen ? [...left, openKey(departmentId, number)] : left };
  }
  const last = events.findLast(({ event }) => !STILL.has(event.did));
  if (!last) return { sets: [], deletes: left };
  const open: OpenCase = { number, last: last.event.did, seq: last.seq, since: last.event.at };
  return { sets: [[openKey(departmentId, number), open]], deletes: left };
}

/** What last moved in a case; null when it is not known to be open. */
export async function openCaseOf(store: Store, { departmentId, number }: Case): Promise<OpenCase | null> {
  return (await store.get<OpenCase>(openKey(departmentId, number)))?.value ?? null;
}

async function headsOf(store: Store, entries: readonly Entry<OpenCase>[]): Promise<OpenHead[]> {
  const found = await store.getMany<Case>(entries.map(({ value }) => headKey(value.number)));
  return found.flatMap((head, index) => head ? [{ ...entries[index]!.value, state: head.value }] : []);
}

/** The open cases of a department, oldest number first. What is over, or another's, is passed over. */
export async function* openCases(store: Store, departmentId: string): AsyncGenerator<OpenHead> {
  let entries: Entry<OpenCase>[] = [];
  const belongs = ({ state }: OpenHead) => isOpen(state) && state.departmentId === departmentId;
  for await (const entry of store.list<OpenCase>({ prefix: ["open", departmentId] })) {
    entries.push(entry);
    if (entries.length < AT_ONCE) continue;
    yield* (await headsOf(store, entries)).filter(belongs);
    entries = [];
  }
  yield* (await headsOf(store, entries)).filter(belongs);
}
