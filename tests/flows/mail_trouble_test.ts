import { match, ok, strictEqual as equal } from "node:assert/strict";
import { deliveriesOf } from "../../lib/flows/deliveries.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import { type Mailer, PortError } from "../../lib/ports.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { APPROVER, OFFICER, PARTIES } from "../support/sample_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const [SECOND] = PARTIES;

/** A report on a letter to the second party (RFC 3464); `original` is the part that repeats the letter's head. */
const report = ({ head, action, status, said, original }: {
  readonly head: readonly string[];
  readonly action: string;
  readonly status: string;
  readonly said: string;
  readonly original?: string;
}): string =>
  [
    ...head,
    "To: keiyaku@bot.example.lg.jp",
    "Auto-Submitted: auto-replied",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="d"',
    "",
    "--d\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n",
    "--d\r\nContent-Type: message/delivery-status\r\n",
    "Reporting-MTA: dns; mx.vendor.example.jp\r\n",
    `Final-Recipient: rfc822; ${SECOND.address}`,
    `Action: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; ${said}\r\n`,
    ...original === undefined ? [] : [original],
    "--d--",
    "",
  ].join("\r\n");

/** Takes a report in as mail from an envelope's sender, and does all that follows. */
async function takeReport(service: TestWorld, from: string, content: string): Promise<void> {
  const envelope = { from, to: ["keiyaku@bot.example.lg.jp"] };
  await receiveMail(service.world, { envelope, content: new Blob([content]).stream() });
  await service.drain();
}

/** A mailer in front of the mailbox that fails for some letters. */
function failing(inner: Mailer, fault: (to: string) => PortError | null): Mailer {
  return {
    send(mail) {
      const error = fault(mail.to);
      return error ? Promise.reject(error) : inner.send(mail);
    },
    ready: () => inner.ready(),
    close: () => inner.close(),
  };
}
const busy = () => new PortError("unavailable", "Cannot send: the relay is busy", { retryable: true });
const refused = () => new PortError("refused", "Cannot send: 550 5.1.1 user unknown", { retryable: false });

Deno.test("a relay that is busy is tried again until it takes the letter, once", async () => {
  let tries = 0;
  const service = await makeWorld({
    wrap: (world) => ({ ...world, mailer: failing(world.mailer, () => ++tries < 4 ? busy() : null) }),
  });
  try {
    const number = await sendSample(service);
    await service.drain();
    equal((await service.letters(SECOND.address)).length, 0);
    for (let minute = 0; minute < 5; minute++) {
      service.clock.advance(60_000);
      await service.drain();
    }
    equal((await service.letters(SECOND.address, "request")).length, 1);
    const party = (await readCase(service.world.store, number))!.value.parties[0]!;
    // The ten days begin when the relay took it, not when the letter was written (R19).
    ok(party.handedOverAt! > "2026-11-24T01:00:00.000Z");
    equal(Date.parse(party.expiresAt!) - Date.parse(party.handedOverAt!), 10 * 86_400_000);
  } finally {
    await service.close();
  }
});

Deno.test("a refused recipient is told to the officer; the others get theirs", async () => {
  let broken = false;
  const service = await makeWorld({
    wrap: (world) => ({
      ...world,
      mailer: failing(world.mailer, (to) => broken && to === SECOND.address ? refused() : null),
    }),
  });
  try {
    const number = await sendSample(service);
    await service.drain();
    broken = true;
    for (const { address } of PARTIES) {
      await agreeThrough(service, address);
      await service.drain();
    }
    equal((await readCase(service.world.store, number))!.value.phase, "completed");
    equal((await service.letters(SECOND.address, "completion")).length, 0);
    equal((await service.letters(APPROVER.address, "completion")).length, 1);
    equal((await service.letters(OFFICER.address, "completion")).length, 1);
    equal((await service.letters(OFFICER.address, "delivery-problem")).length, 1);
  } finally {
    await service.close();
  }
});

Deno.test("a request that comes back later marks its party and tells the officer once", async () => {
  const service = await makeWorld();
  try {
    const number = await sendSample(service);
    await service.drain();
    const { messageId } = (await service.mailTo(SECOND.address, "request")).mail;
    const content = report({
      head: ["From: MAILER-DAEMON@mx.vendor.example.jp", "Subject: Undelivered Mail Returned to Sender"],
      action: "failed",
      status: "5.1.1",
      said: "550 5.1.1 User unknown",
      original: `--d\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${messageId}\r\nSubject: x\r\n`,
    });
    for (const from of ["", "bounce@mx.vendor.example.jp"]) {
      await takeReport(service, from, content);
    }
    equal((await readCase(service.world.store, number))!.value.parties[0]!.bounced, true);
    const problems = await service.letters(OFFICER.address, "delivery-problem");
    equal(problems.length, 1);
    match(problems[0]!.mail.text, /jiro@vendor\.example\.jp/);
    // Whoever knows a letter's Message-ID can write such a report: it informs, and stops nothing.
    await agreeThrough(service, SECOND.address);
    ok((await readCase(service.world.store, number))!.value.parties[0]!.agreedAt !== null);
  } finally {
    await service.close();
  }
});

Deno.test("a delay is shown, and a report that only answers the letter is understood", async () => {
  const service = await makeWorld();
  try {
    const number = await sendSample(service);
    await service.drain();
    const { messageId } = (await service.mailTo(SECOND.address, "request")).mail;
    const fate = async () => {
      const all = await deliveriesOf(service.world.store, number);
      return all.find(({ kind }) => kind === "request");
    };
    const tell = (action: string, status: string, said: string) => {
      const subject = `Subject: report ${action}`;
      const head = ["From: postmaster@vendor.example.jp", subject, `In-Reply-To: ${messageId}`];
      return takeReport(service, "", report({ head, action, status, said }));
    };
    equal((await fate())?.state, "taken");
    await tell("delayed", "4.2.2", "452 4.2.2 over quota");
    equal((await fate())?.state, "delayed");
    equal((await fate())?.reason, "mailbox_full");
    equal((await service.letters(OFFICER.address, "delivery-problem")).length, 0);
    await tell("relayed", "2.0.0", "250 ok");
    equal((await fate())?.state, "delayed");
    await tell("failed", "5.2.2", "552 5.2.2 over quota");
    equal((await fate())?.state, "failed");
    const problem = await service.mailTo(OFFICER.address, "delivery-problem");
    match(problem.mail.text, /容量がいっぱい/);
    match(problem.mail.text, /削除していただくよう/);
  } finally {
    await service.close();
  }
});
