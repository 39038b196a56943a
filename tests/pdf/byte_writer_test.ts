import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { joinBytes } from "../../lib/pdf/byte_source.ts";
import { ByteWriter } from "../../lib/pdf/byte_writer.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";

const everyByte = Uint8Array.from({ length: 256 }, (_, code) => code);

Deno.test("every byte goes to text and back, ASCII or not", () => {
  deepEqual(latin1Bytes(latin1(everyByte)), everyByte);
  deepEqual(latin1Bytes("\u0141\ud83d\ude00"), Uint8Array.of(0x41, 0x3d, 0x00));
  const byte = fc.constantFrom("a", "0", "\u007f", "\u0080", "\u00ff", "\u0100", "\ud842");
  fc.assert(fc.property(fc.array(byte), (characters) => {
    deepEqual([...latin1Bytes(characters.join(""))], characters.map((each) => each.charCodeAt(0) & 0xff));
  }));
});

Deno.test("pieces stand one after the other, and the size is known before", () => {
  const piece = fc.oneof(fc.uint8Array(), fc.string({ unit: "binary-ascii" }), fc.constant("\u00e9\u00ff"));
  fc.assert(fc.property(fc.array(piece), (pieces) => {
    const writer = new ByteWriter();
    for (const each of pieces) writer.write(each);
    const expected = joinBytes(pieces.map((each) => typeof each === "string" ? latin1Bytes(each) : each));
    equal(writer.size, expected.length);
    deepEqual(writer.bytes(), expected);
  }));
});
