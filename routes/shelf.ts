/**
 * What is worth keeping in memory for a while.
 *
 * @module
 */

/** Values by key up to a total weight, those longest unused thrown out first. */
export class Shelf<T> {
  readonly #kept = new Map<string, { readonly value: T; readonly weight: number }>();
  readonly #most: number;
  #weight = 0;
  /** Holds `most` together. */
  constructor(most: number) {
    this.#most = most;
  }
  /** The value, which thereby is the one used last. */
  get(key: string): T | null {
    const found = this.#kept.get(key);
    if (!found) return null;
    this.#kept.delete(key);
    this.#kept.set(key, found);
    return found.value;
  }
  /** Puts a value in, and gives it back. */
  put(key: string, value: T, weight: number): T {
    this.#weight += weight - (this.#kept.get(key)?.weight ?? 0);
    this.#kept.set(key, { value, weight });
    for (const [oldest, kept] of this.#kept) {
      if (this.#weight <= this.#most) break;
      this.#weight -= kept.weight;
      this.#kept.delete(oldest);
    }
    return value;
  }
}
