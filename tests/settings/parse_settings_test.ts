import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { DEMO_JSON, demoSettings } from "../../lib/settings/demo_settings.ts";
import { parseSettings } from "../../lib/settings/parse_settings.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";

const OFFICER = { name: "契約 太郎", email: "officer@pref.example.lg.jp" };
const APPROVER = { name: "会計 花子", email: "approver@pref.example.lg.jp" };
const DEPARTMENT = {
  id: "bukken",
  name: "会計局会計管理課",
  kind: "headOffice",
  officers: [OFFICER],
  approvers: [APPROVER],
};
const LEAST = {
  publicBody: { name: "見本県" },
  bot: { address: "keiyaku@bot.example.lg.jp" },
  departments: [DEPARTMENT],
};

function parsed(json: unknown): Settings {
  const settings = parseSettings(json);
  ok(!("faults" in settings), JSON.stringify(settings));
  return settings;
}

function faultsOf(json: unknown): string[] {
  const settings = parseSettings(json);
  ok("faults" in settings);
  return settings.faults.map(({ path, problem }) => `${path}: ${problem}`);
}

Deno.test("what is required is enough; the rest has its defaults", () => {
  const settings = parsed(LEAST);
  equal(settings.publicBody.headOfficeAddressee, "見本県知事");
  equal(settings.bot.name, "見本県電子契約");
  deepEqual(settings.contacts, []);
  deepEqual(settings.timestamp, {
    accredited: false,
    policy: null,
    validYears: 10,
    renew: true,
    eachParty: true,
  });
  deepEqual(settings.limits, {
    maxPdfBytes: 52_428_800,
    attachBelowBytes: 6_000_000,
    requestLinkDays: 10,
    downloadLinkDays: 10,
    accessCodeTries: 5,
  });
  deepEqual(settings.departments[0], {
    ...DEPARTMENT,
    addressees: ["見本県知事"],
    phone: null,
    email: null,
    defaultDesk: true,
  });
  ok(settings.help.includes("よくある質問"));
  ok(settings.terms.includes("利用規約"));
});

Deno.test("all faults come at once, each with its path", () => {
  deepEqual(
    faultsOf({
      publicBody: { name: "" },
      bot: { address: "keiyaku", nmae: "x" },
      departments: [
        { ...DEPARTMENT, officers: [{ name: "太郎", email: "officer" }, { name: 1 }], approvers: [] },
        { id: "Doboku 1", name: "事務所", kind: "branch", officers: [OFFICER], approvers: [APPROVER] },
      ],
      limits: { accessCodeTries: 0, attachBelowBytes: "6MB" },
      timestamp: { policy: "acme", renew: "yes" },
      extra: {},
    }).sort(),
    [
      "bot.address: must be a mail address",
      "bot.nmae: is not a known setting",
      "departments[0].approvers: must have at least 1 item",
      "departments[0].officers[0].email: must be a mail address",
      "departments[0].officers[1].email: is missing",
      "departments[0].officers[1].name: must be a text that is not empty",
      "departments[1].id: must be of a–z, 0–9 and hyphens, at most 40",
      'departments[1].kind: must be one of "headOffice", "branchOffice"',
      "extra: is not a known setting",
      "limits.accessCodeTries: must be a whole number from 1 to 100",
      "limits.attachBelowBytes: must be a whole number from 0 to 100000000",
      "publicBody.name: must be a text that is not empty",
      "timestamp.policy: must be an object identifier, as 1.2.392.1",
      "timestamp.renew: must be true or false",
    ],
  );
});

Deno.test("what is missing is said once, not for each thing inside it", () => {
  deepEqual(faultsOf({}), [
    "publicBody: is missing",
    "bot: is missing",
    "departments: is missing",
  ]);
  deepEqual(faultsOf(null), ["(file): must be an object"]);
  deepEqual(faultsOf([1]), ["(file): must be an object"]);
});

Deno.test("a branch office must say by which 宛名 its forms find it", () => {
  const branch = { ...DEPARTMENT, id: "minami", kind: "branchOffice" };
  deepEqual(faultsOf({ ...LEAST, departments: [branch] }), ["departments[0].addressees: is missing"]);
  const settings = parsed({ ...LEAST, departments: [{ ...branch, addressees: ["県南土木事務所長"] }] });
  deepEqual(settings.departments[0]?.addressees, ["県南土木事務所長"]);
});

