import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { fieldsOf } from "../../lib/mail/header_fields.ts";
import { mailboxesIn } from "../../lib/mail/header_values.ts";

const from = (value: string) => {
  const line = Buffer.from(`From: ${value}`).toString("latin1");
  return mailboxesIn(fieldsOf([{ key: "from", line }]), "from", 10);
};
const encoded = (text: string) => `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;

Deno.test("a name is shown without what hides in it or turns it, and that it did is told", () => {
  const address = "x@evil.example";
  for (const odd of ["\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad"]) {
    for (const name of [encoded(`契約${odd} 太郎`), `"契約${odd} 太郎"`]) {
      deepEqual(from(`${name} <${address}>`), [{ name: "契約 太郎", address, hidden: true }]);
    }
  }
});

Deno.test("joiners that scripts and emoji need, and ordinary names, are nothing to tell of", () => {
  for (const name of ["株式会社見本　事務", "👨\u200d👩\u200d👧 家族", "می\u200cخواهم", ""]) {
    const [box] = from(name === "" ? "a@b.jp" : `${encoded(name)} <a@b.jp>`);
    deepEqual(box && "hidden" in box, false);
  }
});
