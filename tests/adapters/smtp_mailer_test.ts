import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { simpleParser } from "mailparser";
import forge from "node-forge";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { smtpMailer, type SmtpMailerOptions } from "../../lib/adapters/smtp_mailer.ts";
import { type Mailer, PortError, type PortFault } from "../../lib/ports.ts";
import { type Delivered, LETTER, mailerConformance } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { type RelayBehaviour, testRelay } from "../support/test_relay.ts";

async function openSmtp(behaviour: RelayBehaviour = {}, login = "", options: SmtpMailerOptions = {}) {
  const relay = await testRelay(behaviour);
  const blobs = memoryBlobs(fakeClock());
  return { relay, blobs, mailer: smtpMailer(`smtp://${login}localhost:${relay.port}`, blobs, options) };
}

/** Closes; the vendor's pool looks once more 100 ms after a connection broke, which nothing can call off. */
async function quiet(...mailers: readonly Mailer[]): Promise<void> {
  for (const mailer of mailers) mailer.close();
  await new Promise((resolve) => setTimeout(resolve, 130));
}

async function parsed(raw: Uint8Array): Promise<Delivered> {
  const mail = await simpleParser(Buffer.from(raw), { keepCidLinks: true, skipTextToHtml: true });
  const from = mail.from?.value[0];
  const one = (to: typeof mail.to | undefined) => [to ?? []].flat()[0]?.value[0]?.address ?? null;
  const headers = new Map(
    mail.headerLines.map(({ key, line }) =>
      [key, line.slice(line.indexOf(":") + 1).replace(/\r?\n\s/g, " ").trim()] as const
    ),
  );
  return {
    to: one(mail.to) ?? "",
    fromName: from?.name ?? "",
    fromAddress: from?.address ?? "",
    replyTo: one(mail.replyTo),
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html || "",
    messageId: mail.messageId ?? "",
    headers,
    attachments: mail.attachments.map(({ filename = "", contentType, content }) => ({
      filename,
      contentType,
      content,
    })),
  };
}

mailerConformance("smtp mailer", async () => {
  const { relay, blobs, mailer } = await openSmtp();
  const delivered = () => Promise.all(relay.received.map(({ raw }) => parsed(raw)));
  return { mailer, blobs, delivered, remove: () => relay.close() };
});

/** Sends a letter to a relay that behaves so; the fault must be this one. */
function refusal(name: string, behaviour: RelayBehaviour, code: PortFault, retryable: boolean): void {
  Deno.test(`a relay that ${name}: ${code}, ${retryable ? "may pass" : "final"}`, async () => {
    const { relay, mailer } = await openSmtp(behaviour);
    try {
      await rejects(mailer.send(LETTER), (error) => {
        ok(error instanceof PortError);
        deepEqual([error.code, error.retryable], [code, retryable], error.message);
        ok(!`${error.message} ${error.cause}`.includes("@"), "an address got into the message");
        return true;
      });
    } finally {
      await quiet(mailer);
      await relay.close();
    }
  });
}

const words = (code: number) => () => `${code} <tanaka@example.co.jp>: no`;
refusal("knows no such recipient", { onRecipient: words(550) }, "refused", false);
refusal("has a full mailbox for good", { onRecipient: words(552) }, "refused", false);
refusal("is greylisting", { onRecipient: words(451) }, "refused", true);
refusal("is too busy for the recipient", { onRecipient: words(421) }, "unavailable", true);
refusal("refuses the message for good", { onMessage: words(554) }, "refused", false);
refusal("can't take the message now", { onMessage: words(452) }, "refused", true);
refusal(
  "takes nothing so large",
  { onMessage: () => "552 5.3.4 Message size exceeds limit" },
  "too_large",
  false,
);
refusal("doesn't know us", { onSender: words(550) }, "unavailable", true);
refusal("wants a login", { login: { user: "a", pass: "b" } }, "unavailable", true);

Deno.test("an address that SMTP can't carry is final, and the mailer goes on", async () => {
  const { relay, mailer } = await openSmtp();
  const final = (error: unknown) =>
    error instanceof PortError && error.code === "refused" && !error.retryable;
  await rejects(mailer.send({ ...LETTER, to: "田中 <x>@example.jp" }), final);
  await mailer.send(LETTER);
  equal(relay.received.length, 1);
  mailer.close();
  await relay.close();
});

Deno.test("nobody who listens: not ready, may pass", async () => {
  const { relay, mailer } = await openSmtp();
  await relay.close();
  equal(await mailer.ready(), false);
  await rejects(mailer.send(LETTER), (error) => error instanceof PortError && error.retryable);
  await quiet(mailer);
});

