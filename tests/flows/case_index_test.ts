import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { memoryCatalog } from "../../lib/adapters/memory_catalog.ts";
import { act, openCase } from "../../lib/flows/act.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { executedCase } from "../../lib/flows/executed_index.ts";
import { casePage } from "../../lib/flows/browse_cases.ts";
import { CaseCatalog } from "../../lib/flows/case_catalog.ts";
import { EVERY_CASE, type ListOwner } from "../../lib/flows/case_filter.ts";
import { standsOn } from "../../lib/flows/stands_on.ts";
import type { World } from "../../lib/flows/world.ts";
import { caseOf } from "../support/given_case.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import {
  askedWith,
  completed,
  CONTACT,
  draftedWith,
  FORM,
  hash,
  minute,
  OFFICER,
  OPEN,
} from "../support/sample_case.ts";

const JIRO = "jiro@vendor.example.jp";

/** The same world with a catalog that nobody has filled. */
function beside(world: World): World {
  const { store, keys } = world;
  return { ...world, catalog: new CaseCatalog({ store, keys, catalog: memoryCatalog() }) };
}

/** What is found, the same by the catalog that was kept, by the store alone, and by a catalog made anew. */
async function found(world: World, owner: ListOwner, most: number) {
  const page = async (each: World) => {
    const { cases, next } = await casePage(each, owner, EVERY_CASE, { behind: null, most });
    return { numbers: cases.map(({ number }) => number), more: next !== null };
  };
  const kept = await page(world);
  const alone = beside(world);
  deepEqual(await page(alone), kept);
  await alone.catalog.rebuild();
  deepEqual(await page(alone), kept);
  return kept;
}
const numbers = (world: World, address: string, most = 10) => found(world, { address }, most);
const ofDepartment = async (world: World, id: string) =>
  (await found(world, { departments: [id] }, 10)).numbers;

/** Opens cases one after another. */
async function withCases(count: number) {
  const paper = paperWorld();
  await paper.world.catalog.rebuild();
  for (let n = 1; n <= count; n++) {
    ok(await openCase(paper.world, { ...OPEN, at: minute(n), number: `R8-00000${n}` }));
  }
  return paper;
}

Deno.test("cases are found by each address on them in any spelling, newest first, and by no other", async () => {
  const { world } = await withCases(3);
  deepEqual(await numbers(world, "ＪＩＲＯ@Vendor.example.jp"), {
    numbers: ["R8-000003", "R8-000002", "R8-000001"],
    more: false,
  });
  deepEqual(await numbers(world, CONTACT.address, 2), { numbers: ["R8-000003", "R8-000002"], more: true });
  deepEqual((await numbers(world, "taro@vendor.example.jp")).numbers, []);
});

Deno.test("no address stands in the index as it is written", async () => {
  const { world } = await withCases(1);
  const keys = [];
  for await (const { key } of world.store.list({ prefix: ["on-address"] })) keys.push(JSON.stringify(key));
  equal(keys.length, 3);
  ok(keys.every((key) => !key.includes("vendor")));
});

Deno.test("who is taken off a form, or whose case is handed on, is not found any more", async () => {
  const { world } = await withCases(1);
  const [confirmer] = FORM.vendors[0]!.confirmers;
  const form = {
    ...FORM,
    vendors: [{ ...FORM.vendors[0]!, confirmers: [{ ...confirmer!, address: "new@vendor.example.jp" }] }],
  };
  await act(world, "R8-000001", { do: "mendForm", at: minute(9), form, by: OFFICER.address });
  deepEqual((await numbers(world, JIRO)).numbers, []);
  deepEqual((await numbers(world, "new@vendor.example.jp")).numbers, ["R8-000001"]);
  await act(world, "R8-000001", { do: "handOn", at: minute(9), departmentId: "doboku", by: OFFICER.address });
  deepEqual(await ofDepartment(world, "bukken"), []);
  deepEqual(await ofDepartment(world, "doboku"), ["R8-000001"]);
});

Deno.test("the index of data from before it is made anew, and again without harm", async () => {
  const { world } = paperWorld();
  await world.catalog.rebuild();
  const number = await putCase(world.store, askedWith());
  const before = await casePage(world, { address: JIRO }, EVERY_CASE, { behind: null, most: 9 });
  deepEqual(before.cases, []);
  for (let run = 0; run < 2; run++) {
    deepEqual(await reindex(world.store, world.keys), { cases: 1, whole: true });
  }
  deepEqual((await numbers(world, JIRO)).numbers, [number]);
  deepEqual(await ofDepartment(world, "bukken"), [number]);
});

Deno.test("共有先 and those of a form that nobody accepted are told of nothing", () => {
  const copyTo = ["copy@vendor.example.jp"];
  const drafted = caseOf(draftedWith({ copyTo }));
  ok(!standsOn(drafted, "copy@vendor.example.jp"));
  ok(standsOn(drafted, JIRO));
  ok(!standsOn({ ...drafted, form: null, proposal: { form: FORM, mail: "", from: JIRO } }, JIRO));
  const done = caseOf(completed());
  ok(standsOn({ ...done, draft: { ...done.draft!, copyTo } }, "copy@vendor.example.jp"));
});

Deno.test("files on record are found again as well; an end that is asked for is told", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, completed());
  const certificate = hash("certificate");
  equal(await executedCase(world.store, certificate), null);
  deepEqual(await reindex(world.store, world.keys, AbortSignal.abort()), { cases: 0, whole: false });
  equal(await executedCase(world.store, certificate), null);
  await reindex(world.store, world.keys);
  deepEqual(await executedCase(world.store, certificate), { caseNumber: number, current: true });
});
