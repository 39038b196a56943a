import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { deliveryReason } from "../../lib/mail/delivery_reason.ts";
import { readResendEvent, type ResendEvent } from "../../lib/mail/resend_event.ts";

const AT = "2026-11-24T01:00:00.123Z";
const SENT = {
  email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
  message_id: "<1@resend.dev>",
  to: ["a@b.jp"],
};

const read = (type: string, data: unknown): ResendEvent =>
  readResendEvent(new TextEncoder().encode(JSON.stringify({ type, created_at: AT, data })));

Deno.test("mail that came in is named by the id under which it is fetched", () => {
  deepEqual(read("email.received", SENT), { tells: "received", emailId: SENT.email_id });
  for (const email_id of ["", "../secret", 7, "a b c d e f g"]) {
    throws(() => read("email.received", { ...SENT, email_id }), UnreadableError);
  }
});

Deno.test("a letter that went out tells its message id, by our tag in either form", () => {
  const expected = { tells: "sent", letter: { tag: "ab12" }, messageId: "<1@resend.dev>" };
  deepEqual(read("email.sent", { ...SENT, tags: { letter: "ab12", other: "x" } }), expected);
  const list = [{ name: "other", value: "x" }, { name: "letter", value: "ab12" }];
  deepEqual(read("email.sent", { ...SENT, tags: list }), expected);
});

const DELIVERIES: readonly (readonly [string, unknown, string, string])[] = [
  ["email.delivered", {}, "delivered", "other"],
  ["email.delivery_delayed", {}, "delayed", "other"],
  [
    "email.bounced",
    { bounce: { type: "Transient", subType: "MailboxFull", message: "" } },
    "failed",
    "mailbox_full",
  ],
  [
    "email.bounced",
    {
      bounce: { type: "Permanent", subType: "General", message: "550 5.1.1 user unknown" },
    },
    "failed",
    "no_such_address",
  ],
  [
    "email.bounced",
    { bounce: { type: "Permanent", subType: "MessageTooLarge", message: "" } },
    "failed",
    "too_large",
  ],
  ["email.complained", {}, "failed", "refused_as_spam"],
  [
    "email.suppressed",
    { suppressed: { type: "OnAccountSuppressionList", message: "" } },
    "failed",
    "refused_as_spam",
  ],
];

for (const [type, more, state, reason] of DELIVERIES) {
  Deno.test(`${type} ${JSON.stringify(more).slice(0, 60)}: ${state}, ${reason}`, () => {
    const event = read(type, { ...SENT, tags: { letter: "ab12" }, ...more as object });
    equal(event.tells, "delivery");
    if (event.tells !== "delivery") return;
    deepEqual([event.letter, event.state, event.at], [{ tag: "ab12" }, state, AT]);
    equal(deliveryReason(event.why), reason, event.why);
  });
}

Deno.test("a send that failed says why", () => {
  const event = read("email.failed", { ...SENT, failed: { reason: "domain_not_verified" } });
  deepEqual(event, {
    tells: "delivery",
    letter: { messageId: "<1@resend.dev>" },
    state: "failed",
    why: "domain not verified",
    at: AT,
  });
});

Deno.test("other events, and events about nothing of ours, are let pass", () => {
  for (const type of ["email.opened", "contact.created", "domain.updated", "constructor", "of.tomorrow"]) {
    deepEqual(read(type, SENT), { tells: "nothing" });
  }
  deepEqual(read("email.delivered", {}), { tells: "nothing" });
  deepEqual(read("email.sent", {}), { tells: "nothing" });
});

Deno.test("what is no event is unreadable", () => {
  for (
    const body of ["", "{", "[]", "null", "7", '"x"', "{}", '{"type":"email.sent"}', '{"type":7,"data":{}}']
  ) {
    throws(() => readResendEvent(new TextEncoder().encode(body)), UnreadableError, body);
  }
  throws(() => readResendEvent(Uint8Array.of(0xff, 0xfe)), UnreadableError);
  const timeless = { type: "email.delivered", data: SENT };
  throws(() => readResendEvent(new TextEncoder().encode(JSON.stringify(timeless))), UnreadableError);
});

Deno.test("property: any JSON ends as an event or as unreadable", () => {
  const types = fc.constantFrom("email.received", "email.sent", "email.bounced", "email.failed", "x");
  fc.assert(fc.property(types, fc.jsonValue(), fc.jsonValue(), (type, data, created_at) => {
    try {
      readResendEvent(new TextEncoder().encode(JSON.stringify({ type, created_at, data })));
    } catch (error) {
      equal(error instanceof UnreadableError, true, String(error));
    }
  }));
});