Deno.test("a relay that never says anything is given up after the time allowed", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const accepted = listener.accept();
  const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, memoryBlobs(fakeClock()), {
    connectMs: 150,
    silenceMs: 150,
  });
  await rejects(
    mailer.send(LETTER),
    (error) => error instanceof PortError && error.code === "timeout" && error.retryable,
  );
  await quiet(mailer);
  (await accepted).close();
  listener.close();
});

Deno.test("user and password of the URL log in", async () => {
  const login = { user: "keiyaku@bot.example.lg.jp", pass: "p@ss/wörd" };
  const given = `${encodeURIComponent(login.user)}:${encodeURIComponent(login.pass)}@`;
  const { relay, mailer } = await openSmtp({ login }, given);
  await mailer.send(LETTER);
  equal(relay.received[0]?.user, login.user);
  mailer.close();
  await relay.close();
});

Deno.test("a wrong password may be mended: retried, and named as what it is", async () => {
  const { relay, mailer } = await openSmtp({ login: { user: "a", pass: "b" } }, "a:c@");
  await rejects(
    mailer.send(LETTER),
    (error) => error instanceof PortError && error.code === "misconfigured" && error.retryable,
  );
  await quiet(mailer);
  await relay.close();
});

function certificate(): { key: string; cert: string } {
  const keys = forge.pki.rsa.generateKeyPair(2048);
  const cert = forge.pki.createCertificate();
  cert.publicKey = keys.publicKey;
  cert.serialNumber = "01";
  cert.validity.notBefore = new Date("2020-01-01T00:00:00Z");
  cert.validity.notAfter = new Date("2099-01-01T00:00:00Z");
  cert.setSubject([{ name: "commonName", value: "localhost" }]);
  cert.setIssuer([{ name: "commonName", value: "localhost" }]);
  cert.setExtensions([
    { name: "basicConstraints", cA: true },
    { name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] },
  ]);
  cert.sign(keys.privateKey, forge.md.sha256.create());
  return { key: forge.pki.privateKeyToPem(keys.privateKey), cert: forge.pki.certificateToPem(cert) };
}

Deno.test("TLS is used when the relay offers it, whoever made the certificate of a relay on this machine", async () => {
  const { relay, mailer } = await openSmtp({ tls: certificate() });
  await mailer.send(LETTER);
  equal(relay.received[0]?.secure, true);
  await quiet(mailer);
  await relay.close();
});

Deno.test("where TLS is required, a certificate nobody vouches for is not accepted", async () => {
  const tls = certificate();
  const trusting = await openSmtp({ tls }, "", { trustRoots: [tls.cert] });
  await trusting.mailer.send(LETTER);
  equal(trusting.relay.received[0]?.secure, true);
  const wary = smtpMailer(`smtp://localhost:${trusting.relay.port}?tls=required`, trusting.blobs);
  await rejects(wary.send(LETTER), (error) => error instanceof PortError && error.retryable);
  equal(trusting.relay.received.length, 1);
  await quiet(trusting.mailer, wary);
  await trusting.relay.close();
});

Deno.test("the envelope's sender is the bot, and a retry differs in nothing but its date", async () => {
  const { relay, mailer, blobs } = await openSmtp();
  const { sha256 } = await blobs.put(new Uint8Array(1_000));
  const letter = {
    ...LETTER,
    attachments: [{ filename: "a.pdf", contentType: "application/pdf", parts: [sha256] }],
  };
  await mailer.send(letter);
  await mailer.send(letter);
  const [first, second] = relay.received.map(({ raw }) =>
    Buffer.from(raw).toString().replace(/^Date: .*$/m, "")
  );
  equal(first, second);
  deepEqual([relay.received[0]?.from, relay.received[0]?.to], [LETTER.from.address, [LETTER.to]]);
  mailer.close();
  await relay.close();
});

Deno.test("a header can't be smuggled in by a value", async () => {
  const { relay, mailer } = await openSmtp();
  await mailer.send({
    ...LETTER,
    subject: "a\r\nBcc: x@example.jp",
    headers: { "X-Warifu-Case": "R8\r\nX-Evil: 1" },
  });
  const head = Buffer.from(relay.received[0]!.raw).toString().split("\r\n\r\n", 1)[0]!;
  equal(/^(Bcc|X-Evil):/im.test(head), false);
  mailer.close();
  await relay.close();
});

Deno.test("URLs that name no relay are a fault of the settings", () => {
  for (const url of ["http://localhost", "smtp:", "smtp://", "nonsense"]) {
    throws(
      () => smtpMailer(url, memoryBlobs(fakeClock())),
      (error) => error instanceof PortError && error.code === "misconfigured",
    );
  }
});
