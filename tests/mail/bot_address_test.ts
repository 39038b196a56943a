import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { keyringOf } from "../../lib/link/keyring.ts";
import {
  caseAddress,
  caseNumbersIn,
  classifyAddress,
  departmentAddress,
} from "../../lib/mail/bot_address.ts";

const keys = keyringOf(new Uint8Array(32).fill(1));
const botAddress = "keiyaku@bot.example.lg.jp";
const classify = (address: string) => classifyAddress(address, { botAddress, keys });

Deno.test("a case's address leads back to the case, in any case of letters", () => {
  const address = caseAddress(botAddress, "R8-000123", keys);
  ok(/^keiyaku\+c\.R8-000123\.[a-z2-7]{16}@bot\.example\.lg\.jp$/.test(address), address);
  for (const written of [address, address.toUpperCase(), address.toLowerCase(), ` ${address} `]) {
    deepEqual(classify(written), { to: "case", number: "R8-000123" });
  }
});

Deno.test("the local part stays within 64 characters for any number of a case", () => {
  const number = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 999_999_999_999 }))
    .map(([year, serial]) => `R${year}-${String(serial).padStart(6, "0")}`);
  fc.assert(fc.property(number, (each) => {
    const address = caseAddress(botAddress, each, keys);
    ok(address.split("@")[0]!.length <= 64);
    deepEqual(classify(address), { to: "case", number: each });
  }));
});

Deno.test("a code that is not ours leads nowhere", () => {
  const address = caseAddress(botAddress, "R8-000123", keys);
  equal(classify(address.replace("000123", "000124")), null);
  equal(classify(address.replace(/\.[a-z2-7]{16}@/, ".aaaaaaaaaaaaaaaa@")), null);
  equal(classify(address.replace(/.@/, "@")), null);
  equal(classify(caseAddress(botAddress, "R8-000123", keyringOf(new Uint8Array(32).fill(2)))), null);
});

Deno.test("codes differ from case to case in every bit that counts", () => {
  const codes = Array.from(
    { length: 200 },
    (_, serial) =>
      /\.([a-z2-7]{16})@/.exec(caseAddress(botAddress, `R8-${String(serial).padStart(6, "0")}`, keys))![1]!,
  );
  equal(new Set(codes).size, 200);
  for (let at = 0; at < 16; at++) ok(new Set(codes.map((code) => code[at])).size > 20, `place ${at}`);
});

Deno.test("departments and the bot itself", () => {
  deepEqual(classify("Keiyaku@BOT.example.lg.jp"), { to: "bot" });
  equal(departmentAddress(botAddress, "bukken"), "keiyaku+bukken@bot.example.lg.jp");
  deepEqual(classify("keiyaku+Bukken@bot.example.lg.jp"), { to: "department", id: "bukken" });
});

Deno.test("other addresses are none of the bot's", () => {
  for (
    const address of [
      "keiyaku@example.lg.jp",
      "other@bot.example.lg.jp",
      "keiyaku2@bot.example.lg.jp",
      "keiyaku+@bot.example.lg.jp",
      "keiyaku+a b@bot.example.lg.jp",
      "keiyaku+c.R8-000123@bot.example.lg.jp",
      "keiyaku",
      "",
    ]
  ) equal(classify(address), null, address);
});

Deno.test("case numbers in a subject are found in any width, once each", () => {
  deepEqual(caseNumbersIn("Re: 【R8-000123】契約書（ｒ８－０００１２４）R8‐000123"), [
    "R8-000123",
    "R8-000124",
  ]);
  deepEqual(caseNumbersIn("AR8-000123 R8-00012 R8-0001234567890123 契約"), []);
});
