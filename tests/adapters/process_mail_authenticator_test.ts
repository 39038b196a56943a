import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import {
  type AuthenticatorOptions,
  processMailAuthenticator,
} from "../../lib/adapters/process_mail_authenticator.ts";
import type { Handover, MailAuthenticator, MailVerdict } from "../../lib/mail/authenticator.ts";
import { type Dns, PortError } from "../../lib/ports.ts";
import { mailAuthenticatorConformance } from "../conformance/mail_authenticator.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { fakeDns, type Zone } from "../support/fake_dns.ts";
import { rawMail } from "../support/raw_mail.ts";
import { sealed, signed, signingDomain, zoneOf } from "../support/signed_mail.ts";

mailAuthenticatorConformance(
  "authenticator in a process",
  (blobs, dns) => processMailAuthenticator(blobs, { dns, relays: [], forwarders: ["lists.example.org"] }),
);

const PREF = signingDomain("pref.example.lg.jp");
const LIST = signingDomain("lists.example.org");
const EVIL = signingDomain("evil.example.org");
const ZONE: Zone = {
  ...zoneOf(PREF),
  ...zoneOf(LIST),
  ...zoneOf(EVIL),
  "TXT pref.example.lg.jp": ["v=spf1 ip4:203.0.113.7 -all"],
};
const MAIL = rawMail({
  from: "officer@pref.example.lg.jp",
  to: "keiyaku@bot.example.lg.jp",
  subject: "契約書",
  text: "お願いします。",
});
const PASSED = "dmarc=pass (p=REJECT) header.from=pref.example.lg.jp";

type Options = Partial<Pick<AuthenticatorOptions, "relays" | "forwarders">> & {
  readonly zone?: Zone;
  readonly asked?: string[];
};
type VerdictOn = (raw: Uint8Array, handover?: Partial<Handover>, options?: Options) => Promise<MailVerdict>;

/** A test with one worker for all mails that are checked alike. */
function test(name: string, body: (verdictOn: VerdictOn) => Promise<void>): void {
  Deno.test(name, async () => {
    const blobs = memoryBlobs(fakeClock());
    const authenticators = new Map<string, MailAuthenticator>();
    let dns = fakeDns(ZONE);
    try {
      await body(async (raw, handover = {}, options = {}) => {
        const { zone = ZONE, asked, relays = [], forwarders = ["lists.example.org"] } = options;
        dns = fakeDns(zone, asked);
        const key = JSON.stringify([relays, forwarders]);
        const made = authenticators.get(key) ?? processMailAuthenticator(blobs, {
          dns: { lookup: (domain, type) => dns.lookup(domain, type) },
          relays,
          forwarders,
        });
        authenticators.set(key, made);
        const { sha256 } = await blobs.put(raw);
        const sender = "officer@pref.example.lg.jp";
        return await made.authenticate(sha256, { sender, clientIp: null, helo: null, ...handover });
      });
    } finally {
      for (const each of authenticators.values()) await each.close();
    }
  });
}

const withHeader = (line: string, raw: Uint8Array) => Buffer.concat([Buffer.from(`${line}\r\n`), raw]);

test("a sender that its domain lists vouches when it comes in directly", async (verdictOn) => {
  const { spf, dmarc, aligned } = await verdictOn(MAIL, { clientIp: "203.0.113.7", helo: "mx.pref.example" });
  deepEqual([spf, dmarc, aligned], ["pass", "pass", true]);
  const other = await verdictOn(MAIL, { clientIp: "203.0.113.8", helo: "mx.pref.example" });
  deepEqual([other.spf, other.dmarc, other.aligned], ["fail", "fail", false]);
});

test("the house's own relay vouches for nobody, nor does a client that might be one", async (verdictOn) => {
  const asked: string[] = [];
  for (const relays of [["203.0.113.7"], null]) {
    const { spf, aligned } = await verdictOn(MAIL, { clientIp: "::ffff:203.0.113.7" }, { relays, asked });
    deepEqual([spf, aligned], ["none", false]);
  }
  for (
    const clientIp of ["127.0.0.1", "::1", "10.1.2.3", "::ffff:192.168.0.9", "fd00::1", "not an address"]
  ) {
    equal((await verdictOn(MAIL, { clientIp }, { asked })).spf, "none", clientIp);
  }
  deepEqual(asked, []);
});

