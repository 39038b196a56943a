/**
 * Damaged input for readers, made from good input.
 *
 * @module
 */
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";

/** Good bytes with some bytes changed, cut short, or with bytes put in. */
export function damaged(good: Uint8Array<ArrayBuffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const place = fc.nat(good.length - 1);
  const changed = fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 4 }).map((changes) => {
    const bytes = good.slice();
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  });
  const cut = place.map((length) => good.slice(0, length));
  const grown = fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, more]) =>
    Uint8Array.from([...good.subarray(0, at), ...more, ...good.subarray(at)])
  );
  return fc.oneof({ weight: 4, arbitrary: changed }, cut, grown);
}

/** Runs a reader over damaged input: it may read or throw `UnreadableError`, nothing else. */
export function assertSafe(
  good: Uint8Array<ArrayBuffer>,
  read: (bytes: Uint8Array<ArrayBuffer>) => unknown,
): void {
  fc.assert(
    fc.property(damaged(good), (bytes) => {
      try {
        read(bytes);
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
      }
    }),
    { numRuns: 400 },
  );
}
