import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { tnefFiles } from "../../lib/mail/tnef.ts";

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const attribute = (
  id: number,
  value: readonly number[],
) => [2, ...u32(id), ...u32(value.length), ...value, 0, 0];
const SIGNATURE = [...u32(0x223e9f78), 1, 0];
const BEGIN = attribute(0x00069002, [0, 0, 0, 0]);
const DATA = attribute(0x0006800f, [1, 2, 3]);
const pad = (
  bytes: readonly number[],
) => [...bytes, ...new Array<number>((4 - bytes.length % 4) % 4).fill(0)];
const unicode = (text: string) => [...Buffer.from(`${text}\0`, "utf16le")];

const names = (...bytes: number[][]) => tnefFiles(Uint8Array.from(bytes.flat())).map((file) => file.filename);

Deno.test("the long name of the properties goes before the short one", () => {
  const name = unicode("契約書.docx");
  const properties = [
    ...u32(4),
    ...[...u16(0x0003), ...u16(0x0e20), ...u32(3)],
    // A named property and one of several values stand before it and must be stepped over.
    ...[
      ...u16(0x001f),
      ...u16(0x8001),
      ...new Array<number>(16).fill(9),
      ...u32(1),
      ...u32(5),
      ...pad([1, 2, 3, 4, 5]),
      ...u32(1),
      ...u32(3),
      ...pad([7, 7, 7]),
    ],
    ...[...u16(0x1003), ...u16(0x0e21), ...u32(2), ...u32(1), ...u32(2)],
    ...[...u16(0x001f), ...u16(0x3707), ...u32(1), ...u32(name.length), ...pad(name)],
  ];
  const title = attribute(0x00018010, [0x8c, 0x5f, 0x96, 0xf1, 0x2e, 0x44, 0x4f, 0x43, 0]);
  deepEqual(names(SIGNATURE, BEGIN, title, DATA, attribute(0x00069005, properties)), ["契約書.docx"]);
  deepEqual(names(SIGNATURE, BEGIN, title, DATA), ["契約.DOC"]);
});

Deno.test("several files, and none without content", () => {
  const title = (name: string) => attribute(0x00018010, [...Buffer.from(`${name}\0`)]);
  deepEqual(names(SIGNATURE, BEGIN, title("a"), DATA, BEGIN, title("b"), BEGIN, title("c"), DATA), [
    "a",
    "c",
  ]);
});

Deno.test("the code page of the container is heeded", () => {
  const title = attribute(0x00018010, [0xe9, 0]);
  deepEqual(names(SIGNATURE, attribute(0x00069007, [...u32(1252)]), BEGIN, title, DATA), ["é"]);
});

Deno.test("what is no container holds nothing; what is cut off gives what was whole", () => {
  deepEqual(names([1, 2, 3]), []);
  const whole = [...SIGNATURE, ...BEGIN, ...attribute(0x00018010, [0x61, 0]), ...DATA, ...BEGIN, ...DATA];
  deepEqual(names(whole.slice(0, -4)), ["a"]);
});

Deno.test("damaged containers never fail", () => {
  const bytes = [
    ...SIGNATURE,
    ...BEGIN,
    ...DATA,
    ...attribute(0x00069005, [...u32(9), ...u16(0x1f), ...u16(0x3707)]),
  ];
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255))), (changes) => {
    const damaged = Uint8Array.from(bytes);
    for (const [at, byte] of changes) damaged[at] = byte;
    equal(Array.isArray(tnefFiles(damaged)), true);
  }));
});
