/**
 * Keeps the catalog to the cases: what has changed is brought in before it is searched, and a catalog that is new or
 * was lost is made anew from the store, which alone is the truth.
 *
 * @module
 */
import type { Catalog, CatalogPlace, CatalogQuery, CatalogRow } from "../catalog_port.ts";
import type { Case } from "../domain/case.ts";
import { Gate, type Wait } from "../due/wait.ts";
import type { Keyring } from "../link/keyring.ts";
import { type Key, type Log, PortError, type Store } from "../ports.ts";
import { headKey } from "./case_records.ts";
import { type CatalogMark, MARKS, rowOf } from "./catalog_rows.ts";
import { eachNumber } from "./each_case.ts";

/** Marks that are taken at once. */
const MARKS_AT_ONCE = 500;
/** Marks that one search waits for; more than these are a catalog being made anew, which goes on behind it. */
const MARKS_FOR_SEARCH = 4 * MARKS_AT_ONCE;
/** What a store gives at once. */
const AT_ONCE = 10;
/** Rows that are put in at once while all are: few, so that they leave the memory early. */
const ROWS_AT_ONCE = 200;
/** How long changes may lie while nobody searches, in ms. */
const REST_MS = 5_000;
/** How long to wait at most for a word that something changed, and after a fault, in ms. */
const LONGEST_REST_MS = 60_000;
const FAULT_MS = 60_000;

/** What the catalog is kept from. */
export type CatalogParts = { readonly store: Store; readonly keys: Keyring; readonly catalog: Catalog };

/** The catalog of one running service. */
export class CaseCatalog {
  readonly #parts: CatalogParts;
  readonly #gate = new Gate();
  #last: Promise<unknown> = Promise.resolve();

  /** Keeps a catalog to the cases of a store. */
  constructor(parts: CatalogParts) {
    this.#parts = parts;
  }

  /** Whether it can be searched. One that can't even say so can't: then the store answers alone. */
  whole(): Promise<boolean> {
    return this.#parts.catalog.whole().catch((error) => {
      if (error instanceof PortError) return false;
      throw error;
    });
  }

  /** Places of cases that may fit, as the cases are now: see `Catalog.find`. */
  async find(
    query: CatalogQuery,
    behind: CatalogPlace | null,
    most: number,
  ): Promise<readonly CatalogPlace[]> {
    if (behind === null) await this.bringIn(MARKS_FOR_SEARCH);
    return await this.#parts.catalog.find(query, behind, most);
  }

  /** Brings changes in, oldest number first, at most so many; how many there were. */
  async bringIn(most = Infinity): Promise<number> {
    let brought = 0;
    while (brought < most) {
      // One after another: who read a case earlier must not write its row later.
      const marks = await this.#inTurn(() => this.#bringSome());
      brought += marks;
      if (marks < MARKS_AT_ONCE) break;
    }
    return brought;
  }

  /** Makes it anew, until the signal ends it; the number of cases in it. */
  async rebuild(signal?: AbortSignal): Promise<number> {
    const { store, catalog } = this.#parts;
    await this.#inTurn(() => catalog.begin());
    let cases = 0;
    let waiting: string[] = [];
    const putIn = async () => {
      const some = waiting;
      waiting = [];
      await this.#inTurn(async () => await catalog.put(await this.#rows(some)));
      cases += some.length;
    };
    for await (const number of eachNumber(store)) {
      if (signal?.aborted) return cases;
      waiting.push(number);
      if (waiting.length === ROWS_AT_ONCE) await putIn();
    }
    await putIn();
    await this.#inTurn(() => catalog.finish());
    return cases;
  }

  /** Says that something may have changed. */
  wake(): void {
    this.#gate.open();
  }

  /** Keeps it while nobody searches, and makes it anew where need be, until it is told to stop. */
  async keep(log: Log, { wait, stop }: { readonly wait: Wait; readonly stop: AbortSignal }): Promise<void> {
    stop.addEventListener("abort", () => this.wake());
    while (!stop.aborted) {
      this.#gate.shut();
      try {
        if (!await this.whole()) log.info("catalog_made", { cases: await this.rebuild(stop) });
        await this.bringIn();
        await this.#gate.passed(LONGEST_REST_MS, wait);
        await wait(REST_MS, stop);
      } catch (error) {
        if (stop.aborted) return;
        log.error("catalog_failed", error);
        await wait(FAULT_MS, stop);
      }
    }
  }

  async #bringSome(): Promise<number> {
    const { store, catalog } = this.#parts;
    const marks: { readonly key: Key; readonly number: string }[] = [];
    for await (const { key, value } of store.list<CatalogMark>({ prefix: MARKS, limit: MARKS_AT_ONCE })) {
      marks.push({ key, number: value.number });
    }
    if (marks.length === 0) return 0;
    await catalog.put(await this.#rows([...new Set(marks.map(({ number }) => number))]));
    // A later change has a mark of its own.
    await store.commit({ deletes: marks.map(({ key }) => key) });
    return marks.length;
  }

  async #rows(numbers: readonly string[]): Promise<CatalogRow[]> {
    const { store, keys } = this.#parts;
    const rows: CatalogRow[] = [];
    for (let from = 0; from < numbers.length; from += AT_ONCE) {
      const heads = await store.getMany<Case>(numbers.slice(from, from + AT_ONCE).map(headKey));
      rows.push(...heads.flatMap((head) => head ? [rowOf(keys, head.value)] : []));
    }
    return rows;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
