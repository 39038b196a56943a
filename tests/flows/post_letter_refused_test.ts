import { deepStrictEqual as deepEqual, match, rejects, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { DAY_MS, plusMs } from "../../lib/domain/instant.ts";
import { readOutbox } from "../../lib/flows/outbox.ts";
import { reportUndelivered } from "../../lib/flows/undelivered.ts";
import { PortError } from "../../lib/ports.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { minute, OFFICER, opened } from "../support/sample_case.ts";

import { BUSY, REFUSED, REQUESTED, SECOND, withRequest } from "../support/letter_request.ts";

Deno.test("a request of an earlier issue, of one who agreed, or of a withdrawn case is not sent", async () => {
  const endings: CaseEvent[] = [
    { did: "requested", at: minute(31), party: "Confirmer2", issue: 2, by: "officer" },
    { did: "agreed", at: minute(31), party: "Confirmer2", authentication: "mail", documents: [] },
    { did: "withdrawn", at: minute(31), reason: "誤り", by: OFFICER.address },
  ];
  for (const ending of endings) {
    const { desk, entry } = await withRequest();
    await desk.put([...REQUESTED, ending]);
    deepEqual(await desk.post(entry), { done: true });
    deepEqual(desk.sent, []);
    // The same when it was written before that happened.
    const late = await withRequest();
    late.desk.fault = () => BUSY;
    await rejects(late.desk.post(late.entry), PortError);
    late.desk.fault = null;
    await late.desk.put([...REQUESTED, ending]);
    deepEqual(await late.desk.post(late.entry), { done: true });
    deepEqual(late.desk.sent, []);
  }
});

Deno.test("a refused request becomes an event of its case, once", async () => {
  const { desk, number, entry } = await withRequest();
  desk.fault = () => REFUSED;
  deepEqual(await desk.post(entry), { done: true });
  deepEqual(await desk.post(entry), { done: true });
  const state = await desk.state(number);
  equal(state.parties[0]?.bounced, true);
  equal(state.parties[0]?.handedOverAt, null);
  const [problem, ...others] = await desk.ordered("delivery-problem");
  deepEqual(others, []);
  desk.fault = null;
  await desk.post(problem!);
  equal(desk.sent[0]?.to, OFFICER.address);
  match(desk.sent[0]!.text, /見つかりません/);
  match(desk.sent[0]!.text, new RegExp(SECOND.address));
});

Deno.test("what a relay is too busy for is given up after 48 hours, not before", async () => {
  const { desk, number, entry } = await withRequest();
  desk.fault = () => BUSY;
  desk.clock.set(plusMs(entry.firstAt, 2 * DAY_MS - 1));
  await rejects(desk.post(entry), PortError);
  equal((await desk.state(number)).parties[0]?.bounced, false);
  desk.clock.advance(1);
  deepEqual(await desk.post(entry), { done: true });
  equal((await desk.state(number)).parties[0]?.bounced, true);
});

Deno.test("an error of our own is never taken for the relay's", async () => {
  const { desk, number, entry } = await withRequest();
  desk.fault = () => new TypeError("Cannot read properties of undefined");
  await rejects(desk.post(entry), TypeError);
  equal((await desk.state(number)).parties[0]?.bounced, false);
});

Deno.test("another letter that is refused is told to the officers; one to them is not told about itself", async () => {
  const desk = letterDesk();
  await desk.put(opened);
  const contact = "jimu@vendor.example.jp";
  desk.fault = () => REFUSED;
  await desk.post(desk.entry("receipt", contact, { seq: 0 }));
  await desk.post(desk.entry("receipt", contact, { seq: 0 }));
  const receipt = (await readOutbox(desk.store, desk.entry("receipt", contact, { seq: 0 }).id))!.value;
  desk.clock.advance(60_000);
  await reportUndelivered(desk.world, receipt, "550 5.1.1 again");
  const problems = await desk.ordered("delivery-problem");
  deepEqual(problems.map((entry) => (entry.payload as { to: string }).to), [OFFICER.address]);
  await desk.post(problems[0]!);
  equal((await desk.ordered("delivery-problem")).length, 1);
  desk.fault = null;
  deepEqual(desk.sent, []);
});
