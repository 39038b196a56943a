import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { checkedDomains } from "../../lib/adapters/checked_domains.ts";
import { deliveryReason } from "../../lib/mail/delivery_reason.ts";
import { type Dns, PortError } from "../../lib/ports.ts";
import { LETTER } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";

const BOT = { "bot.example.lg.jp MX": ["10 mx.example.lg.jp"] };

/** A mailer behind the check, in a world whose DNS says just this; `null` for no answer. */
function open(records: Readonly<Record<string, readonly string[] | null>>) {
  const sent: string[] = [];
  const asked: string[] = [];
  const clock = fakeClock();
  const dns: Dns = {
    lookup(name, type) {
      const question = `${name} ${type}`;
      asked.push(question);
      const answer = records[question];
      if (answer !== null) return Promise.resolve(answer ?? []);
      return Promise.reject(new PortError("unavailable", "Cannot ask DNS: no answer", { retryable: true }));
    },
  };
  const relay = {
    send: ({ to }: { to: string }) => (sent.push(to), Promise.resolve()),
    ready: () => Promise.resolve(true),
    close() {},
  };
  const mailer = checkedDomains(relay, { dns, clock });
  return { sent, asked, clock, mailer, post: (to: string) => mailer.send({ ...LETTER, to }) };
}

const refused = (said: RegExp) => (error: unknown) => {
  ok(error instanceof PortError);
  deepEqual([error.code, error.retryable, error.undone], ["refused", false, true]);
  ok(error.cause instanceof Error && said.test(error.cause.message));
  equal(deliveryReason(error.cause.message), "unknown_domain");
  return true;
};

Deno.test("a domain with a mail host, or with an address of its own, gets its letters", async () => {
  const world = {
    "mx.example.jp MX": ["10 a.example.jp", "20 b.example.jp"],
    "a.example.jp A": ["192.0.2.1"],
    "b.example.jp AAAA": ["2001:db8::1"],
    "xn--wgv71a.example.jp MX": ["10 a.example.jp"],
  };
  const { sent, post } = open({ ...BOT, ...world });
  const to = ["x@mx.example.jp", "x@a.example.jp", "x@b.example.jp", "x@日本.example.jp", "x@[192.0.2.1]"];
  for (const address of to) await post(address);
  deepEqual(sent, to);
});

Deno.test("a domain that does not exist or takes no mail is refused at once, in words that are understood", async () => {
  const { sent, post } = open({ ...BOT, "null.example.jp MX": ["0 ."], "none.example.jp MX": ["0 "] });
  await rejects(post("x@exampel.co.jp"), refused(/5\.1\.2/));
  await rejects(post("x@null.example.jp"), refused(/5\.1\.10/));
  await rejects(post("x@none.example.jp"), refused(/5\.1\.10/));
  deepEqual(sent, []);
});

Deno.test("while DNS does not answer, or knows not even us, letters go", async () => {
  const to = "x@example.co.jp";
  for (
    const records of [{ "example.co.jp MX": null, ...BOT }, { "example.co.jp A": null, ...BOT }, {}, {
      "bot.example.lg.jp MX": null,
    }]
  ) {
    const { sent, post } = open(records);
    await post(to);
    deepEqual(sent, [to]);
  }
});

Deno.test("an answer counts for ten minutes", async () => {
  const { asked, post, clock } = open({ ...BOT, "example.co.jp MX": ["10 mx.example.co.jp"] });
  for (let letters = 0; letters < 3; letters++) await post("x@example.co.jp");
  deepEqual(asked, ["example.co.jp MX"]);
  clock.advance(10 * 60_000);
  await post("x@example.co.jp");
  equal(asked.length, 2);
});
