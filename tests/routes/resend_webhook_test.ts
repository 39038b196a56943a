import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import { PortError } from "../../lib/ports.ts";
import { resendWebhook } from "../../routes/resend_webhook.ts";
import { signedEvent } from "../support/fake_resend_inbound.ts";
import { paperWorld } from "../support/paper_world.ts";

const SECRET = `whsec_${new Uint8Array(24).fill(3).toBase64()}`;
const BODY = {
  type: "email.received",
  created_at: "2026-11-24T01:00:00.000Z",
  data: { email_id: "mail-0001" },
};

function webhook(overrides: Parameters<typeof paperWorld>[0] = {}) {
  let woken = 0;
  const { world, clock } = paperWorld({ wake: () => void woken++, ...overrides });
  const app = resendWebhook(world, SECRET);
  const post = (headers: Record<string, string>, body: BodyInit) =>
    app.request("/webhooks/resend", { method: "POST", headers, body });
  const due = async () => {
    const entries = await Array.fromAsync(world.store.list<DueEntry>({ prefix: ["due"] }));
    return entries.map(({ value: { kind, id, payload } }) => ({ kind, id, payload }));
  };
  const event = (body: unknown = BODY, id = "msg_1", at = clock.now()) =>
    signedEvent(SECRET, { id, at, body });
  return { clock, post, due, event, woken: () => woken };
}

Deno.test("200 comes once the order to fetch the mail is durable; the same event again changes nothing", async () => {
  const { post, due, event, woken } = webhook();
  for (let time = 0; time < 2; time++) {
    const { headers, body } = event();
    equal((await post(headers, body)).status, 200);
    deepEqual(await due(), [{ kind: "fetch", id: "fetch/mail-0001", payload: { emailId: "mail-0001" } }]);
  }
  ok(woken() >= 1);
});

Deno.test("news of a letter become due as such", async () => {
  const { post, due, event } = webhook();
  const data = { email_id: "e-1", message_id: "<1@resend.dev>", tags: { letter: "ab12" } };
  const { headers, body } = event({ type: "email.delivered", created_at: BODY.created_at, data });
  equal((await post(headers, body)).status, 200);
  const [entry] = await due();
  deepEqual([entry?.kind, entry?.id], ["delivery", "delivery/msg_1"]);
});

Deno.test("what is not signed just now by who knows the secret is refused and leaves nothing", async () => {
  const { post, due, event, clock } = webhook();
  const { headers, body } = event();
  const tries: readonly (readonly [Record<string, string>, BodyInit])[] = [
    [{}, body],
    [headers, `${body} `],
    [headers, body.replace("mail-0001", "mail-0002")],
    [{ ...headers, "svix-id": "msg_2" }, body],
    [{ ...headers, "svix-signature": "v1,AAAA" }, body],
    [event(BODY, "msg_1", plusMs(clock.now(), -301_000)).headers, body],
    [event(BODY, "x".repeat(201)).headers, body],
    [headers, ""],
  ];
  for (const [given, content] of tries) equal((await post(given, content)).status, 401);
  deepEqual(await due(), []);
});

Deno.test("a late copy of a right event is no use to who overheard it", async () => {
  const { post, due, event, clock } = webhook();
  const { headers, body } = event();
  clock.advance(301_000);
  equal((await post(headers, body)).status, 401);
  deepEqual(await due(), []);
});

Deno.test("what is signed but no event is told so, and events of no matter are taken", async () => {
  const { post, due, event } = webhook();
  const nonsense = event({ type: "email.received", data: { email_id: "../x" } });
  equal((await post(nonsense.headers, nonsense.body)).status, 400);
  const other = event({ type: "contact.created", created_at: BODY.created_at, data: {} });
  equal((await post(other.headers, other.body)).status, 200);
  deepEqual(await due(), []);
});

Deno.test("an event above a megabyte is refused, said or unsaid", async () => {
  const { post, due, event } = webhook();
  const { headers, body } = event({ ...BODY, more: "x".repeat(1024 * 1024) });
  equal((await post(headers, body)).status, 413);
  equal((await post({ ...headers, "content-length": "2000000" }, body)).status, 413);
  deepEqual(await due(), []);
});

Deno.test("what can't be stored just now is to be told again", async () => {
  const { world } = paperWorld();
  const commit = () =>
    Promise.reject(new PortError("unavailable", "Cannot commit: the disk is full", { retryable: true }));
  const { post, event } = webhook({ store: { ...world.store, commit } });
  const { headers, body } = event();
  const answer = await post(headers, body);
  equal(answer.status, 503);
  equal(answer.headers.get("retry-after"), "60");
});
