/**
 * What every `MailAuthenticator` keeps to.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import type { Handover, MailAuthenticator } from "../../lib/mail/authenticator.ts";
import { type Blobs, type Dns, PortError } from "../../lib/ports.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { fakeDns, type Zone } from "../support/fake_dns.ts";
import { rawMail } from "../support/raw_mail.ts";
import { signed, signingDomain, zoneOf } from "../support/signed_mail.ts";

/** Opens one of the kind: its clients come in directly, and it believes the seals of `lists.example.org`. */
export type OpenAuthenticator = (blobs: Blobs, dns: Dns) => MailAuthenticator;

const PREF = signingDomain("pref.example.lg.jp");
const OTHER = signingDomain("other.example.org");
const ZONE: Zone = { ...zoneOf(PREF), ...zoneOf(OTHER) };
const HANDOVER: Handover = { sender: "officer@pref.example.lg.jp", clientIp: null, helo: null };
const MAIL = rawMail({
  from: "officer@pref.example.lg.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "契約書",
  text: "お願いします。",
});

/** Registers the suite for one kind of authenticator. */
export function mailAuthenticatorConformance(kind: string, open: OpenAuthenticator): void {
  const test = (
    name: string,
    zone: Zone,
    body: (
      check: (raw: Uint8Array, handover?: Partial<Handover>) => ReturnType<MailAuthenticator["authenticate"]>,
      asked: readonly string[],
    ) => Promise<void>,
  ) =>
    Deno.test(`${kind}: ${name}`, async () => {
      const blobs = memoryBlobs(fakeClock());
      const asked: string[] = [];
      const authenticator = open(blobs, fakeDns(zone, asked));
      try {
        await body(async (raw, handover = {}) => {
          const { sha256 } = await blobs.put(raw);
          return await authenticator.authenticate(sha256, { ...HANDOVER, ...handover });
        }, asked);
      } finally {
        await authenticator.close();
      }
    });

  test("a mail signed by its author's domain is vouched for", ZONE, async (check) => {
    deepEqual(await check(await signed(MAIL, PREF)), {
      domain: "pref.example.lg.jp",
      dkim: "pass",
      spf: "none",
      dmarc: "pass",
      arc: "none",
      aligned: true,
      temporary: false,
    });
  });

  test("nobody vouches for a mail with nothing to show, and nobody is asked", ZONE, async (check, asked) => {
    const verdict = await check(MAIL);
    deepEqual([verdict.dmarc, verdict.aligned, verdict.temporary], ["none", false, false]);
    deepEqual(asked, []);
  });

  test("another domain's signature vouches for that domain alone", ZONE, async (check) => {
    const verdict = await check(await signed(MAIL, OTHER));
    deepEqual([verdict.dkim, verdict.dmarc, verdict.aligned], ["pass", "fail", false]);
  });

  test("a body changed on the way ends it", ZONE, async (check) => {
    const changed = Buffer.from(await signed(MAIL, PREF)).toString("latin1").replace("--\r\n", "--\r\nx\r\n");
    const verdict = await check(Buffer.from(changed, "latin1"));
    deepEqual([verdict.dkim, verdict.dmarc, verdict.aligned], ["neutral", "fail", false]);
  });

  test(
    "a passing signature of a domain without a policy is not enough",
    zoneOf(PREF, null),
    async (check) => {
      const verdict = await check(await signed(MAIL, PREF));
      deepEqual([verdict.dkim, verdict.dmarc, verdict.aligned], ["pass", "none", false]);
    },
  );

  test("what DNS does not answer now may be otherwise later", {
    ...ZONE,
    "TXT s1._domainkey.pref.example.lg.jp": null,
  }, async (check) => {
    const verdict = await check(await signed(MAIL, PREF));
    deepEqual([verdict.dkim, verdict.aligned, verdict.temporary], ["temperror", false, true]);
  });

  test("several mails are checked at once", ZONE, async (check) => {
    const mails = await Promise.all([signed(MAIL, PREF), signed(MAIL, OTHER), signed(MAIL, PREF)]);
    const verdicts = await Promise.all(mails.map((each) => check(each)));
    deepEqual(verdicts.map((each) => each.aligned), [true, false, true]);
  });

  test("a mail that is not there is an error, not a verdict", ZONE, async (check) => {
    equal((await check(await signed(MAIL, PREF))).aligned, true);
    const closed = open(memoryBlobs(fakeClock()), fakeDns({}));
    await rejects(closed.authenticate("0".repeat(64), HANDOVER), PortError);
    await closed.close();
  });
}
