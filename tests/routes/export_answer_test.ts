import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { exportAnswer } from "../../routes/archive/export_answer.ts";

const FILE = { filename: "一覧.csv", plainName: "contracts.csv", contentType: "text/csv" };

/** One piece, and `fault` when it is told that nobody wants the rest. */
async function* pieces(fault: Error | null): AsyncGenerator<Uint8Array> {
  try {
    yield new Uint8Array([1]);
    yield new Uint8Array([2]);
  } finally {
    // A file that is not closed as it should be.
    if (fault) await Promise.reject(fault);
  }
}

Deno.test("R37 an export that is broken off gives its turn back, even where its files fail to close", async () => {
  for (const fault of [null, new Error("Cannot close")]) {
    const ended: unknown[] = [];
    const answer = exportAnswer(pieces(fault), FILE, (why) => ended.push(why), false);
    const reader = answer.body!.getReader();
    await reader.read();
    await reader.cancel();
    deepEqual(ended, [fault ?? undefined]);
  }
});
