import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { runAdmin } from "../../lib/tasks/admin.ts";

Deno.test("resend-outbox says how many letters go again, and understands a day", async () => {
  const folder = await Deno.makeTempDir();
  const run = async (...args: string[]) => {
    const printed: string[] = [];
    const print = (line: string) => void printed.push(line);
    const around = { print, complain() {}, variables: { DATA_DIR: folder }, signal: AbortSignal.any([]) };
    return { code: await runAdmin(["resend-outbox", ...args], around), printed };
  };
  try {
    deepEqual(await run(), { code: 0, printed: ["送り直し: 0"] });
    deepEqual(await run("--since", "2026-11-01", "--dry-run"), { code: 0, printed: ["送り直す予定: 0"] });
    for (
      const args of [["--since"], ["--since", "2026-02-30"], ["2026-11-01"], ["--since", "--dry-run"], [
        "all",
      ]]
    ) {
      equal((await run(...args)).code, 2, args.join(" "));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
