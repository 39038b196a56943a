import { strictEqual as equal } from "node:assert/strict";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { plusMs } from "../../lib/domain/instant.ts";
import { isSignedEvent, type SignedEvent } from "../../lib/mail/webhook_signature.ts";

const AT = "2026-11-24T01:00:00.000Z";
const SECONDS = String(Date.parse(AT) / 1000);
const KEY = new Uint8Array(24).fill(5);
const SECRET = `whsec_${KEY.toBase64()}`;
const BODY = new TextEncoder().encode('{"type":"email.received"}');

function signature(id: string, timestamp: string, body: Uint8Array, key = KEY): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}

const RIGHT: SignedEvent = {
  id: "msg_1",
  timestamp: SECONDS,
  signatures: signature("msg_1", SECONDS, BODY),
  body: BODY,
};

Deno.test("the example of Standard Webhooks is right", () => {
  // From the specification's reference implementations.
  const event = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: "1614265330",
    signatures: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    body: new TextEncoder().encode('{"test": 2432232314}'),
  };
  equal(isSignedEvent("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", event, "2021-02-25T15:02:10.000Z"), true);
});

const WRONG: Readonly<Record<string, Partial<SignedEvent>>> = {
  "another id": { id: "msg_2" },
  "another time": { timestamp: String(Number(SECONDS) + 1) },
  "another body": { body: new TextEncoder().encode('{"type":"email.received" }') },
  "another key": { signatures: signature("msg_1", SECONDS, BODY, new Uint8Array(24).fill(6)) },
  "another version": { signatures: RIGHT.signatures!.replace("v1,", "v1a,") },
  "no version": { signatures: RIGHT.signatures!.replace("v1,", "") },
  "a shorter signature": { signatures: "v1,AAAA" },
  "no base64": { signatures: `v1,${"?".repeat(44)}` },
  "no id": { id: undefined },
  "no time": { timestamp: undefined },
  "no signature": { signatures: undefined },
  "a time that is no number": { timestamp: "now" },
};

for (const [name, change] of Object.entries(WRONG)) {
  Deno.test(`${name}: not signed`, () => equal(isSignedEvent(SECRET, { ...RIGHT, ...change }, AT), false));
}

Deno.test("one right signature of several is enough, as while a key is changed", () => {
  const other = signature("msg_1", SECONDS, BODY, new Uint8Array(24).fill(6));
  for (
    const signatures of [
      `${other} ${RIGHT.signatures}`,
      `${RIGHT.signatures} ${other}`,
      `v2,x ${RIGHT.signatures}`,
    ]
  ) {
    equal(isSignedEvent(SECRET, { ...RIGHT, signatures }, AT), true);
  }
});

Deno.test("five minutes to either side and no more", () => {
  for (
    const [ms, taken] of [[300_000, true], [-300_000, true], [300_001, false], [-300_001, false]] as const
  ) {
    equal(isSignedEvent(SECRET, RIGHT, plusMs(AT, ms)), taken, `${ms}`);
  }
});

Deno.test("property: whatever is sent is judged, and nothing but the right signature counts", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.uint8Array(), (id, timestamp, signatures, body) => {
      equal(isSignedEvent(SECRET, { id, timestamp, signatures, body }, AT), false);
      equal(
        isSignedEvent(SECRET, { ...RIGHT, signatures }, AT),
        signatures.split(" ").includes(RIGHT.signatures!),
      );
    }),
  );
});
