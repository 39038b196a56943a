/**
 * Chance that can be repeated: the same seed throws the same dice on every machine.
 *
 * @module
 */

/** A stream of numbers out of a seed (the generator sfc32, whose state is a hash of the seed). */
export class Dice {
  readonly #state: Uint32Array;

  /** Begins a stream. */
  constructor(seed: string) {
    this.#state = Uint32Array.from([1, 2, 3, 4], (salt) => hashOf(seed, salt));
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number from 0 up to 2³² − 1. */
  next(): number {
    const state = this.#state;
    const [a, b, c, count] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const sum = (a + b + count) >>> 0;
    state[3] = count + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    return sum;
  }

  /** A whole number from 0 up to `end` − 1; 0 when there is no such. */
  below(end: number): number {
    return end <= 1 ? 0 : this.next() % end;
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  /** One of a list, which holds at least one. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** Random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

/** FNV-1a with a salt. */
function hashOf(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
