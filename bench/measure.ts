/**
 * What a benchmark gives.
 *
 * @module
 */

/** One claim: what was measured, the figure with its unit, the limit it must keep, and whether it does. */
export type Figure = {
  readonly what: string;
  readonly figure: string;
  readonly limit: string;
  readonly holds: boolean;
};

/** Measures; may take minutes. */
export type Measure = () => Promise<readonly Figure[]>;

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
