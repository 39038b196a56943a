import { deepStrictEqual as deepEqual, strictEqual as equal, throws } from "node:assert/strict";
import { UnreadableError } from "../../lib/domain/unreadable.ts";
import { type Bytes, contextTag, readDer, TAG } from "../../lib/pades/der.ts";
import { context, element, integer, oid, sequence, setOf, text } from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { directoryName, sameName } from "../../lib/pades/x509_names.ts";
import { assertSafe } from "../support/hostile_bytes.ts";
import { certificate } from "../support/pki_vectors.ts";

const part = (id: string, value: Bytes) => sequence(oid(id), value);

Deno.test("names are the same whatever string type, case and spaces they are written in", () => {
  const name = (value: Bytes) =>
    sequence(setOf(part(OID.country, text("JP"))), setOf(part(OID.commonName, value)));
  const plain = name(text("Time Stamping Unit 1"));
  const alike = [text("time  stamping unit 1 "), text("TIME STAMPING UNIT 1", TAG.printableString)];
  for (const value of alike) equal(sameName(plain, name(value)), true);
  equal(sameName(name(text("ｔｓｕ")), name(text("TSU"))), true);
  for (const value of [text("Time Stamping Unit 2"), text("TimeStampingUnit1"), integer(1)]) {
    equal(sameName(plain, name(value)), false);
  }
});

Deno.test("names of other parts, or in another order, are others", () => {
  const [country, common] = [part(OID.country, text("JP")), part(OID.commonName, text("A"))];
  const one = sequence(setOf(country), setOf(common));
  equal(sameName(one, sequence(setOf(common), setOf(country))), false);
  equal(sameName(one, sequence(setOf(country, common))), false);
  equal(sameName(one, sequence(setOf(country))), false);
  equal(sameName(one, sequence(setOf(country), setOf(part(OID.organization, text("A"))))), false);
});

Deno.test("a general name is a distinguished one, or of another kind", () => {
  const { der } = certificate("tsa").subject;
  deepEqual(directoryName(readDer(context(4, der))), der);
  equal(directoryName(readDer(element(contextTag(6, false), new Uint8Array(3)))), null);
});

Deno.test("a name that is damaged is unreadable or another, never a crash", () => {
  const { der } = certificate("rsa3072").subject;
  throws(() => sameName(der, integer(1)), UnreadableError);
  assertSafe(der, (bytes) => sameName(der, bytes));
});
