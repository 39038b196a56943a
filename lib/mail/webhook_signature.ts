/**
 * The signature that Resend puts on its events by way of Svix (Standard Webhooks 1.0): HMAC-SHA256 over id, time
 * and the very bytes of the body.
 *
 * @module
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { epochMs, type Instant } from "../domain/instant.ts";

/** How far the time of an event may be from ours, in seconds: older ones may be replayed by who overheard them. */
const TOLERANCE_S = 300;

/** Signatures that are looked at: a key that is being changed gives two. */
const MAX_SIGNATURES = 10;

/** A signed event as it came. */
export type SignedEvent = {
  /** `svix-id`: the same in every retry of an event. */
  readonly id: string | undefined;
  /** `svix-timestamp`: seconds since 1970, of this try. */
  readonly timestamp: string | undefined;
  /** `svix-signature`: `v1,<base64>` with blanks between several. */
  readonly signatures: string | undefined;
  readonly body: Uint8Array;
};

/**
 * Whether the event was signed with the secret, `whsec_` and base64, and within 300 seconds of `at`. All signatures
 * are compared in constant time.
 */
export function isSignedEvent(secret: string, event: SignedEvent, at: Instant): boolean {
  const { id, timestamp, signatures, body } = event;
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(epochMs(at) / 1000 - Number(timestamp)) > TOLERANCE_S) return false;
  const key = Uint8Array.fromBase64(secret.replace(/^whsec_/, ""));
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.split(" ").slice(0, MAX_SIGNATURES).filter((one) => matches(one, expected)).length > 0;
}

function matches(signature: string, expected: Uint8Array): boolean {
  const [version, base64 = ""] = signature.split(",", 2);
  if (version !== "v1" || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) return false;
  return timingSafeEqual(Uint8Array.fromBase64(base64), expected);
}
