import { ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { signedContent } from "../../lib/mail/signed_content.ts";

const eml = (name: string) => Deno.readTextFileSync(new URL(`../fixtures/mails/${name}`, import.meta.url));
/** The CMS of a sample whose whole body it is. */
const cmsOf = (name: string) => Buffer.from(eml(name).split(/\r?\n\r?\n/).slice(1).join(""), "base64");
const SIGNED = cmsOf("13_smime_signed_opaque.eml");

const der = (tag: number, ...parts: Uint8Array[]) => {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x82, content.length >> 8, content.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
/** An element of unknown length, as programs that stream write it (X.690 §8.1.3.6). */
const open = (tag: number, ...parts: Uint8Array[]) =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
const oid = (last: number) => der(0x06, Buffer.from([42, 134, 72, 134, 247, 13, 1, 7, last]));

Deno.test("the message inside is found", () => {
  const pieces = signedContent(SIGNED);
  ok(Buffer.concat(pieces ?? []).toString().startsWith("Content-Type:"));
});

Deno.test("content in pieces of unknown length is put together", () => {
  const text = ["Content-Type: text/plain\r\n\r\n", "hello"].map((piece) => der(0x04, Buffer.from(piece)));
  const inner = open(0x30, oid(1), open(0xa0, open(0x24, ...text)));
  const signed = open(0x30, der(0x02, Buffer.from([1])), der(0x31, der(0x30, oid(1))), inner);
  const pieces = signedContent(open(0x30, oid(2), open(0xa0, signed)));
  equal(Buffer.concat(pieces ?? []).toString(), "Content-Type: text/plain\r\n\r\nhello");
});

Deno.test("encrypted data, signatures without content and other bytes hold nothing", () => {
  equal(signedContent(cmsOf("14_smime_encrypted.eml")), null);
  const detached = der(0x30, der(0x02, Buffer.from([1])), der(0x31), der(0x30, oid(1)));
  equal(signedContent(der(0x30, oid(2), der(0xa0, detached))), null);
  equal(signedContent(Buffer.from("hello")), null);
});

Deno.test("damaged data never fails", () => {
  const change = fc.tuple(fc.nat(80), fc.nat(255));
  fc.assert(fc.property(fc.array(change, { maxLength: 4 }), fc.nat(SIGNED.length), (changes, length) => {
    const damaged = Uint8Array.from(SIGNED.subarray(0, length));
    for (const [at, byte] of changes) if (at < length) damaged[at] = byte;
    const pieces = signedContent(damaged);
    ok(pieces === null || Array.isArray(pieces));
  }));
});
