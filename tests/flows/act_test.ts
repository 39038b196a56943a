import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { brokenAt } from "../../lib/domain/history.ts";
import { act, openCase } from "../../lib/flows/act.ts";
import { headKey, readCase, readHistory } from "../../lib/flows/case_records.ts";
import type { World } from "../../lib/flows/world.ts";
import { PortError, type Store } from "../../lib/ports.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { askedWith, draftedWith, minute, OFFICER, OPEN, opened } from "../support/sample_case.ts";

const handOn = (departmentId: string) =>
  ({ do: "handOn", at: minute(1), departmentId, by: OFFICER.address }) as const;

/** A store in which someone else is faster for the first commits. */
function rivalled(inner: Store, losses: number): Store {
  let lost = 0;
  return {
    get: (key) => inner.get(key),
    getMany: (keys) => inner.getMany(keys),
    list: (range) => inner.list(range),
    commit: (commit) => lost++ < losses ? Promise.resolve(false) : inner.commit(commit),
    close: () => inner.close(),
  };
}

Deno.test("opening writes head, history and letters at once", async () => {
  const { world, orders } = paperWorld();
  equal(await openCase(world, OPEN), true);
  equal((await readCase(world.store, OPEN.number))?.value.phase, "intake");
  equal((await readHistory(world.store, OPEN.number)).length, 1);
  deepEqual((await orders()).map(({ letter }) => letter).sort(), ["case-notice", "receipt"]);
});

Deno.test("a number that is taken, or a failed check, opens nothing", async () => {
  const { world, orders } = paperWorld();
  await openCase(world, OPEN);
  const before = (await orders()).length;
  equal(await openCase(world, OPEN), false);
  const checks = [{ key: headKey(OPEN.number), version: null }];
  equal(await openCase(world, { ...OPEN, number: "R8-000777" }, { checks }), false);
  equal(await readCase(world.store, "R8-000777"), null);
  equal((await orders()).length, before);
});

Deno.test("the history is one chain, whatever happened in between", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, opened);
  for (const department of ["zaisan", "doboku", "bukken"]) await act(world, number, handOn(department));
  const history = await readHistory(world.store, number);
  equal(history.length, 4);
  equal(brokenAt(history), null);
  equal((await readCase(world.store, number))?.value.head, history.at(-1)?.hash);
});

Deno.test("two who act at once both get through, one after the other", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, opened);
  const both = await Promise.all([
    act(world, number, handOn("zaisan")),
    act(world, number, handOn("doboku")),
  ]);
  ok(both.every((outcome) => "state" in outcome));
  equal(brokenAt(await readHistory(world.store, number)), null);
});

Deno.test("whoever loses five times gives up and may try again", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, opened);
  const rival = (losses: number): World => ({ ...world, store: rivalled(world.store, losses) });
  ok("state" in await act(rival(4), number, handOn("zaisan")));
  await rejects(
    act(rival(5), number, handOn("doboku")),
    (error) => error instanceof PortError && error.code === "conflict" && error.retryable,
  );
});

Deno.test("a refusal and a repeated act write nothing", async () => {
  const { world, orders } = paperWorld();
  const number = await putCase(world.store, askedWith());
  deepEqual(await act(world, number, handOn("zaisan")), { refused: "already_sent" });
  const handover = {
    do: "recordHandover",
    at: minute(31),
    party: "Confirmer2",
    issue: 1,
    expiresAt: minute(99),
  } as const;
  const outcome = await act(world, number, handover);
  ok("state" in outcome && outcome.events.length === 0);
  deepEqual(await orders(), []);
});

Deno.test("nobody acts on a case that is not there", async () => {
  const { world } = paperWorld();
  await rejects(
    act(world, "R8-999999", handOn("zaisan")),
    (error) => error instanceof PortError && error.code === "not_found" && !error.retryable,
  );
});

Deno.test("what goes alongside is written with the events or not at all", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, draftedWith());
  await act(world, number, handOn("zaisan"), { sets: [[["beside"], 1]] });
  equal((await world.store.get(["beside"]))?.value, 1);
  const checks = [{ key: ["beside"], version: null }];
  await rejects(act(world, number, handOn("doboku"), { checks, sets: [[["other"], 1]] }), PortError);
  equal(await world.store.get(["other"]), null);
});
