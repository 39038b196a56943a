/**
 * The main job by Resend alone, in and out, on a service as operators run it. Resend misbehaves: it asks for a
 * slower pace, breaks off, fails, repeats events, and others pretend to be it. Events are signed by Svix's library.
 */
import { match, ok, strictEqual as equal } from "node:assert/strict";
import { instantOf } from "../../lib/domain/instant.ts";
import { demoClockOffset, demoScript } from "../../lib/tasks/demo_script.ts";
import { playMainJob } from "../../lib/tasks/main_job.ts";
import type { PostedMail } from "../../lib/tasks/post_mail.ts";
import { rawMail } from "../support/raw_mail.ts";
import { signed, signingDomain, zoneOf } from "../support/signed_mail.ts";
import { assertExecuted } from "./executed.ts";
import { SIGNED_DOMAINS } from "./mail_host_files.ts";
import { peerService } from "./peer_service.ts";
import { mailboxOver } from "./received_letter.ts";
import { letterTaken, type ResendPlace, resendPlace } from "./resend_place.ts";
import { signedBySvix } from "./resend_sdk.ts";
import { casePage, deliveriesOn } from "./stage.ts";
import { until } from "./until.ts";

const DOMAINS = SIGNED_DOMAINS.map(signingDomain);
const SECRET = `whsec_${btoa("0123456789abcdef01234567")}`;
const OFFICER = "officer@pref.example.lg.jp";

/** The time on the service's clock, in ms since 1970, in whole seconds. */
const serviceMs = (): number => Math.floor(Date.now() / 1000 + demoClockOffset()) * 1000;

/** Posts events to one service; gives the status of the answer. */
type Tell = (body: string, change?: { id?: string; signature?: string; ms?: number }) => Promise<number>;

function teller(http: string): Tell {
  return async (body, { id = crypto.randomUUID(), ms = serviceMs(), signature } = {}) => {
    const response = await fetch(`${http}/webhooks/resend`, {
      method: "POST",
      headers: {
        "svix-id": id,
        "svix-timestamp": String(ms / 1000),
        "svix-signature": signature ?? await signedBySvix(SECRET, { id, ms, body }),
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  };
}

const event = (type: string, data: unknown): string =>
  JSON.stringify({ type, created_at: instantOf(serviceMs()), data });

/** Lets a mail come in: the event comes forged, late, right, and once more. */
async function arrive({ inbound }: ResendPlace, tell: Tell, mail: PostedMail): Promise<void> {
  const domain = DOMAINS.find((each) => mail.from.endsWith(`@${each.domain}`))!;
  const files = mail.files.map(({ filename, content, contentType }) => ({
    filename,
    content,
    type: contentType,
  }));
  const raw = await signed(rawMail({ ...mail, messageId: `${mail.id}@${domain.domain}`, files }), domain);
  inbound.mails.unshift({
    id: mail.id,
    at: instantOf(serviceMs()),
    from: mail.from,
    to: [mail.to],
    receivedFor: [mail.to],
    subject: mail.subject,
    raw,
  });
  const body = event("email.received", { email_id: mail.id, from: mail.from, to: [mail.to] });
  equal(await tell(body, { signature: `v1,${btoa("x".repeat(32))}` }), 401);
  equal(await tell(body, { ms: serviceMs() - 600_000 }), 401);
  equal(inbound.asked.includes(`/emails/receiving/${mail.id}`), false, "a forged event has nothing fetched");
  const id = crypto.randomUUID();
  equal(await tell(body, { id }), 200);
  equal(await tell(body, { id }), 200);
}

Deno.test("the main job by a Resend that misbehaves: each letter once, nothing lost, only its own events count", async () => {
  const place = resendPlace();
  const service = await peerService();
  try {
    const mx = [...SIGNED_DOMAINS].map((name) => [`MX ${name}`, [`10 mx.${name}`]]);
    await service.start({
      mailOutUrl: "resend:",
      zone: {
        ...DOMAINS.map((each) => zoneOf(each)).reduce((all, one) => ({ ...all, ...one })),
        ...Object.fromEntries(mx),
      },
      dkim: null,
      environment: {
        RESEND_API_KEY: "re_test",
        RESEND_BASE_URL: place.url,
        RESEND_WEBHOOK_SECRET: SECRET,
      },
    });
    const { address } = service.process;
    const tell = teller(address.http);
    place.inbound.moods.push("slower");
    place.inbound.downloadMoods.push("cut");
    place.letters.moods.push({ slower: 0 }, "cut_after_taking", "fail_after_taking", "fail");
    const taken = () => place.letters.taken.map(letterTaken);
    const job = await playMainJob(address, await demoScript(), undefined, {
      mailbox: mailboxOver((to) => Promise.resolve(taken().filter((letter) => letter.to === to))),
      post: (mail) => arrive(place, tell, mail),
    });
    await assertExecuted(service, "resend", job);
    await until("all completions", () => taken().filter(({ kind }) => kind === "completion").length === 4);
    await until("the end of all tries", () => place.letters.moods.length === 0);

    const ids = place.letters.taken.map(({ headers }) => headers["Message-ID"]);
    equal(new Set(ids).size, ids.length, "each letter once");
    equal(ids.length, 10, "receipt, notice, summary, 3 requests, 4 completions");
    ok(place.letters.keys.length >= ids.length + 4, "and what failed was tried again");
    const mails = place.inbound.asked.filter((path) => path.startsWith("/emails/receiving/"));
    equal(mails.length, 4, "two mails, one of them asked for again twice");

    const vendor = taken().find(({ kind, to }) => kind === "completion" && to !== OFFICER)!;
    const tag = place.letters.taken.find(({ id }) => id === vendor.id)!.tags[0]!.value;
    const bounce = { type: "Permanent", subType: "General", message: "550 5.1.1 user unknown" };
    equal(await tell(event("email.bounced", { email_id: vendor.id, tags: { letter: tag }, bounce })), 200);
    const notice = taken().find(({ kind }) => kind === "case-notice")!;
    const row = await until(
      "the bounce on the page",
      async () => deliveriesOn(await casePage(notice), vendor.to).find((each) => each.includes("未達")),
    );
    match(row, /宛先のメールアドレスが見つかりません/);
    await until(
      "the officer told",
      () => taken().some(({ kind, to }) => kind === "delivery-problem" && to === OFFICER),
    );
  } catch (error) {
    console.error(service.process.output, place.inbound.asked);
    throw error;
  } finally {
    await service.close();
    await place.close();
  }
});
