import { deepStrictEqual as deepEqual } from "node:assert/strict";
import plugin from "./support/lint_house_rules.ts";

/** The rules that a text at a path breaks. */
const broken = (path: string, source: string) =>
  Deno.lint.runPlugin(plugin, `/project/${path}`, source).map((each) => each.id.replace("warifu/", ""));

const AMBIENT = ["new Date()", "Date.now()", "Math.random()", "crypto.randomUUID()", "Deno.cwd()"];

Deno.test("the core reads no ambient clock, randomness or I/O", () => {
  for (const source of AMBIENT) {
    for (const path of ["lib/domain/a.ts", "lib/pades/a.ts", "routes/a.tsx", "islands/a.tsx"]) {
      deepEqual(broken(path, `export const a = ${source};`), ["no-ambient-world"], `${path} ${source}`);
    }
    for (
      const path of [
        "lib/adapters/a.ts",
        "lib/tasks/a.ts",
        "main.ts",
        "tests/a_test.ts",
        "tests/routes/a_test.ts",
      ]
    ) {
      deepEqual(broken(path, `export const a = ${source};`), []);
    }
  }
  deepEqual(broken("lib/domain/a.ts", "export const a = new Date(0);"), []);
});

Deno.test("flows drop no call to a port and no act on a case", () => {
  const inFlow = (statement: string) =>
    broken("lib/flows/a.ts", `export async function a(world, store) { ${statement} }`);
  for (
    const call of [
      "world.store.commit({})",
      "store.commit({})",
      "world.blobs?.put(bytes)",
      "act(world, number, command)",
      "openCase(world, command)",
    ]
  ) {
    deepEqual(inFlow(`${call};`), ["no-dropped-call"], call);
    deepEqual(inFlow(`await ${call};`), []);
    deepEqual(inFlow(`return ${call};`), []);
    deepEqual(inFlow(`const done = ${call}; await done;`), []);
    deepEqual(broken("lib/adapters/a.ts", `export function a() { ${call}; }`), []);
  }
  for (
    const call of ["world.log.info('done')", "world.wake()", "world.keys.mac('link', id)", "list.push(1)"]
  ) {
    deepEqual(inFlow(`${call};`), [], call);
  }
});

Deno.test("no module waits while it loads, programs apart", () => {
  const waiting = ["const a = await open(); export { a };", "for await (const a of list()) use(a);"];
  for (const source of waiting) {
    for (const path of ["lib/adapters/a.ts", "lib/flows/a.ts", "routes/a.tsx"]) {
      deepEqual(broken(path, source), ["no-top-level-await"], `${path} ${source}`);
    }
    for (
      const path of ["main.ts", "lib/tasks/a.ts", "lib/adapters/pdf_worker.ts", "tests/routes/a_test.ts"]
    ) {
      deepEqual(broken(path, source), []);
    }
  }
  const inside = [
    "export async function a() { await open(); }",
    "export const a = async () => await open();",
    "export class A { async a() { for await (const b of list()) use(b); } }",
  ];
  for (const source of inside) deepEqual(broken("lib/flows/a.ts", source), []);
});

Deno.test("tests compare strictly", () => {
  const named = (what: string) => broken("tests/a_test.ts", `import { ${what} } from "node:assert/strict";`);
  for (const loose of ["equal", "deepEqual as same", "notEqual", "ok, notDeepEqual"]) {
    deepEqual(named(loose), ["no-loose-assert"], loose);
  }
  deepEqual(named("strictEqual as equal, deepStrictEqual as deepEqual, ok, throws"), []);
});
