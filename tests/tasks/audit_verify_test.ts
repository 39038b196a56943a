import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { eventKey, headKey } from "../../lib/flows/case_records.ts";
import type { Commit } from "../../lib/ports.ts";
import { runAdmin } from "../../lib/tasks/admin.ts";
import { putCase } from "../support/put_case.ts";
import {
  askedWith,
  completed,
  CONTRACT,
  DRAFT,
  hash,
  minute,
  OFFICER,
  PARTIES,
} from "../support/sample_case.ts";

const NUMBER = "R8-000123";
const EVENTS = completed().length;

/** The command on a folder with one case that was tampered with. */
async function verify(
  tampering: Commit | null,
  args: readonly string[] = [],
  signal = AbortSignal.any([]),
  history = completed(),
) {
  const folder = await Deno.makeTempDir();
  try {
    const store = await openKvStore(`${folder}/store.kv`);
    await putCase(store, history);
    if (tampering) await store.commit(tampering);
    store.close();
    const lines: string[] = [];
    const code = await runAdmin(["audit", "verify", ...args], {
      print: (line) => void lines.push(line),
      complain() {},
      variables: { DATA_DIR: folder },
      signal,
    });
    return { code, lines };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const totals = (events: number, faults: number) => ["案件: 1", `記録: ${events}`, `問題: ${faults}`];

Deno.test("audit verify counts cases and events, and ends with 0 when all are whole", async () => {
  deepEqual(await verify(null), { code: 0, lines: totals(EVENTS, 0) });
});

Deno.test("audit verify tells each fault with its case and place, and ends with 1", async () => {
  deepEqual(await verify({ deletes: [eventKey(NUMBER, 3)] }), {
    code: 1,
    lines: [`${NUMBER}: 4件目（seq 3）の記録がありません`, ...totals(EVENTS - 1, 1)],
  });
  deepEqual(await verify({ deletes: [eventKey(NUMBER, 0), eventKey(NUMBER, 1)] }), {
    code: 1,
    lines: [`${NUMBER}: 1件目（seq 0）から2件目（seq 1）までの記録がありません`, ...totals(EVENTS - 2, 1)],
  });
  deepEqual(await verify({ deletes: [headKey(NUMBER)] }), {
    code: 1,
    lines: [`${NUMBER}: 履歴だけがあり、案件がありません`, ...totals(EVENTS, 1)],
  });
});

Deno.test("audit verify --files finds files that are not there", async () => {
  const lost = (name: string) => `${NUMBER}: ${name}のファイルがありません`;
  deepEqual(await verify(null, ["--files"]), {
    code: 1,
    lines: [lost("書類1"), lost("合意締結証明書"), ...totals(EVENTS, 2)],
  });
});

Deno.test("R35 audit verify --files looks at the files of versions that are void, too", async () => {
  const facts = { at: minute(60), by: OFFICER, reason: "誤記", parties: PARTIES, told: [] };
  const draft = { ...DRAFT, documents: [{ ...CONTRACT, sha256: hash("第2版") }] };
  const history: CaseEvent[] = [...askedWith(), { did: "corrected", version: 2, draft, ...facts }];
  const { code, lines } = await verify(null, ["--files"], AbortSignal.any([]), history);
  equal(code, 1);
  deepEqual(lines.slice(0, 2), [
    `${NUMBER}: 1回目に送信した書類1のファイルがありません`,
    `${NUMBER}: 書類1のファイルがありません`,
  ]);
});

Deno.test("audit verify that is ended says so, and ends with 1; asked for wrongly, with 2", async () => {
  const { code, lines } = await verify(null, [], AbortSignal.abort());
  deepEqual([code, lines.at(-1)], [1, "途中で終わりました。もう一度実行してください。"]);
  equal((await verify(null, ["--all"])).code, 2);
  equal((await verify(null, ["--files", "--files"])).code, 2);
});
