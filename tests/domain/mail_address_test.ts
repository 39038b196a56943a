import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import {
  addressKey,
  domainOf,
  isMailAddress,
  normalAddress,
  sameAddress,
  withoutSubAddress,
} from "../../lib/domain/mail_address.ts";

Deno.test("R2 an address is used half-width, its domain in lower case, its local part as written", () => {
  equal(normalAddress("　Ｔａｒｏ＠Ｅｘａｍｐｌｅ．ＪＰ "), "Taro@example.jp");
  equal(normalAddress("no address"), "no address");
});

Deno.test("the domain is what stands behind the last @, as written", () => {
  equal(domainOf("Taro@Example.jp"), "Example.jp");
  equal(domainOf('"a@b"@example.jp'), "example.jp");
  equal(domainOf("example.jp"), "example.jp");
});

Deno.test("R3 addresses are compared without case, after NFKC", () => {
  equal(sameAddress("Taro@Example.jp", "ｔａｒｏ＠example.JP"), true);
  equal(sameAddress("taro@example.jp", "taro.@example.jp"), false);
  equal(addressKey("Taro@Example.jp"), "taro@example.jp");
});

Deno.test("R4 mail can be sent to these", () => {
  for (
    const address of [
      "a@example.jp",
      "taro..yamada.@docomo.ne.jp",
      "ｔａｒｏ@example.jp",
      "o'neil+x@sub.example.co.jp",
    ]
  ) equal(isMailAddress(address), true, address);
});

Deno.test("R4 mail can't be sent to these", () => {
  const long = `${"a".repeat(65)}@example.jp`;
  const longer = `${"a".repeat(60)}@${`${"b".repeat(60)}.`.repeat(4)}jp`;
  for (
    const address of [
      "",
      "@example.jp",
      "taro",
      "taro@localhost",
      "taro@-example.jp",
      "taro@example..jp",
      "太郎@example.jp",
      "a b@example.jp",
      "a@b@example.jp",
      "a@example.jp\r\nBcc: b@example.jp",
      "taro@example.j",
      long,
      longer,
    ]
  ) equal(isMailAddress(address), false, address);
});

Deno.test("normalising twice changes nothing more", () => {
  fc.assert(fc.property(fc.oneof(fc.emailAddress(), fc.string()), (written) => {
    equal(normalAddress(normalAddress(written)), normalAddress(written));
  }));
});

Deno.test("R14 a sub-address is its mailbox; a plus elsewhere stays", () => {
  equal(withoutSubAddress("keiyaku+c.R8-1.x+y@Bot.example.jp"), "keiyaku@bot.example.jp");
  equal(withoutSubAddress("+81@example.jp"), "+81@example.jp");
  equal(withoutSubAddress("taro@example.jp"), "taro@example.jp");
});
