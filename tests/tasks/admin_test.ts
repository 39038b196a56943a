import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { openSealing } from "../../lib/adapters/open_sealing.ts";
import { openKvStore } from "../../lib/adapters/kv_store.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { runAdmin } from "../../lib/tasks/admin.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { putCase } from "../support/put_case.ts";
import { opened } from "../support/sample_case.ts";
import { caseIn, completeSample } from "../support/long_service.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

async function run(args: readonly string[], variables: Record<string, string> = {}) {
  const printed: string[] = [], complaints: string[] = [];
  const code = await runAdmin(args, {
    print: (line) => void printed.push(line),
    complain: (line) => void complaints.push(line),
    variables,
    signal: new AbortController().signal,
  });
  return { code, printed, complaints };
}

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a command that is unknown or asked for wrongly is explained, and ends with 2", async () => {
  for (
    const words of [
      "",
      "renew",
      "settings",
      "settings check now",
      "renew-timestamps --all",
      "renew-timestamps --before",
      "renew-timestamps --before 2035-02-30",
      "renew-timestamps --before 令和9年",
    ]
  ) {
    const { code, printed, complaints } = await run(words.split(" "));
    deepEqual([code, printed], [2, []], words);
    match(complaints.join("\n"), /^使い方[^]*settings check[^]*renew-timestamps \[--before YYYY-MM-DD\]/);
  }
});

Deno.test("settings check says that all is well, or lists every fault with its place, and ends with 1", () =>
  inFolder(async (folder) => {
    const SETTINGS = `${folder}/settings.json`;
    await Deno.writeTextFile(SETTINGS, JSON.stringify({ publicBody: { name: "" }, surplus: 1 }));
    const bad = await run(["settings", "check"], { SETTINGS });
    equal(bad.code, 1);
    match(bad.printed[0]!, /^設定に問題が\d+件あります。$/);
    for (const path of ["publicBody.name", "bot", "departments", "surplus"]) {
      ok(bad.printed.some((line) => line.startsWith(`  ${path}`)), path);
    }
    const environment = await run(["settings", "check"], { WARIFU_MODE: "production" });
    ok(environment.code === 1 && environment.printed.some((line) => line.includes("SIGNER_URL")));
    const good = await run(["settings", "check"], {});
    deepEqual([good.code, good.printed.length], [0, 1]);
    match(good.printed[0]!, /^設定に問題はありません（見本県、所属\d+、development）。$/);
  }));

Deno.test("what can't be opened is told, and ends with 2", () =>
  inFolder(async (folder) => {
    const missing = { DATA_DIR: folder, SIGNER_URL: `p12:${folder}/none.p12` };
    const { code, printed, complaints } = await run(["renew-timestamps"], missing);
    deepEqual([code, printed], [2, []]);
    match(complaints.at(-1)!, /^実行できません: /);
    const faults = await run(["renew-timestamps"], { ...missing, SIGNER_URL: "key:1" });
    equal(faults.code, 2);
    match(faults.complaints[0]!, /^SIGNER_URL: /);
  }));

Deno.test("reindex goes through all cases and says how many, and takes no arguments", () =>
  inFolder(async (folder) => {
    const store = await openKvStore(`${folder}/store.kv`);
    await putCase(store, opened);
    store.close();
    const done = await run(["reindex"], { DATA_DIR: folder });
    deepEqual([done.code, done.printed], [0, ["案件: 1"]]);
    const again = await openKvStore(`${folder}/store.kv`);
    const found = [];
    for await (const { value } of again.list({ prefix: ["of-department"] })) found.push(value);
    again.close();
    deepEqual(found, ["R8-000123"]);
    equal((await run(["reindex", "all"], { DATA_DIR: folder })).code, 2);
  }));

/** A service on a folder as an operator has it, with two completed cases. */
async function withService(test: (service: TestWorld, folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    const clock = fakeClock();
    const sealing = await openSealing(
      {
        signer: { url: "dev:", passphrase: "", certificates: [], client: { id: "", secret: "" } },
        tsa: { url: "dev:", policy: null },
        trustRoots: [],
        dataDir: folder,
      },
      { clock, trueClock: clock, chance: systemChance, fetch },
    );
    const { signer, tsa, revocation, trustRoots } = sealing;
    const service = await makeWorld({
      directory: folder,
      overrides: { signer, tsa, revocation, trustRoots },
    });
    try {
      await completeSample(service);
      await completeSample(service, ["keiyakusho_kouji.pdf"], "R8-000200");
      await test(service, folder);
    } finally {
      await service.close();
    }
  });
}

const renewals = async ({ world }: TestWorld) => {
  const histories = await Promise.all(
    ["R8-000123", "R8-000200"].map((each) => readHistory(world.store, each)),
  );
  return histories.flat().filter(({ event }) => event.did === "renewed").length;
};

/** When the first timestamps are due, and their certificate is still good. */
const LATER = Date.parse("2036-02-01T00:00:00.000Z");

/** The command at that time as a process of its own, beside the service that has the store open. */
function admin(folder: string, ...args: readonly string[]): Deno.ChildProcess {
  const offset = Math.round((LATER - Date.now()) / 1000);
  const script = new URL("../../lib/tasks/admin.ts", import.meta.url).href;
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", script, ...args],
    env: { DATA_DIR: folder, DEV_CLOCK_OFFSET: String(offset), SETTINGS: "" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function ended(process: Deno.ChildProcess) {
  const { code, stdout, stderr } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trimEnd();
  return { code, lines: text(stdout).split("\n"), stderr: text(stderr) };
}

Deno.test("R28 renew-timestamps runs beside the service, may be killed, and does nothing twice", () =>
  withService(async (service, folder) => {
    const dry = await ended(admin(folder, "renew-timestamps", "--dry-run"));
    deepEqual([dry.code, dry.lines.slice(0, 2)], [0, ["対象ファイル: 4", "更新の予定: 4"]], dry.stderr);
    equal(await renewals(service), 0);

    const killed = admin(folder, "renew-timestamps");
    const gone = killed.output();
    while (await renewals(service) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill("SIGKILL");
    await gone;

    const left = 4 - await renewals(service);
    const rest = await ended(admin(folder, "renew-timestamps"));
    deepEqual([rest.code, rest.lines.slice(0, 4)], [
      0,
      ["対象ファイル: 4", `更新: ${left}`, `時期が来ていないもの: ${4 - left}`, "失敗: 0"],
    ], rest.stderr);
    match(rest.lines[4]!, /^次の更新日: 20\d\d-\d\d-\d\d$/);
    equal(await renewals(service), 4);
    ok((await caseIn(service.world.store, "R8-000123")).certificate?.renewal);

    const audit = await ended(admin(folder, "audit", "verify", "--files"));
    deepEqual([audit.code, audit.lines[0], audit.lines[2]], [0, "案件: 2", "問題: 0"], audit.stderr);
  }));
