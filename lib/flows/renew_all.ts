/**
 * Renews many timestamps at once, at the operator's wish: ahead of their time, or what was left behind. It keeps
 * nothing of its own: the files say what is still to be done, so it may be ended and begun again at any time, and
 * run beside the service.
 *
 * @module
 */
import { type Case, type CaseNumber, currentSha256, type FileId, fileIds, fileOf } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { dueKey, dueSets } from "../due/due_index.ts";
import { PortError } from "../ports.ts";
import { eachCase } from "./each_case.ts";
import { renewalEntry } from "./orders.ts";
import { type Renewal, renewFile } from "./renew.ts";
import type { World } from "./world.ts";

/** Cases that are worked on at once. */
const LANES = 4;

/** Failures in a row after which it is of no use to go on: nothing outside answers. */
const GIVE_UP_AFTER = 20;

/** What is to be renewed. */
export type RenewAllOrder = {
  /** Renewals that are due before this instant. */
  readonly before: Instant;
  /** Only says what would be done. */
  readonly dryRun: boolean;
  /** Ends it after the files that are under way. */
  readonly signal: AbortSignal;
};

/** A file that could not be renewed. */
export type FailedRenewal = { readonly caseNumber: CaseNumber; readonly file: FileId; readonly code: string };

/** What was found and done, in numbers of files. */
export type RenewAllReport = {
  readonly files: number;
  /** Renewed, or to be renewed in a dry run. */
  readonly renewed: number;
  /** Those among the renewed whose timestamp had lost its strength before. */
  readonly late: number;
  readonly notDue: number;
  /** Due, but the authority gives no timestamp yet that lasts longer. */
  readonly useless: number;
  readonly failed: readonly FailedRenewal[];
  /** The next renewal of all that were not due or are renewed; null when none is known. */
  readonly next: Instant | null;
  /** Whether all cases were gone through. */
  readonly whole: boolean;
};

/** Goes through all completed cases. */
export async function renewAll(world: World, order: RenewAllOrder): Promise<RenewAllReport> {
  const run = new Run(world, order);
  const cases = eachCase(world.store);
  await Promise.all(Array.from({ length: LANES }, () => run.lane(cases)));
  return run.report();
}

class Run {
  readonly #world: World;
  readonly #order: RenewAllOrder;
  readonly #counts = { files: 0, renewed: 0, late: 0, notDue: 0, useless: 0 };
  readonly #failed: FailedRenewal[] = [];
  #next: Instant | null = null;
  #failuresInARow = 0;
  #ended = false;

  constructor(world: World, order: RenewAllOrder) {
    this.#world = world;
    this.#order = order;
  }

  report(): RenewAllReport {
    return { ...this.#counts, failed: this.#failed, next: this.#next, whole: !this.#ended };
  }

  /** Takes one case after another from the list that all lanes share. */
  async lane(cases: AsyncGenerator<Case>): Promise<void> {
    for (let item = await cases.next(); !item.done; item = await cases.next()) {
      for (const id of item.value.phase === "completed" ? fileIds(item.value) : []) {
        if (this.#order.signal.aborted || this.#failuresInARow >= GIVE_UP_AFTER) this.#ended = true;
        if (this.#ended) return;
        await this.#file(item.value, id);
      }
    }
  }

  async #file(state: Case, id: FileId): Promise<void> {
    this.#counts.files++;
    try {
      this.#count(await this.#renew(state, id));
      this.#failuresInARow = 0;
    } catch (error) {
      this.#failuresInARow++;
      this.#failed.push({ caseNumber: state.number, file: id, code: codeOf(error) });
      this.#world.log.error("renewal_failed", error, { case: state.number, file: String(id) });
    }
  }

  #count(renewal: Renewal): void {
    if (renewal.was === "useless") this.#counts.useless++;
    // What someone else has renewed meanwhile is not due any more.
    if (renewal.was === "early" || renewal.was === "gone") this.#counts.notDue++;
    if (renewal.was === "renewed" || renewal.was === "due") {
      this.#counts.renewed++;
      if (renewal.late) this.#counts.late++;
    }
    if ("dueAt" in renewal && (this.#next === null || renewal.dueAt < this.#next)) this.#next = renewal.dueAt;
  }

  async #renew(state: Case, id: FileId): Promise<Renewal> {
    const order = { file: id, sha256: currentSha256(fileOf(state, id)!) };
    const renewal = await renewFile(this.#world, { number: state.number, order, ...this.#order });
    if (renewal.was === "early" && !this.#order.dryRun) await this.#await(state, id, renewal.dueAt);
    return renewal;
  }

  /** What was completed while renewal was off has no entry yet. */
  async #await(state: Case, id: FileId, dueAt: Instant): Promise<void> {
    const entry = this.#world.settings.timestamp.renew ? renewalEntry(state, id, dueAt) : null;
    if (!entry) return;
    const key = dueKey(entry);
    if (await this.#world.store.get(key)) return;
    await this.#world.store.commit({ checks: [{ key, version: null }], sets: dueSets(entry) });
  }
}

function codeOf(error: unknown): string {
  return error instanceof PortError || error instanceof UnreadableError ? error.code : "unexpected";
}
