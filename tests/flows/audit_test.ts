import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import type { Case } from "../../lib/domain/case.ts";
import { auditCases } from "../../lib/flows/audit.ts";
import { auditFiles } from "../../lib/flows/audit_files.ts";
import { eventKey, headKey, readCase, readHistory } from "../../lib/flows/case_records.ts";
import { type Entry, type Key, PortError, type Range, type Store } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { caseOf } from "../support/given_case.ts";
import { putCase } from "../support/put_case.ts";
import { completed, hash, opened } from "../support/sample_case.ts";

const FIRST = "R8-000123";
const OTHER = "R8-000200";
const SIZE = completed().length;

/** A store with two cases, in different places of it. */
async function twoCases(): Promise<Store> {
  const store = memoryStore();
  const [begin, ...rest] = completed();
  await putCase(store, [begin!, ...rest]);
  await putCase(store, [{ ...begin!, number: OTHER } as typeof begin & object, ...rest]);
  return store;
}

/** The faults of each faulty case. */
async function faultsIn(store: Store) {
  const found = [];
  for await (const { number, faults, state } of auditCases(store)) {
    equal(state === null, faults.length > 0);
    if (faults.length > 0) found.push([number, ...faults]);
  }
  return found;
}

Deno.test("every case and event is gone through, and a whole store has no fault", async () => {
  const audited = await Array.fromAsync(auditCases(await twoCases()));
  deepEqual(audited.map(({ number }) => number).sort(), [FIRST, OTHER]);
  deepEqual(audited.map(({ events, faults }) => [events, faults]), [[SIZE, []], [SIZE, []]]);
  deepEqual(await Array.fromAsync(auditCases(memoryStore())), []);
});

Deno.test("more records than are asked for at once are gone through, each once", async () => {
  const store = memoryStore();
  const [begin, ...rest] = completed();
  const numbers = Array.from({ length: 60 }, (_, index) => `R8-${index + 100_000}`);
  for (const number of numbers) {
    await putCase(store, [{ ...begin!, number } as typeof begin & object, ...rest]);
  }
  const audited = await Array.fromAsync(auditCases(store));
  deepEqual(audited.map(({ number }) => number).sort(), numbers);
  ok(audited.every(({ events, faults }) => events === SIZE && faults.length === 0));
});

Deno.test("each way of tampering with the store is found in its case and in no other", async () => {
  const dropped = (...keys: Key[]) => (store: Store) => store.commit({ deletes: keys });
  const put = (key: Key, value: unknown) => (store: Store) => store.commit({ sets: [[key, value]] });
  const last = SIZE - 1;
  const history = await readHistory(await twoCases(), OTHER);
  const edited = { ...history[3]!, event: { ...history[3]!.event, at: "2020-01-01T00:00:00.000Z" } };
  const misplaced = (Number(headKey(OTHER)[1]) + 1) % 16;
  const events = history.map(({ seq }) => eventKey(OTHER, seq));
  const ways: [(store: Store) => Promise<boolean>, ...unknown[]][] = [
    [put(eventKey(OTHER, 3), edited), { fault: "edited", seq: 3 }],
    [dropped(eventKey(OTHER, 3)), { fault: "missing", seq: 3, upTo: 3 }],
    [dropped(eventKey(OTHER, last)), { fault: "missing", seq: last, upTo: last }],
    [put(eventKey(OTHER, SIZE), history[3]), { fault: "misplaced", seq: SIZE }, {
      fault: "unchained",
      seq: SIZE,
    }, { fault: "surplus", seq: SIZE }],
    [put([...eventKey(OTHER, 3), "more"], edited), { fault: "foreign" }],
    [put([...headKey(OTHER), "more"], 1), { fault: "foreign" }],
    [put(headKey(OTHER), caseOf(completed())), { fault: "otherHead" }],
    [put(headKey(OTHER), caseOf(opened)), { fault: "surplus", seq: 1 }],
    [dropped(headKey(OTHER)), { fault: "stateless" }],
    [dropped(...events), { fault: "eventless" }],
  ];
  for (const [tamper, ...faults] of ways) {
    const store = await twoCases();
    await tamper(store);
    deepEqual(await faultsIn(store), [[OTHER, ...faults]]);
  }
  const store = await twoCases();
  await put(["case", misplaced, OTHER, "head"], caseOf(opened))(store);
  deepEqual(await faultsIn(store), [[OTHER, { fault: "eventless" }, { fault: "misfiled" }]]);
});

