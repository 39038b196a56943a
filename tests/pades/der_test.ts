import { deepStrictEqual as deepEqual, ok, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import {
  type Bytes,
  childrenOf,
  contextTag,
  eachChild,
  readDer,
  readDerPrefix,
  TAG,
} from "../../lib/pades/der.ts";
import { DerFields, openSequence } from "../../lib/pades/der_fields.ts";
import { element, integer, octets, sequence } from "../../lib/pades/der_write.ts";

const hex = (text: string): Bytes => Uint8Array.fromHex(text.replaceAll(" ", ""));

Deno.test("an element is its tag and its content", () => {
  const node = readDer(hex("04 03 010203"));
  equal(node.tag, TAG.octetString);
  deepEqual(node.content, hex("010203"));
  deepEqual(node.whole, hex("04 03 010203"));
});

Deno.test("only the shortest form of a length is taken", () => {
  for (
    const [problem, bytes] of [
      ["indefinite", "30 80 0000"],
      ["long form below 128", "04 8101 00"],
      ["leading zero", `04 820080 ${"00".repeat(128)}`],
      ["five bytes", "04 850000000001 00"],
      ["longer than the input", "04 02 00"],
      ["longer than memory", "04 84ffffffff"],
      ["no length", "04"],
      ["nothing", ""],
      ["cut in the length", "04 82 01"],
      ["tag of two bytes", "1f 8101 00"],
      ["more behind it", "05 00 00"],
    ] as const
  ) throws(() => readDer(hex(bytes)), UnreadableError, problem);
});

Deno.test("what a PDF pads with is left alone", () => {
  deepEqual(readDerPrefix(hex("05 00 0000 0000")).whole, hex("0500"));
});

Deno.test("lists are gone through one by one, and read at once only to a limit", () => {
  const many = element(TAG.sequence, ...Array.from({ length: 10_001 }, () => integer(1)));
  equal(Array.from(eachChild(readDer(many))).length, 10_001);
  throws(() => childrenOf(readDer(many)), UnreadableError);
});

Deno.test("deep nesting costs nothing until it is asked for", () => {
  let nested = octets(new Uint8Array());
  for (let depth = 0; depth < 3_000; depth++) nested = sequence(nested);
  equal(readDer(nested).tag, TAG.sequence);
});

Deno.test("fields are taken in order, and what is missing, of another kind or left over is told", () => {
  const fields = () => openSequence(sequence(integer(1), octets(hex("aa"))), "Thing");
  const all = fields();
  ok(all.more);
  equal(all.optional(TAG.boolean), null);
  deepEqual(all.take(TAG.integer, "number").content, hex("01"));
  deepEqual(all.any("bytes").content, hex("aa"));
  all.end();
  throws(() => all.any("more"), { code: "der_invalid", where: "Thing.more" });
  throws(() => fields().take(TAG.octetString, "bytes"), { where: "Thing.bytes" });
  throws(() => fields().end(), { where: "Thing" });
  throws(() => openSequence(integer(1), "Thing"), { where: "Thing" });
  const inner = sequence(element(contextTag(0, true), integer(5)));
  equal(new DerFields(readDer(inner), "Outer").open(contextTag(0, true), "inner").where, "Outer.inner");
});

Deno.test("what is written is read again", () => {
  const tree = fc.letrec((tie) => ({
    node: fc.oneof({ depthSize: "small" }, tie("leaf"), tie("list")),
    leaf: fc.uint8Array({ maxLength: 300 }).map((content) => ({ tag: TAG.octetString, content })),
    list: fc.array(tie("node"), { maxLength: 4 }).map((children) => ({ tag: TAG.sequence, children })),
  })).node;
  type Tree = { tag: number; content?: Uint8Array; children?: Tree[] };
  const write = ({ tag, content, children }: Tree): Bytes =>
    element(tag, ...(children ? children.map(write) : [content!]));
  const read = (bytes: Bytes): Tree => {
    const node = readDer(bytes);
    if (node.tag === TAG.octetString) return { tag: node.tag, content: new Uint8Array(node.content) };
    return { tag: node.tag, children: childrenOf(node).map((child) => read(child.whole)) };
  };
  fc.assert(fc.property(tree, (value) => deepEqual(read(write(value as Tree)), value)));
});

Deno.test("lengths around the steps of the long form are written in their shortest form", () => {
  for (const length of [0, 127, 128, 255, 256, 65_535, 65_536, 100_000]) {
    equal(readDer(octets(new Uint8Array(length))).content.length, length);
  }
});
