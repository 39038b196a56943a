import { strictEqual as equal } from "node:assert/strict";
import { diskRoom } from "../../lib/adapters/disk_room.ts";

Deno.test("there is room as long as the reserve stays", async () => {
  const hasRoom = diskRoom("/data", 100, (path) => Promise.resolve(path === "/data" ? 150 : 0));
  for (const [bytes, room] of [[0, true], [50, true], [51, false]] as const) {
    equal(await hasRoom(bytes), room);
  }
});

Deno.test("a file system that does not tell has room", async () => {
  equal(await diskRoom("/data", 100, () => Promise.reject(new Error("not supported")))(50), true);
});

Deno.test("the real file system tells", async () => {
  const folder = await Deno.makeTempDir();
  equal(await diskRoom(folder, 1)(0), true);
  equal(await diskRoom(folder, 2 ** 60)(0), false);
  await Deno.remove(folder);
});
