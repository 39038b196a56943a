import { strictEqual as equal } from "node:assert/strict";
import { type BodyPart, messageHtml, messageText } from "../../lib/mail/message_text.ts";

const part = (text: string, more: Partial<BodyPart> = {}): BodyPart => ({
  html: false,
  bytes: new TextEncoder().encode(text),
  charset: "utf-8",
  flowed: false,
  delSp: false,
  ...more,
});

Deno.test("the plain part speaks for both", () => {
  equal(messageText([part("本文"), part("<p>本文</p>", { html: true })]), "本文");
});

Deno.test("HTML speaks where the plain part is only a notice", () => {
  const html = part(`<p>${"長い本文です。".repeat(20)}</p>`, { html: true });
  equal(messageText([part("HTMLメールです"), html]), "長い本文です。".repeat(20));
  equal(messageText([html]), "長い本文です。".repeat(20));
});

Deno.test("several plain parts are read one after the other", () => {
  equal(messageText([part("一\r\n"), part("二\r\n")]), "一\n\n二");
});

Deno.test("lines that were broken softly are joined, quotations apart", () => {
  equal(
    messageText([part("長い \n行です\n> 引用 \n> の行\n-- \n署名", { flowed: true })]),
    "長い 行です\n> 引用 の行\n-- \n署名",
  );
  equal(messageText([part("長い \n行です", { flowed: true, delSp: true })]), "長い行です");
});

Deno.test("HTML without a label says itself what it is written in", () => {
  const sjis = Uint8Array.from([0x8c, 0x5f, 0x96, 0xf1]);
  const head = new TextEncoder().encode(
    '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">',
  );
  equal(
    messageText([part("", { html: true, charset: null, bytes: Uint8Array.from([...head, ...sjis]) })]),
    "契約",
  );
});

Deno.test("controls don't come through, layout does", () => {
  equal(messageText([part("\ufeffa\0b\u0007\tc\rd\r\ne")]), "ab\tc\nd\ne");
});

Deno.test("the HTML is that of all parts, read by their charsets, and none when there is too much", () => {
  const sjis = new Uint8Array([0x3c, 0x70, 0x3e, 0x96, 0x7b]);
  const html = part("", { html: true, bytes: sjis, charset: "shift_jis" });
  equal(messageHtml([part("本文"), html, part("<b>二</b>\r\n", { html: true })]), "<p>本\n<b>二</b>\n");
  equal(messageHtml([part("本文")]), null);
  equal(messageHtml([part(" \r\n", { html: true })]), null);
  equal(messageHtml([part("x".repeat(500_000), { html: true })])?.length, 500_000);
  equal(messageHtml([part("x".repeat(500_001), { html: true })]), null);
});
