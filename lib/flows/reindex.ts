/**
 * Makes anew what is derived from the cases: by whom they are found, which are open, and which files are on record;
 * and marks every case for the catalog of the running service. It only mends what is there, so it may be ended and run
 * again at any time, beside the service.
 *
 * @module
 */
import type { Case, CaseNumber } from "../domain/case.ts";
import type { Keyring } from "../link/keyring.ts";
import type { Key, Store, StoreValue } from "../ports.ts";
import { currentIndexSets } from "./case_index.ts";
import { markSets } from "./catalog_rows.ts";
import { readCase, readHistory } from "./case_records.ts";
import { eachCase } from "./each_case.ts";
import { executedSets } from "./executed_index.ts";
import { isOpen, openChange } from "./open_index.ts";

/** Writes of one commit: far below the store's limit. */
const AT_ONCE = 500;

async function setsOf(store: Store, keys: Keyring, state: Case): Promise<(readonly [Key, StoreValue])[]> {
  const history = await readHistory(store, state.number);
  const executed = history.flatMap((entry) => executedSets(state.number, entry));
  return [...currentIndexSets(keys, state), ...executed, ...markSets(state)];
}

/** Puts a case among the open ones, or takes it from there, unless someone acts on it meanwhile. */
async function reopenIndex(store: Store, number: CaseNumber): Promise<void> {
  const head = await readCase(store, number);
  if (!head) return;
  const history = isOpen(head.value) ? await readHistory(store, number) : [];
  const { sets, deletes } = openChange(null, head.value, history);
  await store.commit({ checks: [{ key: head.key, version: head.version }], sets, deletes });
}

/** What was gone through. */
export type Reindexed = { readonly cases: number; readonly whole: boolean };

/** Goes through all cases, or until the signal ends it. */
export async function reindex(store: Store, keys: Keyring, signal?: AbortSignal): Promise<Reindexed> {
  let cases = 0;
  for await (const state of eachCase(store)) {
    if (signal?.aborted) return { cases, whole: false };
    const sets = await setsOf(store, keys, state);
    for (let from = 0; from < sets.length; from += AT_ONCE) {
      await store.commit({ sets: sets.slice(from, from + AT_ONCE) });
    }
    await reopenIndex(store, state.number);
    cases++;
  }
  return { cases, whole: true };
}
