import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { readHistory } from "../../lib/flows/case_records.ts";
import { AUTH_TRIES } from "../../lib/flows/check_writer.ts";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";
import {
  type Handover,
  type MailAuthenticator,
  type MailVerdict,
  NOBODY,
} from "../../lib/mail/authenticator.ts";
import { caseAddress } from "../../lib/mail/bot_address.ts";
import type { MailDoor } from "../../lib/mail/envelope.ts";
import { PortError } from "../../lib/ports.ts";
import { BOT, FORM_MAIL, VENDOR } from "../support/inbox_case.ts";
import { always, vouchedBy } from "../support/nobody_vouches.ts";
import { paperWorld } from "../support/paper_world.ts";
import { OFFICER } from "../support/sample_case.ts";

const VOUCHED = vouchedBy("pref.example.lg.jp");
const UNSURE: MailVerdict = { ...NOBODY, dkim: "temperror", temporary: true };
const STATUS = { from: OFFICER.address, text: "状況" };

/** A world with a case, in which later mails get the verdict of `verdicts`. */
async function withVerdict(
  authenticator: MailAuthenticator,
  mailAuth: World["mailAuth"] = "enforce",
) {
  const paper = paperWorld({ mailAuth, authenticator });
  const { caseNumber } = await paper.post(FORM_MAIL);
  return { ...paper, rcpt: caseAddress(BOT, caseNumber!, paper.world.keys), number: caseNumber! };
}

Deno.test("an officer's mail that is vouched for acts where that is enforced", async () => {
  const { post, orders, rcpt } = await withVerdict(always(VOUCHED));
  const entry = await post({ ...STATUS, rcpt });
  deepEqual([entry.fate, entry.verdict], ["answered", VOUCHED]);
  equal((await orders()).some(({ letter }) => letter === "status"), true);
});

Deno.test("while DNS does not answer, an officer's mail waits; after some tries nobody vouches for it", async () => {
  const { post, orders, attempt, rcpt } = await withVerdict(always(UNSURE));
  await rejects(
    post({ ...STATUS, rcpt }),
    (error: unknown) => error instanceof PortError && error.retryable,
  );
  await rejects(attempt(AUTH_TRIES - 1), PortError);
  equal((await attempt(AUTH_TRIES)).fate, "answered");
  const refusal = (await orders()).find(({ letter }) => letter === "refusal");
  deepEqual((refusal?.about as { reasons: unknown }).reasons, [{ code: "not_authenticated", about: null }]);
});

Deno.test("nothing waits for DNS where it decides nothing", async () => {
  const observed = await withVerdict(always(UNSURE), "observe");
  equal((await observed.post({ ...STATUS, rcpt: observed.rcpt })).fate, "answered");
  equal((await observed.orders()).some(({ letter }) => letter === "status"), true);
  const { post, rcpt } = await withVerdict(always(UNSURE));
  equal((await post({ from: VENDOR, rcpt, text: "質問です。" })).fate, "passed_on");
  equal((await post({ ...STATUS, rcpt, automatic: "subject" })).fate, "automatic");
});

Deno.test("a check that breaks is made again, and at last taken for none", async () => {
  const broken: MailAuthenticator = {
    authenticate: () => Promise.reject(new PortError("unavailable", "Cannot check", { retryable: true })),
    close: () => Promise.resolve(),
  };
  const { post, attempt, rcpt } = await withVerdict(broken);
  const known = await post({ from: VENDOR, rcpt, text: "質問です。" });
  deepEqual([known.fate, known.verdict], ["passed_on", undefined]);
  await rejects(post({ ...STATUS, rcpt }), PortError);
  equal((await attempt(AUTH_TRIES)).fate, "answered");
});

Deno.test("a bug in the check is no verdict", async () => {
  const faulty: MailAuthenticator = {
    authenticate: () => Promise.reject(new TypeError("x is not a function")),
    close: () => Promise.resolve(),
  };
  await rejects(paperWorld({ authenticator: faulty }).post(FORM_MAIL), TypeError);
});

Deno.test("only SMTP tells who the sender's host is", async () => {
  const seen: Handover[] = [];
  const watching: MailAuthenticator = {
    authenticate: (_raw, handover) => (seen.push(handover), Promise.resolve(NOBODY)),
    close: () => Promise.resolve(),
  };
  const { world, post, attempt } = paperWorld({ authenticator: watching });
  const { raw } = await post(FORM_MAIL);
  const text = new TextDecoder().decode(await world.blobs.get(raw));
  const client = { clientIp: "203.0.113.7", helo: "mx.vendor.example.jp" };
  for (const door of ["smtp", "lmtp", "http", "resend"] satisfies MailDoor[]) {
    await receiveMail(world, {
      envelope: { from: VENDOR, to: [BOT] },
      content: new Blob([text.replace("paper-0@", `${door}@`)]).stream(),
      transport: { door, ...client, encrypted: true },
    });
    await attempt(0);
  }
  const unknown = { sender: VENDOR, clientIp: null, helo: null };
  deepEqual(seen, [unknown, { sender: VENDOR, ...client }, unknown, unknown, unknown]);
});

Deno.test("a verdict on another domain than the address's is none", async () => {
  const { post, orders, rcpt } = await withVerdict(always(vouchedBy("vendor.example.jp")));
  equal((await post({ ...STATUS, rcpt })).fate, "answered");
  deepEqual((await orders()).filter(({ to }) => to === OFFICER.address).map(({ letter }) => letter).sort(), [
    "case-notice",
    "refusal",
  ]);
});

Deno.test("what is known of the writer goes with the case and with what officers are shown", async () => {
  const { post, orders, world, number, rcpt, state } = await withVerdict(
    always(vouchedBy("vendor.example.jp")),
  );
  const [opened] = await readHistory(world.store, number);
  deepEqual(opened?.event.did === "opened" && opened.event.check, { vouched: true, warnings: [] });
  deepEqual((await state(number)).check, { vouched: true, warnings: [] });
  await post({
    from: VENDOR,
    rcpt,
    text: "質問です。",
    replyTo: [{ name: "", address: "x@mail.example.com" }],
  });
  const question = (await orders()).find(({ letter }) => letter === "question");
  deepEqual((question?.about as { check: unknown }).check, { vouched: true, warnings: ["reply_elsewhere"] });
});
