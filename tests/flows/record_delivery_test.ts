import { deepStrictEqual as deepEqual, match, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { caseOfReferences, readOutbox } from "../../lib/flows/outbox.ts";
import { type DeliveryNews, recordDelivery, recordMessageId } from "../../lib/flows/record_delivery.ts";
import { letterTag } from "../../lib/mail/letter_tag.ts";
import { PortError } from "../../lib/ports.ts";
import { BUSY, SECOND, withRequest } from "../support/letter_request.ts";
import { OFFICER } from "../support/sample_case.ts";

/** A request that the relay took, and how to bring news of it. */
async function taken() {
  const { desk, number, entry } = await withRequest();
  await desk.post(entry);
  const { messageId } = desk.sent[0]!;
  const bring = (state: DeliveryNews["state"], why = "") =>
    recordDelivery(desk.world, { letter: { messageId }, state, why, at: desk.clock.now() });
  const fate = async () => {
    const [delivery] = await deliveriesOf(desk.store, number);
    ok(delivery);
    return [delivery.state, delivery.reason];
  };
  return { desk, number, entry, messageId, bring, fate };
}

Deno.test("a letter waits, is delayed while the relay is busy, and is taken", async () => {
  const { desk, number, entry } = await withRequest();
  const fates: unknown[] = [];
  const look = async () => {
    for (const { to, kind, state, reason } of await deliveriesOf(desk.store, number)) {
      fates.push([to, kind, state, reason]);
    }
  };
  desk.fault = () => new TypeError("an error of our own");
  await rejects(desk.post(entry), TypeError);
  await look();
  const full = new Error("452 4.2.2 The mailbox is full");
  desk.fault = () => new PortError("unavailable", "Cannot send", { retryable: true, cause: full });
  await rejects(desk.post(entry), PortError);
  await look();
  desk.fault = () => BUSY;
  await rejects(desk.post(entry), PortError);
  await look();
  desk.fault = null;
  await desk.post(entry);
  await look();
  deepEqual(fates, [
    [SECOND.address, "request", "waiting", null],
    [SECOND.address, "request", "delayed", "mailbox_full"],
    [SECOND.address, "request", "delayed", "other"],
    [SECOND.address, "request", "taken", null],
  ]);
});

Deno.test("news that come late or twice change nothing that was known better", async () => {
  const { bring, fate } = await taken();
  deepEqual(await fate(), ["taken", null]);
  await bring("delayed", "4.4.1 connection timed out");
  deepEqual(await fate(), ["delayed", "unreachable"]);
  await bring("delivered");
  deepEqual(await fate(), ["delivered", null]);
  await bring("delayed", "4.4.1 connection timed out");
  deepEqual(await fate(), ["delivered", null]);
  await bring("failed", "550 5.1.1 User unknown");
  deepEqual(await fate(), ["failed", "no_such_address"]);
  await bring("delivered");
  deepEqual(await fate(), ["failed", "no_such_address"]);
});

Deno.test("a request that failed after it was taken is told once, with the next step", async () => {
  const { desk, number, bring } = await taken();
  await bring("failed", "554 5.7.1 blocked as spam");
  await bring("failed", "554 5.7.1 blocked as spam");
  equal((await desk.state(number)).parties[0]?.bounced, true);
  const problems = await desk.ordered("delivery-problem");
  equal(problems.length, 1);
  await desk.post(problems[0]!);
  equal(desk.sent[1]?.to, OFFICER.address);
  match(desk.sent[1]!.text, /拒否しました/);
  match(desk.sent[1]!.text, /受信を許可していただくよう/);
});

Deno.test("a letter is found by its id, its tag and any Message-ID it was given; a stranger's is none", async () => {
  const { desk, number, entry, messageId } = await taken();
  const at = desk.clock.now();
  const news = { state: "delivered", why: "", at } as const;
  for (const letter of [{ outboxId: entry.id }, { tag: letterTag(messageId) }, { messageId }]) {
    equal((await recordDelivery(desk.world, { letter, ...news }))?.id, entry.id);
  }
  match(letterTag(messageId), /^[0-9a-f]{40}$/);
  for (const letter of [{ outboxId: "x" }, { tag: "x" }, { messageId: "<x@example.jp>" }]) {
    equal(await recordDelivery(desk.world, { letter, ...news }), null);
    equal(await recordMessageId(desk.world, letter, "<y@example.jp>"), false);
  }
  equal(await recordMessageId(desk.world, { tag: letterTag(messageId) }, "<given@provider.example>"), true);
  const given = { messageId: "given@provider.example" };
  equal((await recordDelivery(desk.world, { letter: given, ...news }))?.id, entry.id);
  equal(await caseOfReferences(desk.store, ["given@provider.example"]), number);
});

Deno.test("what was written before fates were kept still gets its news", async () => {
  const { desk, number, entry, bring, fate } = await taken();
  await desk.store.commit({ deletes: [["delivery", number, entry.id]] });
  await bring("delivered");
  deepEqual(await fate(), ["delivered", null]);
  ok((await readOutbox(desk.store, entry.id))?.value.handedOverAt);
});
