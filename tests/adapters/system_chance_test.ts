import { notDeepStrictEqual as notDeepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { systemChance } from "../../lib/adapters/system_chance.ts";

Deno.test("bytes are as many as asked for, never the same again, and the asker's own", () => {
  const seen = new Set<string>();
  for (let turn = 0; turn < 1_000; turn++) {
    for (const length of [16, 32, 64, 65, 200]) {
      const bytes = systemChance.bytes(length);
      equal(bytes.length, length);
      equal(bytes.buffer.byteLength, length);
      seen.add(bytes.toHex());
    }
  }
  equal(seen.size, 5_000);
});

Deno.test("every byte is drawn, also across the end of what was drawn before", () => {
  let zeros = 0;
  for (let turn = 0; turn < 4_000; turn++) {
    for (const byte of systemChance.bytes(31)) zeros += byte === 0 ? 1 : 0;
  }
  const expected = 4_000 * 31 / 256;
  ok(Math.abs(zeros - expected) < 8 * Math.sqrt(expected), String(zeros));
  notDeepEqual(systemChance.bytes(8), systemChance.bytes(8));
});
