/**
 * How large the files of a letter may be for its recipient's server: as the settings say, less for phones, and less
 * for domains that have refused a letter as too large (R30).
 *
 * @module
 */
import { DAY_MS, epochMs, type Instant } from "../domain/instant.ts";
import { carrierLimit, domainOfAddress } from "../mail/carrier_limits.ts";
import type { Key, StoreValue } from "../ports.ts";
import { now, type World } from "./world.ts";

/** What a domain taught: files of so many bytes were too large for it. */
type Lesson = { readonly bytes: number; readonly at: Instant };

/** How long a lesson counts, in ms: limits are raised now and then. */
const COUNTS_MS = 365 * DAY_MS;

const lessonKey = (address: string): Key => ["tooLarge", domainOfAddress(address)];

async function lessonOf(
  { store, clock }: Pick<World, "store" | "clock">,
  address: string,
): Promise<Lesson | null> {
  const lesson = (await store.get<Lesson>(lessonKey(address)))?.value ?? null;
  return lesson !== null && epochMs(clock.now()) - epochMs(lesson.at) < COUNTS_MS ? lesson : null;
}

/** Bytes that the files of a letter to this address must stay below. */
export async function attachLimit(world: World, address: string): Promise<number> {
  const lesson = await lessonOf(world, address);
  const limits = [world.settings.limits.attachBelowBytes, carrierLimit(address), lesson?.bytes ?? null];
  return Math.min(...limits.filter((limit) => limit !== null));
}

/** The writes that note that files of so many bytes were too large for a recipient's domain. */
export async function lessonSets(
  world: World,
  address: string,
  bytes: number,
): Promise<(readonly [Key, StoreValue])[]> {
  const before = await lessonOf(world, address);
  const lesson: Lesson = { bytes: Math.min(bytes, before?.bytes ?? bytes), at: now(world) };
  return [[lessonKey(address), lesson]];
}

/** Bytes of blobs put together. */
export async function sizeOfParts(
  { blobs }: Pick<World, "blobs">,
  attachments: readonly { readonly parts: readonly string[] }[],
): Promise<number> {
  let size = 0;
  for (const part of attachments.flatMap(({ parts }) => parts)) {
    const source = await blobs.open(part);
    size += source.size;
    source.close();
  }
  return size;
}
