import { deepStrictEqual as deepEqual } from "node:assert/strict";
import fc from "fast-check";
import { ecdsaReadings, ecdsaSigValue } from "../../lib/pades/ecdsa_value.ts";

const hex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.fromHex(text);

Deno.test("r and s side by side become two integers in their shortest form", () => {
  deepEqual(ecdsaSigValue(hex("00010080")).toHex(), "300702010102020080");
});

Deno.test("what may be either form is read as both, DER first", () => {
  deepEqual(ecdsaReadings(hex("3006020101020102"), 4).map((each) => each.toHex()), [
    "3006020101020102",
    ecdsaSigValue(hex("3006020101020102")).toHex(),
  ]);
  deepEqual(ecdsaReadings(hex("3006020101020102"), 32).map((each) => each.toHex()), ["3006020101020102"]);
});

Deno.test("what is neither form is no signature", () => {
  for (
    const text of ["", "30", "3003020101", "3009020101020102020103", "300602010104017f", "300602010102010200"]
  ) {
    deepEqual(ecdsaReadings(hex(text), 32), [], text);
  }
});

Deno.test("property: whatever form a signature is given in, it comes out as one DER value", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (bytes) => {
    const raw = Uint8Array.from(bytes);
    const der = ecdsaSigValue(raw);
    deepEqual(ecdsaReadings(der, 32)[0], der);
    deepEqual(ecdsaReadings(raw, 32).at(-1), der);
  }));
});
