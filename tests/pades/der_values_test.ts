import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { type Bytes, readDer, TAG } from "../../lib/pades/der.ts";
import {
  readBits,
  readBoolean,
  readIntegerHex,
  readOid,
  readSmallInteger,
  readText,
  readTime,
  readWholeBits,
} from "../../lib/pades/der_values.ts";
import {
  bits,
  boolean,
  certificateTime,
  element,
  generalizedTime,
  integer,
  oid,
  setOf,
  text,
} from "../../lib/pades/der_write.ts";

const hex = (value: string): Bytes => Uint8Array.fromHex(value.replaceAll(" ", ""));
const node = (value: string) => readDer(hex(value));
const time = (value: string, tag: number = TAG.generalizedTime) => readTime(readDer(text(value, tag)));

Deno.test("object identifiers read as they were written", () => {
  equal(readOid(node("06 06 2a864886f70d")), "1.2.840.113549");
  equal(readOid(node("06 03 883703")), "2.999.3");
  deepEqual(oid("1.2.840.113549"), hex("06 06 2a864886f70d"));
  const arc = fc.bigInt({ min: 0n, max: 1n << 64n });
  const first = fc.oneof(
    fc.tuple(fc.constantFrom(0n, 1n), fc.bigInt(0n, 39n)),
    fc.tuple(fc.constant(2n), arc),
  );
  fc.assert(fc.property(first, fc.array(arc, { maxLength: 4 }), (head, rest) => {
    const dotted = [...head, ...rest].join(".");
    equal(readOid(readDer(oid(dotted))), dotted);
  }));
});

Deno.test("object identifiers of other forms are refused", () => {
  for (
    const value of ["06 00", "06 01 80", "06 02 2a80", "06 03 2a8001", "04 01 2a", `06 41 ${"2a".repeat(65)}`]
  ) {
    throws(() => readOid(node(value)), UnreadableError, value);
  }
});

Deno.test("integers are compared as the hexadecimal text of their content", () => {
  equal(readIntegerHex(node("02 02 00ff")), "00ff");
  equal(readIntegerHex(readDer(integer(hex("0000 ff")))), "00ff");
  equal(readIntegerHex(readDer(integer(0))), "00");
  for (const value of ["02 00", "02 02 0001", "02 02 ff80", "04 01 01"]) {
    throws(() => readIntegerHex(node(value)), UnreadableError, value);
  }
});

Deno.test("small numbers read as they were written", () => {
  fc.assert(fc.property(fc.nat(0x7fffffff), (n) => equal(readSmallInteger(readDer(integer(n))), n)));
  for (const value of ["02 01 ff", "02 05 0100000000", "02 00", "04 01 01"]) {
    throws(() => readSmallInteger(node(value)), UnreadableError, value);
  }
});

Deno.test("truth is all ones or all zeros", () => {
  equal(readBoolean(readDer(boolean(true))), true);
  equal(readBoolean(readDer(boolean(false))), false);
  for (const value of ["01 01 01", "01 00", "01 02 ffff"]) {
    throws(() => readBoolean(node(value)), UnreadableError);
  }
});

Deno.test("bit strings tell their unused bits", () => {
  deepEqual(readBits(readDer(bits(hex("c0"), 6))), { bytes: hex("c0"), unused: 6 });
  deepEqual(readWholeBits(readDer(bits(hex("0102"))), "key"), hex("0102"));
  for (const value of ["03 00", "03 02 0800", "03 01 01"]) {
    throws(() => readBits(node(value)), UnreadableError);
  }
  throws(() => readWholeBits(node("03 02 01fe"), "key"), UnreadableError);
});

Deno.test("times are read to the millisecond", () => {
  equal(time("20261201050322Z"), "2026-12-01T05:03:22.000Z");
  equal(time("20261201050322.95Z"), "2026-12-01T05:03:22.950Z");
  equal(time("20261201050322.123456Z"), "2026-12-01T05:03:22.123Z");
  equal(time("491231235959Z", TAG.utcTime), "2049-12-31T23:59:59.000Z");
  equal(time("500101000000Z", TAG.utcTime), "1950-01-01T00:00:00.000Z");
  equal(time("99991231235959Z"), "9999-12-31T23:59:59.000Z");
  equal(time("00010101000000Z"), "0001-01-01T00:00:00.000Z");
});

Deno.test("times of other forms and days that are not there are refused", () => {
  for (
    const value of [
      "202612010503Z",
      "20261201050322",
      "20261201050322+0900",
      "20260230000000Z",
      "20261201240000Z",
    ]
  ) throws(() => time(value), UnreadableError, value);
  throws(() => time("20261201050322Z", TAG.utcTime), UnreadableError);
  throws(() => time("20261201050322Z", TAG.utf8String), UnreadableError);
});

Deno.test("times read as they were written, to the second", () => {
  const instants = fc.date({ min: new Date("1950-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
  fc.assert(fc.property(instants, (date) => {
    const second = `${date.toISOString().slice(0, 19)}.000Z`;
    equal(readTime(readDer(generalizedTime(date.toISOString()))), second);
    equal(readTime(readDer(certificateTime(date.toISOString()))), second);
  }));
  equal(readDer(certificateTime("2049-12-31T23:59:59.000Z")).tag, TAG.utcTime);
  equal(readDer(certificateTime("2050-01-01T00:00:00.000Z")).tag, TAG.generalizedTime);
});

Deno.test("texts of every string type are read", () => {
  equal(readText(readDer(text("割符"))), "割符");
  equal(readText(readDer(text("JP", TAG.printableString))), "JP");
  equal(readText(readDer(element(TAG.bmpString, hex("5272 7b26")))), "割符");
  equal(readText(readDer(integer(1))), null);
});

Deno.test("a set stands in the order of its bytes", () => {
  deepEqual(setOf(integer(300), integer(2), integer(1)), hex("31 0a 020101 020102 0202012c"));
});
