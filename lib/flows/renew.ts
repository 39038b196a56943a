/**
 * Renews the document timestamp of a file before it loses its strength (R28): fresh revocation data of the
 * authority that gave it, and a new timestamp over all, in one update. A job that may run twice: the second
 * result is refused by the case and thrown away.
 *
 * @module
 */
import { currentSha256, fileOf, type GrownFile } from "../domain/case.ts";
import { DAY_MS, epochMs, type Instant, plusMs } from "../domain/instant.ts";
import { renewalDueAt, renewalStep, strengthEnd } from "../domain/rules_of_renewal.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { type NewestTimestamp, newestTimestamp } from "../pades/renewal_data.ts";
import type { SealTail } from "../pades/seal_tail.ts";
import { concatenated, joinBytes, memorySource } from "../pdf/byte_source.ts";
import type { ByteSource } from "../ports.ts";
import { act } from "./act.ts";
import { readCase } from "./case_records.ts";
import { noteLate, noteRenewed } from "./late_renewals.ts";
import type { RenewalOrder } from "./orders.ts";
import { openDocument } from "./seal.ts";
import { assertRenewed, stampAgain } from "./stamp_again.ts";
import { now, type World } from "./world.ts";

/** How soon it is looked whether renewal was switched on again, in ms. */
const SWITCHED_OFF_MS = 90 * DAY_MS;

/**
 * What a renewal ahead of its time must at least gain, in ms; and the age from which a timestamp may be renewed
 * ahead, so that who asks twice gets it once.
 */
const AHEAD_MS = 30 * DAY_MS;

/** What came of it. */
export type Renewal =
  /** The file has another version by now, or there never was such a file. */
  | { readonly was: "gone" }
  /** Its time has not come. */
  | { readonly was: "early"; readonly dueAt: Instant }
  /** It would be renewed, but only that was to be found out. */
  | { readonly was: "due"; readonly late: boolean }
  /** The authority gives no timestamp yet that would last longer than the one that is there. */
  | { readonly was: "useless"; readonly again: Instant }
  /** It is done; `late` when the old timestamp had lost its strength before. The next is due at `dueAt`. */
  | { readonly was: "renewed"; readonly late: boolean; readonly dueAt: Instant };

/** Whose renewal, and from when on it is due: the present, or later for those who work ahead. */
export type RenewalTask = {
  readonly number: string;
  readonly order: RenewalOrder;
  readonly before: Instant;
  /** Changes nothing and asks nobody. */
  readonly dryRun?: boolean;
  readonly signal: AbortSignal;
};

/** Carries a due entry out. */
export async function renew(world: World, entry: DueEntry, signal: AbortSignal): Promise<DueOutcome> {
  const at = now(world);
  if (!world.settings.timestamp.renew) return { again: plusMs(at, SWITCHED_OFF_MS) };
  const order = entry.payload as RenewalOrder;
  const renewal = await renewFile(world, { number: entry.subject, order, before: plusMs(at, 1), signal });
  if (renewal.was === "early") return { again: renewal.dueAt };
  return renewal.was === "useless" ? { again: renewal.again } : { done: true };
}

/** Whether it is too early: not due before `before`, or still ahead of its time and given only lately. */
function isEarly(world: World, newest: NewestTimestamp, dueAt: Instant, before: Instant): boolean {
  if (dueAt >= before) return true;
  const at = now(world);
  return at < dueAt && plusMs(newest.at, AHEAD_MS) > at;
}

/** Renews a file's timestamp if that is due before `task.before`. Throws `PortError`, `UnreadableError`. */
export async function renewFile(world: World, task: RenewalTask): Promise<Renewal> {
  const { number, order } = task;
  const state = (await readCase(world.store, number))?.value;
  const file = state && fileOf(state, order.file);
  const step = state ? renewalStep(state, order.file) : null;
  if (!file || step === null || currentSha256(file) !== order.sha256) return { was: "gone" };
  const source = await openDocument(world.blobs, file);
  try {
    const newest = newestTimestamp(source, world.trustRoots);
    const dueAt = renewalDueAt(newest, world.settings.timestamp.validYears);
    if (isEarly(world, newest, dueAt, task.before)) return { was: "early", dueAt };
    const end = strengthEnd(newest, world.settings.timestamp.validYears);
    if (task.dryRun) return { was: "due", late: now(world) >= end };
    return await renewNow(world, task, { source, file, step, newest, dueAt, end });
  } finally {
    source.close();
  }
}

type Found = {
  readonly source: ByteSource;
  readonly file: GrownFile;
  readonly step: string;
  readonly newest: NewestTimestamp;
  readonly dueAt: Instant;
  readonly end: Instant;
};

async function renewNow(world: World, task: RenewalTask, found: Found): Promise<Renewal> {
  const { number, order: { file, sha256: previousSha256 } } = task;
  const { source, step, dueAt, end } = found;
  const { validYears } = world.settings.timestamp;
  try {
    const tail = await stampAgain(world, found, task.signal);
    const renewed = concatenated([source, memorySource(tail.bytes)]);
    const next = newestTimestamp(renewed, world.trustRoots);
    const at = now(world);
    const enough = at < dueAt ? plusMs(end, AHEAD_MS) : end;
    if (strengthEnd(next, validYears) <= enough) {
      await noteLate(world, { number, file }, { dueAt, end });
      return { was: "useless", again: laterTry(at, end) };
    }
    await assertRenewed(world, source, renewed);
    const facts = { step, previousSha256, sha256: tail.sha256, ...await kept(world, found.file, tail) };
    const outcome = await act(world, number, { do: "recordRenewal", at: now(world), file, ...facts });
    await noteRenewed(world, { number, file });
    if ("refused" in outcome) return { was: "gone" };
    const late = now(world) >= end;
    world.log.info("timestamp_renewed", { case: number, file: String(file), step, late });
    return { was: "renewed", late, dueAt: renewalDueAt(next, validYears) };
  } catch (error) {
    await noteLate(world, { number, file }, { dueAt, end });
    throw error;
  }
}

/** When to try again where the authority's certificate is still the same: a day to a month later. */
function laterTry(at: Instant, end: Instant): Instant {
  const quarter = Math.floor((epochMs(end) - epochMs(at)) / 4);
  return plusMs(at, Math.min(30 * DAY_MS, Math.max(DAY_MS, quarter)));
}

/** Keeps what was appended together with what earlier renewals have appended. */
async function kept(world: World, file: GrownFile, tail: SealTail): Promise<{ blob: string; size: number }> {
  const { renewal } = file;
  const earlier = renewal ? [await world.blobs.get(renewal.blob)] : [];
  const { sha256: blob, size } = await world.blobs.put(joinBytes([...earlier, tail.bytes]));
  return { blob, size };
}
