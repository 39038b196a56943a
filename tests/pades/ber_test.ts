import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { derFromBer } from "../../lib/pades/ber.ts";
import { readSignedData } from "../../lib/pades/cms_reader.ts";
import { vector } from "../support/pki_vectors.ts";

const ber = (hex: string) => derFromBer(Uint8Array.fromHex(hex.replaceAll(" ", "")));
const hexOf = (hex: string) => ber(hex).der.toHex();

Deno.test("X.690 §8.1.3.6: an indefinite length becomes a definite one", () => {
  equal(hexOf("30 80 02 01 05 00 00"), "3003020105");
  equal(ber("30 80 02 01 05 00 00 ff ff").length, 7);
  equal(hexOf("30 80 a0 80 04 01 41 00 00 00 00"), "3005a003040141");
});

Deno.test("X.690 §8.1.3.5: a length may have leading zeros", () => {
  equal(hexOf("30 84 00 00 00 03 02 01 05"), "3003020105");
});

Deno.test("X.690 §8.7.3: a string in pieces becomes one", () => {
  equal(hexOf("24 80 04 01 41 04 02 42 43 00 00"), "0403414243");
  equal(hexOf("24 07 24 03 04 01 41 04 00"), "040141");
  const long = `24 80 ${"04 7f " + "41 ".repeat(127)}${"04 7f " + "42 ".repeat(127)} 00 00`;
  ok(hexOf(long).startsWith("0481fe41"));
});

Deno.test("DER stays as it is", () => {
  for (const name of ["ec256.cms", "rsa3072.cms", "pss.cms", "content.tsr"]) {
    const bytes = vector(name);
    deepEqual(derFromBer(bytes), { der: bytes, length: bytes.length });
    if (name.endsWith(".cms")) equal(readSignedData(derFromBer(bytes).der).signers.length, 1);
  }
});

Deno.test("what is no BER either is unreadable, however deep or wide it is", () => {
  for (
    const hex of [
      "",
      "30",
      "30 05 02 01",
      "04 80 41 00 00",
      "30 80 02 01 05",
      "1f 81 01 00",
      "30 ff",
      "30 89 01",
    ]
  ) {
    throws(() => ber(hex), UnreadableError, hex);
  }
  throws(
    () => derFromBer(new Uint8Array(1 << 16).fill(0x30).map((_, at) => at % 2 ? 0x80 : 0x30)),
    UnreadableError,
  );
  const wide = new Uint8Array(1 << 20);
  wide.set([0x30, 0x83, 0x0f, 0xff, 0xfb]);
  throws(() => derFromBer(wide), UnreadableError);
  const many = Array.from({ length: 60 }, () => `30 80 ${"04 00 ".repeat(2_000)}00 00`).join(" ");
  throws(() => ber(`30 80 ${many} 00 00`), /too many elements/);
});

Deno.test("any bytes give DER or are unreadable", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    try {
      const { der, length } = derFromBer(Uint8Array.from(bytes));
      ok(length <= bytes.length);
      deepEqual(derFromBer(der).der, der);
    } catch (error) {
      ok(error instanceof UnreadableError);
    }
  }));
});
