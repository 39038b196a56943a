import { strictEqual as equal } from "node:assert/strict";
import { plusMs } from "../../lib/domain/instant.ts";
import { ClientCounts } from "../../lib/mail/client_rates.ts";

const NOW = "2026-11-24T01:00:00.000Z";
const RATES = { connections: 2, connectionsAMinute: 3, mailsAMinute: 2, bytesAMinute: 1_000 };

Deno.test("so many connections at once, and one more when one has ended", () => {
  const counts = new ClientCounts({ ...RATES, connectionsAMinute: 100 });
  equal(counts.enter("192.0.2.1", NOW), true);
  equal(counts.enter("192.0.2.1", NOW), true);
  equal(counts.enter("192.0.2.1", NOW), false);
  equal(counts.enter("192.0.2.2", NOW), true, "another client is another's matter");
  counts.leave("192.0.2.1");
  equal(counts.enter("192.0.2.1", NOW), true);
  equal(counts.enter("192.0.2.1", NOW), false, "the refused one was counted as open");
});

Deno.test("so many connections a minute", () => {
  const counts = new ClientCounts(RATES);
  const once = (at: string) => {
    const entered = counts.enter("192.0.2.1", at);
    if (entered) counts.leave("192.0.2.1");
    return entered;
  };
  for (const expected of [true, true, true, false]) equal(once(NOW), expected);
  equal(once(plusMs(NOW, 59_999)), false);
  equal(once(plusMs(NOW, 60_000)), true);
});

Deno.test("so many mails a minute, over all connections", () => {
  const counts = new ClientCounts(RATES);
  for (const expected of [true, true, false, false]) equal(counts.mail("192.0.2.1", NOW), expected);
  equal(counts.mail("192.0.2.9", NOW), true);
  equal(counts.mail("192.0.2.1", plusMs(NOW, 60_000)), true);
});

Deno.test("so many bytes a minute: the mail that passes them is the last", () => {
  const counts = new ClientCounts({ ...RATES, mailsAMinute: 100 });
  equal(counts.mail("192.0.2.1", NOW), true);
  counts.took("192.0.2.1", 999, NOW);
  equal(counts.mail("192.0.2.1", NOW), true);
  counts.took("192.0.2.1", 5_000, NOW);
  equal(counts.mail("192.0.2.1", NOW), false);
  equal(counts.mail("192.0.2.1", plusMs(NOW, 60_000)), true);
});

const SAME: readonly (readonly [string, string, boolean])[] = [
  ["2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true],
  ["2001:db8:1:2::1", "2001:0DB8:0001:0002:0:0:0:9", true],
  ["2001:db8:1:2::1", "2001:db8:1:3::1", false],
  ["2001:db8::1", "2001:db8:0:0:5::", true],
  ["::1", "::2", true],
  ["fe80::1%eth0", "fe80::2%eth1", true],
  ["::ffff:192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
];

for (const [one, other, same] of SAME) {
  Deno.test(`${one} and ${other} are ${same ? "one client" : "two clients"}`, () => {
    const counts = new ClientCounts({ ...RATES, mailsAMinute: 1 });
    counts.mail(one, NOW);
    equal(counts.mail(other, NOW), !same);
  });
}

Deno.test("a flood of clients takes no memory without end, and forgets nobody who is connected", () => {
  const counts = new ClientCounts({ ...RATES, connections: 1 });
  counts.enter("192.0.2.1", NOW);
  for (let client = 0; client < 20_000; client++) {
    counts.mail(`10.${client >> 16}.${(client >> 8) & 255}.${client & 255}`, NOW);
  }
  equal(counts.enter("192.0.2.1", NOW), false);
});