test("a signature that lets something be added vouches for nothing", async (verdictOn) => {
  const partly = await verdictOn(await signed(MAIL, PREF, { maxBodyLength: 20 }));
  deepEqual([partly.dkim, partly.dmarc, partly.aligned], ["pass", "pass", false]);
  const open = await verdictOn(await signed(MAIL, PREF, { headerList: "From:To:Date" }));
  deepEqual([open.dkim, open.dmarc, open.aligned], ["pass", "pass", false]);
  const testing = { ...ZONE, "TXT s1._domainkey.pref.example.lg.jp": [`${PREF.record}; t=y`] };
  equal((await verdictOn(await signed(MAIL, PREF), {}, { zone: testing })).aligned, false);
});

test("a second field above the signed one makes a mail unsound", async (verdictOn) => {
  const whole = await signed(MAIL, PREF);
  for (
    const line of ["Subject: other", "From: officer@pref.example.lg.jp", "Content-Type: text/plain", "to : x"]
  ) {
    const { aligned, dmarc } = await verdictOn(withHeader(line, whole));
    deepEqual([aligned, dmarc], [false, "none"], line);
  }
  equal((await verdictOn(withHeader("X-Other: x", whole))).aligned, true);
});

test("a flood of signatures, or a header without end, is asked about no one", async (verdictOn) => {
  const asked: string[] = [];
  const one = "DKIM-Signature: v=1; a=rsa-sha256; d=a.example; s=s; h=from; bh=x; b=y";
  for (const raw of [withHeader(Array(11).fill(one).join("\r\n"), MAIL), Buffer.alloc(300_000, "x")]) {
    equal((await verdictOn(raw, { clientIp: "203.0.113.7" }, { asked })).aligned, false);
  }
  deepEqual(asked, []);
});

test("a trusted forwarder's word counts where its changes broke the signature", async (verdictOn) => {
  const broken = Buffer.from(
    Buffer.from(await signed(MAIL, PREF)).toString("latin1").replace("--\r\n", "--\r\nfooter\r\n"),
    "latin1",
  );
  const through = await sealed(broken, LIST, PASSED);
  const { dkim, dmarc, arc, aligned } = await verdictOn(through);
  deepEqual([dkim, dmarc, arc, aligned], ["neutral", "fail", "pass", true]);
  equal((await verdictOn(through, {}, { forwarders: [] })).aligned, false);
  const failed = await sealed(broken, LIST, "dmarc=fail header.from=pref.example.lg.jp");
  equal((await verdictOn(failed)).aligned, false);
  const ofAnother = await sealed(broken, LIST, "dmarc=pass header.from=evil.example.org");
  equal((await verdictOn(ofAnother)).aligned, false);
});

test("a chain of forwarders that are all trusted is believed from its beginning", async (verdictOn) => {
  const chained = await sealed(await sealed(MAIL, LIST, PASSED), EVIL, "arc=pass", "pass");
  equal((await verdictOn(chained)).aligned, false);
  const forwarders = ["lists.example.org", "evil.example.org"];
  const { arc, aligned } = await verdictOn(chained, {}, { forwarders });
  deepEqual([arc, aligned], ["pass", true]);
});

test("a chain that began with someone untrusted counts for nothing, nor does one that was broken", async (verdictOn) => {
  const begun = await sealed(MAIL, EVIL, PASSED);
  const chained = await sealed(begun, LIST, "arc=pass; dmarc=fail header.from=pref.example.lg.jp", "pass");
  const verdict = await verdictOn(chained);
  deepEqual([verdict.arc, verdict.aligned], ["pass", false]);
  const changed = Buffer.from(await sealed(MAIL, LIST, PASSED)).toString("latin1").replace(
    "--\r\n",
    "--\r\nx\r\n",
  );
  const broken = await verdictOn(Buffer.from(changed, "latin1"));
  deepEqual([broken.arc, broken.aligned], ["fail", false]);
});

