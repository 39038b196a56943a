import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { looksLike } from "../../lib/mail/look_alike.ts";
import { writerWarnings } from "../../lib/mail/writer_warnings.ts";

const KNOWN = {
  names: ["見本県電子契約", "契約 太郎"],
  addresses: ["keiyaku@bot.example.lg.jp", "officer@pref.example.lg.jp"],
};
const box = (address: string, name = "") => ({ name, address });
const warnings = (address: string, name = "", replyTo: readonly string[] = []) =>
  writerWarnings(box(address, name), replyTo.map((each) => box(each)), KNOWN);

Deno.test("an ordinary writer warns of nothing", () => {
  deepEqual(warnings("jimu@vendor.example.jp", "株式会社見本　事務"), []);
  deepEqual(warnings("jimu@vendor.example.jp", "jimu@vendor.example.jp", ["eigyo@vendor.example.jp"]), []);
  deepEqual(warnings("officer@pref.example.lg.jp", "会計局　契約太郎"), []);
  deepEqual(warnings("soumu@city.other.lg.jp"), []);
});

Deno.test("a display name with another address, or staff's name, warns", () => {
  deepEqual(warnings("evil@mail.example.com", "officer@pref.example.lg.jp"), ["names_other_address"]);
  deepEqual(warnings("evil@mail.example.com", "契約太郎 (officer＠pref.example.lg.jp)"), [
    "names_other_address",
    "staff_name",
  ]);
  deepEqual(warnings("evil@mail.example.com", "見本県電子契約 事務局"), ["staff_name"]);
});

Deno.test("what hides in a name, and answers wished elsewhere, warn", () => {
  const hidden = writerWarnings({ ...box("a@vendor.example.jp", "見本"), hidden: true }, [], KNOWN);
  deepEqual(hidden, ["hidden_characters"]);
  deepEqual(warnings("a@vendor.example.jp", "", ["a@vendor.example.jp", "x@mail.example.com"]), [
    "reply_elsewhere",
  ]);
});

const LOOKS: readonly (readonly [string, string, boolean])[] = [
  ["pref.examp1e.lg.jp", "pref.example.lg.jp", true],
  ["pref.exarnple.lg.jp", "pref.example.lg.jp", true],
  ["pref.exаmple.lg.jp", "pref.example.lg.jp", true],
  ["pref.example.lg.jp.attacker.example", "pref.example.lg.jp", true],
  ["pref-example.lg.jp", "prefexample.lg.jp", true],
  ["pref.example-lg.jp", "pref.example.lg.jp", true],
  ["prefexample.jp", "pref.example.jp", true],
  ["perf.example.jp", "pref.example.jp", true],
  ["preff.example.jp", "pref.example.jp", true],
  ["pref.exmple.jp", "pref.example.jp", true],
  ["pref.exemple.lg.jp", "pref.example.lg.jp", false],
  ["mail.pref.example.lg.jp", "pref.example.lg.jp", false],
  ["example.lg.jp", "pref.example.lg.jp", false],
  ["vendor.example.jp", "pref.example.lg.jp", false],
  ["a.jp", "b.jp", false],
];

for (const [domain, known, expected] of LOOKS) {
  Deno.test(`${domain} ${expected ? "looks" : "does not look"} like ${known}`, () => {
    equal(looksLike(domain, known), expected);
  });
}

Deno.test("a homograph in Punycode is seen as it is shown", () => {
  deepEqual(warnings("a@pref.xn--exmple-4nf.lg.jp"), ["look_alike_domain"]);
});

Deno.test("no domain looks like itself or what is below it, and nothing breaks on odd ones", () => {
  fc.assert(fc.property(fc.domain(), fc.string(), fc.string({ unit: "binary" }), (domain, label, name) => {
    equal(looksLike(domain, domain.toUpperCase()), false);
    equal(looksLike(`${label}.${domain}`, domain), false);
    deepEqual(writerWarnings(box(`a@${label}`, name), [box(label)], KNOWN).length <= 5, true);
  }));
});
