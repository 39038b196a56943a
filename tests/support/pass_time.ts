/**
 * Lets time pass in a service as it does outside: the clock stops at each moment at which something is due.
 *
 * @module
 */
import type { DueEntry } from "../../lib/due/due_index.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import type { TestWorld } from "./world.ts";

/** An instant by its Japanese wall clock, `2026-12-01 09:00`. */
export const jst = (text: string): Instant => plusMs(`${text.replace(" ", "T")}:00.000Z`, -9 * 3_600_000);

async function nextDue({ world, clock }: TestWorld): Promise<Instant | null> {
  let next: Instant | null = null;
  for await (const { value } of world.store.list<DueEntry>({ prefix: ["due"] })) {
    if (value.at > clock.now() && (next === null || value.at < next)) next = value.at;
  }
  return next;
}

/** Moves the clock to an instant, by way of all that is due before. */
export async function passUntil(service: TestWorld, until: Instant): Promise<void> {
  const { clock, drain } = service;
  await drain();
  for (let next = await nextDue(service); next !== null && next <= until; next = await nextDue(service)) {
    clock.set(next);
    await drain();
  }
  clock.set(until);
  await drain();
}

/** What a person got, oldest first: the kind of each letter and when it came, by the Japanese wall clock. */
export async function lettersWithTimes(service: TestWorld, to: string, kinds?: readonly string[]) {
  const letters = await service.letters(to);
  return letters.filter(({ entry }) => kinds === undefined || kinds.includes(entry.kind ?? ""))
    .map(({ entry }) => `${plusMs(entry.at, 9 * 3_600_000).slice(0, 16).replace("T", " ")} ${entry.kind}`);
}
