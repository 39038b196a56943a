import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { loadSettings } from "../../lib/adapters/load_settings.ts";
import { DEMO_JSON, demoSettings } from "../../lib/settings/demo_settings.ts";

async function inFolder(files: Record<string, string>, work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, text] of Object.entries(files)) await Deno.writeTextFile(`${folder}/${name}`, text);
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a settings file is read, with comments as in the documented example", async () => {
  const text = `// 見本県\n${JSON.stringify(DEMO_JSON, null, 1).replace('"bot"', '/* the bot // */ "bot"')}`;
  await inFolder({ "settings.json": text }, async (folder) => {
    deepEqual(await loadSettings(`${folder}/settings.json`), { settings: demoSettings, fromFile: true });
  });
});

Deno.test("a comment's marks inside a text stay", async () => {
  const publicBody = { name: "見本県 // 本庁", headOfficeAddressee: "見本県知事 /* x */" };
  await inFolder({ "s.json": JSON.stringify({ ...DEMO_JSON, publicBody }) }, async (folder) => {
    const loaded = await loadSettings(`${folder}/s.json`);
    ok("settings" in loaded);
    deepEqual(loaded.settings.publicBody, publicBody);
  });
});

Deno.test("help and terms are read beside the settings file, or where an absolute path says", async () => {
  await inFolder({ "help.md": "# 手引き", "terms.md": "# 規約" }, async (folder) => {
    const json = { ...DEMO_JSON, helpFile: "help.md", termsFile: `${folder}/terms.md` };
    await Deno.writeTextFile(`${folder}/s.json`, JSON.stringify(json));
    const loaded = await loadSettings(`${folder}/s.json`);
    ok("settings" in loaded);
    equal(loaded.settings.help, "# 手引き");
    equal(loaded.settings.terms, "# 規約");
  });
});

Deno.test("faults of the file and of what it names come together", async () => {
  const json = { ...DEMO_JSON, helpFile: "none.md", bot: {} };
  await inFolder({ "s.json": JSON.stringify(json), "broken.json": "{" }, async (folder) => {
    const loaded = await loadSettings(`${folder}/s.json`);
    ok("faults" in loaded);
    deepEqual(loaded.faults.map((fault) => fault.path), ["bot.address", "helpFile"]);
    const broken = await loadSettings(`${folder}/broken.json`);
    deepEqual(broken, { faults: [{ path: "(file)", problem: "is no JSON" }] });
  });
});

Deno.test("a file that was named must be there", async () => {
  const loaded = await loadSettings("/nowhere/settings.json");
  ok("faults" in loaded);
  deepEqual(loaded.faults.map((fault) => fault.path), ["SETTINGS"]);
});
