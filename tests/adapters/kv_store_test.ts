import { rejects, strictEqual as equal } from "node:assert/strict";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { PortError } from "../../lib/ports.ts";
import { storeConformance } from "../conformance/store.ts";

storeConformance("KV store in memory", () => openKvStore(":memory:"));

storeConformance("KV store in a file", async () => {
  const directory = await Deno.makeTempDir({ prefix: "warifu-kv-" });
  const store = await openKvStore(`${directory}/store.db`);
  const close = store.close.bind(store);
  store.close = () => {
    close();
    Deno.removeSync(directory, { recursive: true });
  };
  return store;
});

Deno.test("KV store in a file: what was committed is there after reopening", async () => {
  const directory = await Deno.makeTempDir({ prefix: "warifu-kv-" });
  const path = `${directory}/store.db`;
  const first = await openKvStore(path);
  await first.commit({ sets: [[["kept"], "yes"]] });
  first.close();
  const second = await openKvStore(path);
  equal((await second.get(["kept"]))?.value, "yes");
  second.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("KV store in a file: commits through two handles wait for each other instead of failing", async () => {
  const directory = await Deno.makeTempDir({ prefix: "warifu-kv-" });
  const handles = [await openKvStore(`${directory}/store.db`), await openKvStore(`${directory}/store.db`)];
  const increment = async (handle: number): Promise<void> => {
    const store = handles[handle % 2]!;
    for (let done = false; !done;) {
      const entry = await store.get<number>(["count"]);
      const checks = [{ key: ["count"], version: entry?.version ?? null }];
      done = await store.commit({ checks, sets: [[["count"], (entry?.value ?? 0) + 1]] });
    }
  };
  await Promise.all(Array.from({ length: 40 }, (_, n) => increment(n)));
  equal((await handles[0]!.get(["count"]))?.value, 40);
  for (const store of handles) store.close();
  await Deno.remove(directory, { recursive: true });
});

Deno.test("KV store in a file: a place that can't be opened is a port error", async () => {
  await rejects(openKvStore("/proc/no/such/place.db"), PortError);
});
