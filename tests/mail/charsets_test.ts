import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { binaryString, bytesOfBinary, decodeText } from "../../lib/mail/charsets.ts";

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const SJIS = hex("905c8d9e8f9181698d488e96816a"); // 申込書（工事）: its first character holds a backslash
const EUC = hex("b7c0ccf3bdf1a4f2c1f7a4eaa4dea4b9"); // 契約書を送ります

Deno.test("a label that fits is believed", () => {
  equal(decodeText(SJIS, "Shift_JIS"), "申込書（工事）");
  equal(decodeText(EUC, "euc-jp"), "契約書を送ります");
  equal(decodeText(hex("e9"), "iso-8859-2"), "é");
});

Deno.test("vendors' names of charsets are known", () => {
  for (const label of ["cp932", "x-ms-cp932", "windows-31j", "MS932"]) {
    equal(decodeText(SJIS, label), "申込書（工事）");
  }
  equal(decodeText(hex("8740878a"), "cp932"), "①㈱");
  equal(decodeText(hex("1b24422d212d6a1b2842"), "cp50221"), "①㈱");
});

Deno.test("bytes that belie their label are read as what they are", () => {
  const utf8 = new TextEncoder().encode("契約書");
  for (
    const label of ["iso-2022-jp", "us-ascii", "iso-8859-1", "euc-jp", "shift_jis", "no-such-charset", null]
  ) {
    const text = decodeText(utf8, label);
    // UTF-8 that happens to be good Shift_JIS or EUC-JP can't be told from it when the label says so.
    if (label !== "shift_jis" && label !== "euc-jp") equal(text, "契約書", String(label));
  }
  equal(decodeText(SJIS, "utf-8"), "申込書（工事）");
  equal(decodeText(EUC, "utf-8"), "契約書を送ります");
  equal(decodeText(EUC, null), "契約書を送ります");
});

Deno.test("ISO-2022-JP is known by its escapes, whatever the label says", () => {
  const jis = hex("1b244237404c731b2842");
  for (const label of ["iso-2022-jp", "us-ascii", "utf-8", null]) {
    equal(decodeText(jis, label), "契約", String(label));
  }
});

Deno.test("ISO-2022-JP that was joined from pieces shows no marks of it", () => {
  equal(decodeText(hex("1b244237401b28421b24424c731b2842"), "iso-2022-jp"), "契約");
});

Deno.test("half-width katakana of ISO-2022-JP are read", () => {
  equal(decodeText(hex("1b28493645422f431b2842"), "iso-2022-jp"), "ｶﾅﾂｯﾃ");
});

Deno.test("UTF-7 is not decoded: it would bring markup past whoever looks for it", () => {
  equal(decodeText(new TextEncoder().encode("+ADw-script+AD4-"), "utf-7"), "+ADw-script+AD4-");
});

Deno.test("any bytes under any label give some text", () => {
  const labels = fc.constantFrom("utf-8", "shift_jis", "iso-2022-jp", "euc-jp", "gb18030", "x", "", null);
  fc.assert(fc.property(fc.uint8Array(), labels, (bytes, label) => {
    equal(typeof decodeText(bytes, label), "string");
  }));
});

Deno.test("text in UTF-8 is read as it is", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const bytes = new TextEncoder().encode(text.replaceAll("\ufeff", "").replaceAll("\u001b", ""));
    equal(decodeText(bytes, "utf-8"), new TextDecoder().decode(bytes));
  }));
});

Deno.test("one byte a character goes to bytes and back", () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    equal(bytesOfBinary(binaryString(bytes)).join(), bytes.join());
  }));
});