/** An authenticator with one signed mail in its blobs. */
async function withOne(options: Partial<AuthenticatorOptions>) {
  const blobs = memoryBlobs(fakeClock());
  const { sha256 } = await blobs.put(await signed(MAIL, PREF));
  const authenticator = processMailAuthenticator(blobs, {
    dns: fakeDns(ZONE),
    relays: [],
    forwarders: [],
    ...options,
  });
  const check = () => authenticator.authenticate(sha256, { sender: "", clientIp: null, helo: null });
  return { check, authenticator, blobs };
}

const SILENT_DNS: Dns = { lookup: () => new Promise(() => {}) };

Deno.test("DNS that keeps silent costs a mail its verdict for now, and no worker", async () => {
  const { check, authenticator } = await withOne({ dns: SILENT_DNS, dnsMs: 1 });
  const { aligned, temporary } = await check();
  deepEqual([aligned, temporary], [false, true]);
  await authenticator.close();
});

Deno.test("a check that takes too long ends as an error that passes; so does one that is closed", async () => {
  const { check, authenticator } = await withOne({ dns: SILENT_DNS, wholeMs: 1 });
  const timeout = (error: unknown) =>
    error instanceof PortError && error.retryable && error.code === "timeout";
  await rejects(check(), timeout);
  await authenticator.close();
  await rejects(check(), PortError);
});

Deno.test("mails that were on their way with one that cost the worker are checked again", async () => {
  const asked = Promise.withResolvers<void>();
  const answers = fakeDns(ZONE);
  let questions = 0;
  const dns: Dns = {
    lookup(name, type) {
      if (++questions > 1) return answers.lookup(name, type);
      asked.resolve();
      return new Promise(() => {}); // The worker is gone before this is answered.
    },
  };
  const { check, authenticator, blobs } = await withOne({ dns });
  const onItsWay = check();
  await asked.promise;
  const { open } = blobs;
  blobs.open = async (sha256) => {
    const source = await open.call(blobs, sha256);
    let reads = 0;
    const read = (offset: number, length: number) => {
      if (++reads > 1) throw new Error("the disk broke");
      return source.read(offset, length);
    };
    return { size: source.size, read, close: () => source.close() };
  };
  await rejects(check(), PortError);
  equal((await onItsWay).aligned, true);
  await authenticator.close();
});

test("a line without end ends the check, and the next mail is not kept waiting", async (verdictOn) => {
  const endless = Buffer.concat([await signed(MAIL, PREF), Buffer.alloc(3_000_000, "x")]);
  const [first, second] = await Promise.all([verdictOn(endless), verdictOn(await signed(MAIL, PREF))]);
  deepEqual([first.aligned, first.dmarc, second.aligned], [false, "none", true]);
});

test("whatever a message holds ends as a verdict, and no change of the body passes", async (verdictOn) => {
  const whole = await sealed(await signed(MAIL, PREF), LIST, PASSED);
  const end = Buffer.from(whole).indexOf("\r\n\r\n");
  const change = fc.tuple(
    fc.nat(end),
    fc.nat(12),
    fc.oneof(
      fc.constantFrom(
        ";",
        "=",
        "d=",
        "h=from",
        "\r\n",
        "\r\n ",
        "a=rsa-sha1;",
        "\0",
        "i=2;",
        "l=0;",
        "c=x/y;",
      ),
      fc.string({ maxLength: 8 }),
    ),
  );
  await fc.assert(
    fc.asyncProperty(change, async ([at, length, text]) => {
      const raw = Buffer.concat([whole.subarray(0, at), Buffer.from(text), whole.subarray(at + length)]);
      const { aligned, temporary } = await verdictOn(raw);
      equal(typeof aligned, "boolean");
      equal(temporary, false);
    }),
    { numRuns: 150 },
  );
  const body = fc.tuple(
    fc.integer({ min: end + 4, max: whole.length - 3 }),
    fc.integer({ min: 33, max: 126 }),
  );
  await fc.assert(
    fc.asyncProperty(body, async ([at, byte]) => {
      const raw = Buffer.from(whole);
      fc.pre(raw[at] !== byte && raw[at]! > 32);
      raw[at] = byte;
      equal((await verdictOn(raw)).aligned, false);
    }),
    { numRuns: 60 },
  );
});

Deno.test("a worker that has served enough is replaced", async () => {
  const { check, authenticator } = await withOne({ mailsPerProcess: 1 });
  for (let mail = 0; mail < 2; mail++) equal((await check()).aligned, true);
  await authenticator.close();
});
