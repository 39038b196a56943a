import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { encodeKey } from "../../lib/adapters/store_key.ts";

const part = fc.oneof(
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.double({ noNaN: true }).map((n) => n === 0 ? 0 : n),
  fc.integer(),
);

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function byPart(a: string | number, b: string | number): number {
  if (typeof a === "string" && typeof b === "string") return byCodePoint(a, b);
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === "string" ? -1 : 1;
}

function byKey(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const order = byPart(a[index]!, b[index]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

Deno.test("encoded keys sort as keys do", () => {
  fc.assert(fc.property(fc.array(part, { maxLength: 3 }), fc.array(part, { maxLength: 3 }), (a, b) => {
    const [left, right] = [encodeKey(a), encodeKey(b)];
    equal(left < right ? -1 : left > right ? 1 : 0, Math.sign(byKey(a, b)));
  }));
});
