import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { Lexer } from "../../lib/pdf/lexer.ts";
import { UnexpectedEnd } from "../../lib/pdf/unexpected_end.ts";
import { nameOf, type PdfDict, type PdfValue, refTo, stringOf } from "../../lib/pdf/values.ts";
import { writeValue } from "../../lib/pdf/write_value.ts";

const read = (text: string) => new Lexer(latin1Bytes(text)).value();
const refuses = (text: string) => throws(() => read(text), { name: "UnreadableError", code: "malformed" });

const byteText = fc.uint8Array({ maxLength: 40 }).map((bytes) => latin1(bytes));
const anyValue: fc.Arbitrary<PdfValue> = fc.letrec<{ value: PdfValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<PdfValue>(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((n) =>
      Number(n.toFixed(6)) + 0
    ),
    byteText.map(nameOf),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => stringOf(new Uint8Array(bytes))),
    fc.tuple(fc.nat(8_000_000), fc.nat(65535)).map(([n, g]) => refTo(n, g)),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.uniqueArray(fc.tuple(byteText, tie("value")), { selector: ([key]) => key, maxLength: 5 })
      .map((entries) => new Map(entries)),
  ),
})).value;

Deno.test("what is written reads back as the same value", () => {
  fc.assert(fc.property(anyValue, (value) => {
    const text = writeValue(value);
    const lexer = new Lexer(latin1Bytes(text + " "));
    deepEqual(lexer.value(), normalZero(value));
    equal(lexer.position, text.length);
  }));
});

/** PDF knows no negative zero. */
function normalZero(value: PdfValue): PdfValue {
  return value === 0 ? 0 : value;
}

Deno.test("any bytes end in a value or in a named fault, never in another error", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
    try {
      new Lexer(new Uint8Array(bytes)).value();
    } catch (error) {
      equal((error as Error).name, "UnreadableError");
    }
  }));
});

Deno.test("a value cut anywhere is told apart from one that is wrong", () => {
  fc.assert(fc.property(anyValue.map((value) => `[${writeValue(value)}]`), fc.nat(), (text, cut) => {
    throws(() => read(text.slice(0, cut % text.length)), UnexpectedEnd);
  }));
});

Deno.test("a key or a reference that the window cuts is told apart from a wrong one", () => {
  for (const cut of ["<</Type 1/Type", "<</Parent 12 0", "<</Parent 12 0 ", "<</Parent 12 "]) {
    throws(() => read(cut), UnexpectedEnd);
  }
  equal((read("<</Type 1/TypeX 2>>") as PdfDict).size, 2);
});

Deno.test("escapes, line ends and nesting in strings are decoded", () => {
  const text = (source: string) => latin1((read(source) as { bytes: Uint8Array }).bytes);
  equal(text("(a\\(b\\)(c)\\\\)"), "a(b)(c)\\");
  equal(text("(\\101\\7x\\0053)"), "A\x07x\x053");
  equal(text("(a\\\r\nb\r\nc\rd\\n)"), "ab\nc\nd\n");
  equal(text("<4 1\n42 4>"), "AB@");
});

Deno.test("names are decoded, so that an escape hides nothing", () => {
  deepEqual(read("/J#61vaScript"), nameOf("JavaScript"));
  deepEqual(read("/ "), nameOf(""));
});

Deno.test("numbers, references and unknown words are told apart", () => {
  deepEqual(read("[12 0 R 12 0 RG 1 2 3 0 R -.5 +7 4. 1e5 12 99999999 R]"), [
    refTo(12),
    12,
    0,
    { kind: "token", text: "RG" },
    1,
    2,
    refTo(3),
    -0.5,
    7,
    4,
    { kind: "token", text: "1e5" },
    12,
    99999999,
    { kind: "token", text: "R" },
  ]);
});

Deno.test("what no two readers understand alike is refused", () => {
  for (const twice of ["<</A 1/A 2>>", "<</A 1/#41 2>>"]) {
    throws(() => read(twice), { name: "UnreadableError", code: "bad_xref" });
  }
  refuses("<<(A) 1>>");
  refuses("<4z>");
  refuses("]");
  refuses("[".repeat(200) + "]".repeat(200));
});

Deno.test("a reference is one in any spacing, and three words that only look like it are three", () => {
  for (const text of ["12 7 R", "12  7 R", "12 7\tR", "12\n7\r\nR", "00000000012 7 R", "12 00007 R"]) {
    for (const after of ["", " ", "]", "/A"]) {
      const lexer = new Lexer(latin1Bytes(`${text}${after}`));
      deepEqual(lexer.value(), refTo(12, 7), text);
      equal(lexer.position, text.length);
    }
  }
  const words = ["12 7 Rx", "12 7 r", "12 7 ", "12 000007 R", "12 7R", "12 7.0 R", "12 -7 R"];
  for (const text of words) equal(read(`${text} `), 12, text);
});
