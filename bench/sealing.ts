/**
 * Sealing and verifying: speed, memory, and whether others get their turn meanwhile.
 *
 * @module
 */
import type { Figure } from "./measure.ts";
import { sealingChain } from "./sealing_chain.ts";
import { sealingMemory } from "./sealing_memory.ts";
import { sealingSpeed } from "./sealing_speed.ts";
import { sealingTurns } from "./sealing_turns.ts";

/** All figures. */
export async function sealing(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const part of [sealingSpeed, sealingChain, sealingTurns, sealingMemory]) figures.push(...await part());
  return figures;
}
