import { deepStrictEqual as deepEqual } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { expire } from "../../lib/flows/expire.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { agreedBy, askedWith, FIRST_LINK_END, minute, OFFICER } from "../support/sample_case.ts";

async function ordersAfter(events: readonly CaseEvent[], issue = 1) {
  const { world, clock, orders } = paperWorld();
  const subject = await putCase(world.store, events);
  clock.set(FIRST_LINK_END);
  const payload = { party: "Confirmer2", issue };
  const entry = {
    id: "x",
    at: FIRST_LINK_END,
    firstAt: FIRST_LINK_END,
    kind: "expire",
    subject,
    payload,
    attempts: 0,
  };
  deepEqual(await expire(world, entry), { done: true });
  await expire(world, entry);
  return (await orders()).map(({ letter, to, party }) => [letter, to, party]);
}

Deno.test("the officers hear once that a link has died unanswered", async () => {
  deepEqual(await ordersAfter(askedWith()), [["expired", OFFICER.address, "Confirmer2"]]);
});

Deno.test("nobody hears of a link that was answered, replaced or withdrawn", async () => {
  deepEqual(await ordersAfter([...askedWith(), agreedBy("Confirmer2", "Sender", minute(40))]), []);
  deepEqual(await ordersAfter(askedWith(), 2), []);
  const withdrawn = { did: "withdrawn", at: minute(40), reason: "x", by: OFFICER.address } as const;
  deepEqual(await ordersAfter([...askedWith(), withdrawn]), []);
});

Deno.test("R32 a link that dies at night is told of at the next 9:00 of a business day", async () => {
  const { world, clock, orders } = paperWorld();
  const at = "2026-12-04T15:00:00.000Z";
  const events = askedWith().map((event) => event.did === "handedOver" ? { ...event, expiresAt: at } : event);
  const subject = await putCase(world.store, events);
  const payload = { party: "Confirmer2", issue: 1 };
  const entry = { id: "x", at, firstAt: at, kind: "expire", subject, payload, attempts: 0 };
  clock.set(at);
  deepEqual(await expire(world, entry), { again: "2026-12-07T00:00:00.000Z" });
  deepEqual(await orders(), []);
  clock.set("2026-12-07T00:00:00.000Z");
  deepEqual(await expire(world, entry), { done: true });
  deepEqual((await orders()).map(({ letter }) => letter), ["expired"]);
});
