import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import { CaseNumbers } from "../../lib/flows/case_numbers.ts";

const AT = "2026-11-24T01:00:00.000Z";

Deno.test("numbers count from one, with six digits", async () => {
  const numbers = new CaseNumbers(memoryStore());
  deepEqual([await numbers.next(AT), await numbers.next(AT)], ["R8-000001", "R8-000002"]);
});

Deno.test("the year is the fiscal one of Japan: it turns at midnight before 1 April, JST", async () => {
  const numbers = new CaseNumbers(memoryStore());
  equal(await numbers.next("2027-03-31T14:59:59.999Z"), "R8-000001");
  equal(await numbers.next("2027-03-31T15:00:00.000Z"), "R9-000001");
});

Deno.test("several processes at once never give the same number", async () => {
  const store = memoryStore();
  const processes = Array.from({ length: 4 }, () => new CaseNumbers(store));
  const given = await Promise.all(
    Array.from({ length: 100 }, (_, turn) => processes[turn % 4]!.next(AT)),
  );
  equal(new Set(given).size, 100);
});

Deno.test("a new process begins after every block that was handed out", async () => {
  const store = memoryStore();
  await new CaseNumbers(store).next(AT);
  equal(await new CaseNumbers(store).next(AT), "R8-000011");
});
