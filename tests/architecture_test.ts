/**
 * Holds the shape of the program: arrows point inward, a vendor package has one home, nothing lies around
 * unused. What only types need is told from what runs.
 *
 * @module
 */
import { ok, strictEqual as equal } from "node:assert/strict";
import { circleIn, type Edge, modulesIn, reachableFrom, readGraph, textOf } from "./support/module_graph.ts";

const MAX_LINES = 300;

const PORTS = ["lib/catalog_port.ts", "lib/ports.ts", "lib/signing_ports.ts"];
const MECHANISMS = [
  "catalog",
  "link",
  "mail",
  "forms",
  "letters",
  "pdf",
  "pades",
  "due",
  "settings",
  "metrics",
  "exports",
];

/** The layer of a module: a folder of `lib` or `routes`, `islands`, `main`. */
function layerOf(path: string): string {
  if (path === "main.ts") return "main";
  if (PORTS.includes(path)) return "ports";
  const [first = "", second = ""] = path.split("/");
  if (first !== "lib") return first;
  return MECHANISMS.includes(second) ? "mechanisms" : second;
}

/** What each layer may import, besides itself. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ports: ["domain"],
  mechanisms: ["domain", "ports"],
  flows: ["domain", "ports", "mechanisms"],
  islands: [],
  routes: ["domain", "ports", "mechanisms", "flows", "islands"],
  adapters: ["domain", "ports", "mechanisms"],
  tasks: ["domain", "ports", "mechanisms", "flows", "adapters", "routes", "islands", "main"],
  main: ["domain", "ports", "mechanisms", "flows", "adapters", "routes", "tasks"],
};

/** Where each vendor package lives: the beginnings of the paths that may import it. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  "hono": ["routes/", "main.ts"],
  "preact": ["routes/", "islands/"],
  "preact-render-to-string": ["routes/render.tsx"],
  "@holiday-jp/holiday_jp": ["lib/adapters/holiday_calendar.ts"],
  "@signpdf/utils": ["lib/adapters/cades_signer.ts"],
  "@cantoo/pdf-lib": ["lib/pdf/", "lib/forms/"],
  "@cantoo/fontkit": ["lib/pdf/"],
  "@jsquash/jpeg": ["lib/adapters/jpeg.ts"],
  "@embedpdf/pdfium": ["lib/adapters/pdfium_"],
  "@expo-google-fonts/noto-sans-jp": ["lib/adapters/fonts.ts"],
  "@expo-google-fonts/noto-serif-jp": ["lib/adapters/fonts.ts"],
  "fflate": ["lib/forms/", "lib/exports/"],
  "mailauth": ["lib/adapters/mail_auth_"],
  "mailparser": ["lib/mail/"],
  "node-forge": ["lib/adapters/p12_file.ts"],
  "node-html-parser": ["lib/mail/", "lib/tasks/"],
  "nodemailer": ["lib/mail/", "lib/adapters/smtp_mailer.ts", "lib/tasks/post_mail.ts"],
  "smtp-server": ["lib/adapters/smtp_intake.ts"],
  "unpdf": ["lib/forms/"],
  "esbuild": ["lib/tasks/build"],
};

const sources = [
  "main.ts",
  ...await modulesIn("lib"),
  ...await modulesIn("routes"),
  ...await modulesIn("islands"),
];
const graph = await readGraph(sources);

/** Adapters that only tests use: the fake of a port, held to its contract by the same conformance suite. */
const FAKES = ["lib/adapters/memory_catalog.ts", "lib/adapters/memory_store.ts"];

/** What is offered to other programs: our signatures in an interface that they know. */
const OFFERED = ["lib/adapters/cades_signer.ts"];

/** Fails with the whole list. */
const none = (found: readonly string[]) => ok(found.length === 0, found.join("\n"));

/** Every import that a rule forbids, as `from → to`. */
function offences(forbidden: (from: string, edge: Edge) => boolean): string[] {
  return [...graph].flatMap(([from, edges]) =>
    edges.filter((edge) => forbidden(from, edge)).map(({ to }) => `${from} → ${to}`)
  );
}

Deno.test("the graph holds every module of the program", () => {
  none(sources.filter((path) => !graph.has(path)));
});

Deno.test("arrows point inward, for types as well as for code", () => {
  const wrong = offences((from, { to, vendor }) => {
    const [here, there] = [layerOf(from), layerOf(to)];
    return !vendor && here !== there && !ARROWS[here]?.includes(there);
  });
  none(wrong);
});

Deno.test("the domain knows nothing but itself and hashing, and never waits", async () => {
  const inDomain = (path: string) => path.startsWith("lib/domain/");
  none(offences((from, { to, vendor }) => inDomain(from) && vendor && to !== "node:crypto"));
  const waiting = [];
  for (const path of sources.filter(inDomain)) {
    if (/\b(async|await|Promise)\b/.test((await textOf(path)).replace(/\/\*\*.*?\*\//gs, ""))) {
      waiting.push(path);
    }
  }
  none(waiting);
});

Deno.test("only adapters, tasks and main hold servers, sockets, files and processes", () => {
  const world = /^node:(fs|net|tls|dgram|http|https|http2|child_process|dns|worker_threads|os|process)(\/|$)/;
  const inside = ["domain", "ports", "mechanisms", "flows", "routes", "islands"];
  none(offences((from, { to }) => world.test(to) && inside.includes(layerOf(from))));
});

Deno.test("a vendor package has one home", () => {
  const wrong = offences((from, { to, vendor }) =>
    vendor && !to.startsWith("node:") && !HOMES[to]?.some((home) => from.startsWith(home))
  );
  none(wrong);
});

Deno.test("circles and unreached modules are seen", () => {
  const edge = (to: string, code = true): Edge => ({ to, code, vendor: false });
  const small = new Map([["a", [edge("b")]], ["b", [edge("c", false)]], ["c", [edge("a")]], ["d", [
    edge("a"),
  ]]]);
  equal(circleIn(small), null);
  equal([...reachableFrom(small, ["a"])].join(), "a,b,c");
  equal(circleIn(new Map([...small, ["b", [edge("c")]]])), "a → b → c → a");
});

Deno.test("no modules import one another in a circle", () => {
  equal(circleIn(graph), null);
});

Deno.test("every module is reached from main, the islands' entry or a task", async () => {
  const { tasks } = JSON.parse(await textOf("deno.json")) as { tasks: Record<string, string> };
  const named = Object.values(tasks).flatMap((command) =>
    command.match(/\b(?:lib|tests|bench)\/\S+\.tsx?/g) ?? []
  );
  const reached = reachableFrom(graph, ["main.ts", "islands/client.ts", ...FAKES, ...OFFERED, ...named]);
  none(sources.filter((path) => !reached.has(path)));
});

Deno.test(`no file is longer than ${MAX_LINES} lines`, async () => {
  const long = [];
  for (const path of sources) {
    const lines = (await textOf(path)).trimEnd().split("\n").length;
    if (lines > MAX_LINES) long.push(`${path}: ${lines}`);
  }
  none(long);
});
