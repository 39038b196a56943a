import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { outboxOfMessageId } from "../../lib/flows/outbox.ts";
import { takeDelivery, takeEvent } from "../../lib/flows/take_event.ts";
import { letterTag } from "../../lib/mail/letter_tag.ts";
import type { ResendEvent } from "../../lib/mail/resend_event.ts";
import { withRequest } from "../support/letter_request.ts";

/** A request that went out, and how an event about it is taken and carried out. */
async function sent() {
  const { desk, number, entry } = await withRequest();
  await desk.post(entry);
  const { world, store } = desk;
  const tag = letterTag(desk.sent[0]!.messageId);
  async function bring(id: string, event: ResendEvent): Promise<number> {
    await takeEvent(world, id, event);
    let carriedOut = 0;
    for await (const { key, value } of store.list<DueEntry>({ prefix: ["due"] })) {
      if (value.kind !== "delivery") continue;
      deepEqual(await takeDelivery(world, value), { done: true });
      await store.commit({ deletes: [key] });
      carriedOut++;
    }
    return carriedOut;
  }
  const state = async () => (await deliveriesOf(store, number))[0]?.state;
  return { desk, tag, bring, state };
}

Deno.test("news of a letter reach it through the due index, once for each event", async () => {
  const { desk, tag, bring, state } = await sent();
  const at = desk.clock.now();
  const event = (told: "delivered" | "delayed" | "failed"): ResendEvent => ({
    tells: "delivery",
    letter: { tag },
    state: told,
    why: "",
    at,
  });
  equal(await bring("msg_1", event("delayed")), 1);
  equal(await state(), "delayed");
  equal(await bring("msg_2", event("delivered")), 1);
  equal(await state(), "delivered");
  equal(await bring("msg_2", event("delivered")), 0, "the same event again");
  equal(await bring("msg_3", event("failed")), 1);
  equal(await state(), "failed");
});

Deno.test("the provider's own message id finds the letter from then on", async () => {
  const { desk, tag, bring } = await sent();
  await bring("msg_1", { tells: "sent", letter: { tag }, messageId: "<1@resend.dev>" });
  ok(await outboxOfMessageId(desk.store, "1@resend.dev"));
});

Deno.test("news of letters that are not ours, and events about nothing, do no harm", async () => {
  const { desk, bring, state } = await sent();
  const before = await state();
  const at = desk.clock.now();
  const letter = { messageId: "<other@elsewhere.example>" };
  equal(await bring("msg_1", { tells: "delivery", letter, state: "failed", why: "", at }), 1);
  equal(await bring("msg_2", { tells: "nothing" }), 0);
  equal(await state(), before);
});