Deno.test("a case of which only the indexes are left is found, once", async () => {
  const store = await twoCases();
  await store.commit({
    sets: [[["of-department", "bukken", "2026", OTHER], OTHER], [["executed", hash("a")], OTHER], [[
      "executed",
      hash("b"),
    ], FIRST]],
  });
  deepEqual(await faultsIn(store), []);
  for (let seq = 0; seq < SIZE; seq++) await store.commit({ deletes: [eventKey(OTHER, seq)] });
  await store.commit({ deletes: [headKey(OTHER)] });
  deepEqual(await faultsIn(store), [[OTHER, { fault: "erased" }]]);
});

Deno.test("a case that goes on while it is read is no fault", async () => {
  const store = memoryStore();
  await putCase(store, opened);
  let passes = 0;
  const moving: Store = {
    get: (key) => store.get(key),
    getMany: (keys) => store.getMany(keys),
    commit: (commit) => store.commit(commit),
    close: () => store.close(),
    async *list<T>(range: Range): AsyncIterable<Entry<T>> {
      for await (const entry of store.list<T>(range)) {
        // Goes on between the first event and the head: once in passing, and once while it is looked at again.
        const isMoving = entry.key[3] === "head" && passes++ < 2;
        if (isMoving) await putCase(store, completed().slice(0, passes + 1));
        yield (await store.get<T>(entry.key))!;
      }
    },
  };
  deepEqual(await faultsIn(moving), []);
  equal(passes, 3);
  equal((await readCase(store, FIRST))?.value.length, 3);
});

async function filedCase() {
  const blobs = memoryBlobs(fakeClock());
  const parts = ["contract", "seal", "renewal"].map((text) => new TextEncoder().encode(text));
  const names = await Promise.all(parts.map(async (part) => (await blobs.put(part)).sha256));
  const [base, seal, renewal] = names as [string, string, string];
  const tail = { step: "Sender", blob: seal, size: 4, sha256: hash("contractseal") };
  const newest = { step: "DocTimeStamp2", blob: renewal, size: 7, sha256: hash("contractsealrenewal") };
  const { draft, ...rest } = caseOf(completed());
  const document = { ...draft!.documents[0]!, sha256: base, size: 8, tails: [tail], renewal: newest };
  const certificate = { sha256: seal, size: 4 };
  const withDocument = (change: Partial<typeof document>): Case => (
    { ...rest, draft: { ...draft!, documents: [{ ...document, ...change }] }, certificate }
  );
  return { blobs, seal, tail, newest, withDocument };
}

Deno.test("files are what the history names, after every seal and now", async () => {
  const { blobs, withDocument } = await filedCase();
  deepEqual(await auditFiles(blobs, withDocument({})), []);
  deepEqual(await auditFiles(blobs, caseOf(opened)), []);
});

Deno.test("a file that is not there, or is not what was recorded, is found", async () => {
  const { blobs, seal, tail, newest, withDocument } = await filedCase();
  const changes = [
    { tails: [{ ...tail, sha256: hash("other") }] },
    { renewal: { ...newest, sha256: hash("other") } },
    { renewal: { ...newest, size: 8 } },
    { tails: [] },
  ];
  for (const change of changes) {
    deepEqual(await auditFiles(blobs, withDocument(change)), [{ fault: "fileChanged", file: 0 }]);
  }
  for (const blob of [hash("none"), "../seal"]) {
    const state = withDocument({ tails: [{ ...tail, blob }] });
    deepEqual(await auditFiles(blobs, state), [{ fault: "fileMissing", file: 0 }]);
  }
  await blobs.delete(seal);
  deepEqual(await auditFiles(blobs, withDocument({})), [
    { fault: "fileMissing", file: 0 },
    { fault: "fileMissing", file: "certificate" },
  ]);
});

Deno.test("a place of files that is broken is told as such", async () => {
  const { blobs, withDocument } = await filedCase();
  const broken = new PortError("unavailable", "Cannot open: the disk failed", { retryable: true });
  const failing = { ...blobs, open: () => Promise.reject(broken) };
  const found = await auditFiles(failing, withDocument({})).catch((error) => error);
  equal(found, broken);
});
