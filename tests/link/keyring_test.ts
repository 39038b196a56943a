import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { keyringOf } from "../../lib/link/keyring.ts";

const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

Deno.test("codes are HMAC-SHA-256 under a key of their use, as bytes and as text", () => {
  fc.assert(fc.property(key32, fc.string({ unit: "binary", maxLength: 200 }), (master, text) => {
    const keys = keyringOf(master);
    for (const use of ["link", "form"] as const) {
      const key = createHmac("sha256", master).update(`warifu ${use}`).digest();
      const expected = createHmac("sha256", key).update(text).digest();
      deepEqual(Buffer.from(keys.mac(use, text)), expected);
      equal(keys.macText(use, text), expected.toString("base64url"));
    }
  }));
});

Deno.test("a master key of another length is refused", () => {
  for (const length of [0, 31, 33]) throws(() => keyringOf(new Uint8Array(length)), RangeError);
});