Deno.test("the rules between departments, staff and bot hold", () => {
  const bot = { name: "ボット", email: "Keiyaku@BOT.example.lg.jp" };
  deepEqual(
    faultsOf({
      ...LEAST,
      departments: [
        {
          ...DEPARTMENT,
          defaultDesk: true,
          officers: [OFFICER, { ...OFFICER, email: "OFFICER@pref.example.lg.jp" }],
        },
        { ...DEPARTMENT, defaultDesk: true, approvers: [bot] },
      ],
    }).sort(),
    [
      "departments: must have at most one defaultDesk",
      "departments[0].officers[1].email: stands twice in this list",
      "departments[1].approvers[0].email: must not be the address of the bot",
      'departments[1]: has the id "bukken" of another',
    ],
  );
});

Deno.test("the bot's local part leaves room for the address of a case", () => {
  deepEqual(faultsOf({ ...LEAST, bot: { address: "a+b@bot.example.lg.jp" } }).length, 1);
  deepEqual(faultsOf({ ...LEAST, bot: { address: `${"a".repeat(29)}@bot.example.lg.jp` } }).length, 1);
  parsed({ ...LEAST, bot: { address: `${"a".repeat(28)}@bot.example.lg.jp` } });
});

Deno.test("texts from files take the place of those that come with the program", () => {
  const settings = parseSettings({ ...LEAST, helpFile: "help.md" }, { help: "# 手引き", terms: "# 規約" });
  ok(!("faults" in settings));
  equal(settings.help, "# 手引き");
  equal(settings.terms, "# 規約");
});

Deno.test("the demonstration is 見本県 with two departments and a branch office", () => {
  deepEqual(demoSettings.departments.map(({ kind }) => kind), ["headOffice", "headOffice", "branchOffice"]);
  const bukken = departmentOf(demoSettings, "bukken");
  deepEqual(bukken?.officers, [OFFICER]);
  deepEqual(bukken?.approvers, [APPROVER]);
  equal(bukken?.defaultDesk, true);
  equal(demoSettings.bot.address, "keiyaku@bot.example.lg.jp");
  deepEqual(demoSettings.contacts.map(({ about }) => about), ["制度", "操作", "個別契約"]);
  for (const contact of demoSettings.contacts) {
    ok(contact.channels.length > 0 && contact.channels.every(({ hours }) => hours !== null));
  }
});

Deno.test("property: any JSON is settings or faults, never an error", () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => {
    const settings = parseSettings(json);
    ok("faults" in settings && settings.faults.length > 0);
  }));
});

/** Every path of a JSON value. */
function pathsOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Object.entries(value).flatMap(([name, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(name) : name])
  );
  return [path, ...inside];
}

function withChange(
  value: unknown,
  [first, ...rest]: readonly (string | number)[],
  change: unknown,
): unknown {
  if (first === undefined) return change;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? [...value] as unknown as Record<number, unknown>
    : { ...value as object };
  copy[first] = withChange(copy[first], rest, change);
  return copy;
}

const written = (path: readonly (string | number)[]): string =>
  path.map((part) => typeof part === "number" ? `[${part}]` : `.${part}`).join("").replace(/^\./, "");

Deno.test("property: a wrong value anywhere is a fault at or above its own path", () => {
  const paths = pathsOf(DEMO_JSON).filter((path) => path.length > 0);
  fc.assert(
    fc.property(fc.constantFrom(...paths), (path) => {
      const settings = parseSettings(withChange(DEMO_JSON, path, { wrong: 1 }));
      ok("faults" in settings, written(path));
      ok(
        settings.faults.some((fault) => fault.path.startsWith(written(path))),
        JSON.stringify(settings.faults),
      );
    }),
    { numRuns: 200 },
  );
});

Deno.test("confirmers get no early word unless the settings say so", () => {
  const parsed = (facts: object) => parseSettings({ ...DEMO_JSON, ...facts });
  const wants = (facts: object) => {
    const settings = parsed(facts);
    return "faults" in settings ? settings.faults.map(({ path }) => path) : settings.confirmAddresses;
  };
  equal(wants({}), false);
  equal(wants({ confirmAddresses: true }), true);
  deepEqual(wants({ confirmAddresses: "yes" }), ["confirmAddresses"]);
});
