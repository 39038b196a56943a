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
import { sealDocTimestamp } from "../pades/doc_timestamp.ts";
import { collectRenewalData, type NewestTimestamp, newestTimestamp } from "../pades/renewal_data.ts";
import type { SealTail } from "../pades/seal_tail.ts";
import { tokenReserve } from "../pades/sign_cades.ts";
import { verifyPdf } from "../pades/verify.ts";
import { concatenated, joinBytes, memorySource } from "../pdf/byte_source.ts";
import { type ByteSource, PortError } from "../ports.ts";
import { act } from "./act.ts";
import { assertSound } from "./assert_sound.ts";
import { readCase } from "./case_records.ts";
import { noteLate, noteRenewed } from "./late_renewals.ts";
import type { RenewalOrder } from "./orders.ts";
import { openDocument } from "./seal.ts";
import { now, type World } from "./world.ts";

/** How soon it is looked whether renewal was switched on again, in ms. */
const SWITCHED_OFF_MS = 90 * DAY_MS;

/** What came of it. */
export type Renewal =
  /** The file has another version by now, or there never was such a file. */
  | { readonly was: "gone" }
  /** Its time has not come. */
  | { readonly was: "early"; readonly dueAt: Instant }
  /** The authority gives no timestamp yet that would last longer than the one that is there. */
  | { readonly was: "useless"; readonly again: Instant }
  /** It is done; `late` when the old timestamp had lost its strength before. */
  | { readonly was: "renewed"; readonly late: boolean };

/** Whose renewal, and from when on it is due: the present, or later for those who work ahead. */
export type RenewalTask = {
  readonly number: string;
  readonly order: RenewalOrder;
  readonly before: Instant;
  readonly signal: AbortSignal;
};

/** Carries a due entry out. */
export async function renew(world: World, entry: DueEntry, signal: AbortSignal): Promise<DueOutcome> {
  const at = now(world);
  if (!world.settings.timestamp.renew) return { again: plusMs(at, SWITCHED_OFF_MS) };
  const order = entry.payload as RenewalOrder;
  const renewal = await renewFile(world, { number: entry.subject, order, before: at, signal });
  if (renewal.was === "early") return { again: renewal.dueAt };
  return renewal.was === "useless" ? { again: renewal.again } : { done: true };
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
    if (dueAt >= task.before) return { was: "early", dueAt };
    return await renewNow(world, task, { source, file, step, newest, dueAt });
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
};

async function renewNow(world: World, task: RenewalTask, found: Found): Promise<Renewal> {
  const { number, order } = task;
  const { source, file, step, newest, dueAt } = found;
  const end = strengthEnd(newest, world.settings.timestamp.validYears);
  try {
    const tail = await stampAgain(world, source, step, task.signal);
    const again = wouldNotLast(world, concatenated([source, memorySource(tail.bytes)]), end);
    if (again !== null) return { was: "useless", again };
    await assertRenewed(world, concatenated([source, memorySource(tail.bytes)]), newest.endsAt);
    const facts = { ...await kept(world, file, tail), previousSha256: order.sha256, sha256: tail.sha256 };
    await act(world, number, { do: "recordRenewal", at: now(world), file: order.file, step, ...facts });
  } catch (error) {
    await noteLate(world, { number, file: order.file }, { dueAt, end });
    throw error;
  }
  const late = now(world) >= end;
  await noteRenewed(world, { number, file: order.file });
  world.log.info("timestamp_renewed", { case: number, file: String(order.file), step, late });
  return { was: "renewed", late };
}

async function stampAgain(
  { revocation, trustRoots, signer, tsa }: World,
  source: ByteSource,
  field: string,
  signal: AbortSignal,
): Promise<SealTail> {
  const validationData = await collectRenewalData({ source, revocation, known: trustRoots, signal });
  const request = { field, reserveBytes: tokenReserve(signer), validationData };
  return await sealDocTimestamp(source, request, (digest) => tsa.timestamp(digest, signal));
}

/** When to try again, where the new timestamp would lose its strength no later than the old one; else null. */
function wouldNotLast(world: World, renewed: ByteSource, end: Instant): Instant | null {
  const newest = newestTimestamp(renewed, world.trustRoots);
  if (strengthEnd(newest, world.settings.timestamp.validYears) > end) return null;
  const at = now(world);
  const rest = epochMs(end) - epochMs(at);
  return plusMs(at, Math.min(30 * DAY_MS, Math.max(DAY_MS, Math.floor(rest / 4))));
}

/** A timestamp renewed too late proves nothing of the time before, so only the new one is held to be whole. */
async function assertRenewed(world: World, renewed: ByteSource, endsAt: Instant): Promise<void> {
  const at = now(world);
  if (at < endsAt) return await assertSound(world, renewed);
  const { revisions } = await verifyPdf(renewed, { trustRoots: world.trustRoots, at });
  const last = revisions.at(-1);
  if (last?.intact && last.trusted && last.covers === "whole-file") return;
  throw new PortError("corrupt", "Cannot renew the timestamp: the result is not whole", { retryable: true });
}

/** Keeps what was appended together with what earlier renewals have appended. */
async function kept(world: World, file: GrownFile, tail: SealTail): Promise<{ blob: string; size: number }> {
  const { renewal } = file;
  const earlier = renewal ? [await world.blobs.get(renewal.blob)] : [];
  const { sha256: blob, size } = await world.blobs.put(joinBytes([...earlier, tail.bytes]));
  return { blob, size };
}
