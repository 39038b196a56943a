import { match, ok, rejects, strictEqual as equal, throws } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { authenticate } from "mailauth";
import { generateKeyPairSync } from "node:crypto";
import { memoryBlobs } from "../../lib/adapters/memory_blobs.ts";
import { smtpMailer } from "../../lib/adapters/smtp_mailer.ts";
import { PortError } from "../../lib/ports.ts";
import { LETTER } from "../conformance/mailer.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { testRelay } from "../support/test_relay.ts";

/** The vendor's pool looks once more 100 ms after a connection broke, which nothing can call off. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 130));

Deno.test("letters are signed by DKIM in the name of the bot's domain, files and all", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const relay = await testRelay();
  const blobs = memoryBlobs(fakeClock());
  const mailer = smtpMailer(`smtp://127.0.0.1:${relay.port}`, blobs, {
    dkim: {
      domain: "bot.example.lg.jp",
      selector: "warifu",
      privateKey: privateKey.export({ type: "pkcs8", format: "pem" }),
    },
  });
  // Above 10 MB the vendor's signer would want a directory of its own.
  const { sha256 } = await blobs.put(new Uint8Array(11_000_000));
  const attachments = [{ filename: "a.pdf", contentType: "application/pdf", parts: [sha256] }];
  for (const letter of [LETTER, { ...LETTER, attachments }]) await mailer.send(letter);
  mailer.close();
  await relay.close();
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  for (const { raw } of relay.received) {
    const result = await authenticate(Buffer.from(raw), {
      trustReceived: false,
      disableArc: true,
      disableDmarc: true,
      disableBimi: true,
      resolver: (name: string) =>
        name === "warifu._domainkey.bot.example.lg.jp"
          ? Promise.resolve([[record]])
          : Promise.reject(Object.assign(new Error("none"), { code: "ENOTFOUND" })),
    });
    const [signature] = result.dkim.results;
    equal(signature?.status.result, "pass");
    equal(signature?.signingDomain, "bot.example.lg.jp");
    ok(Buffer.from(raw).toString("latin1").startsWith("DKIM-Signature:"));
  }
  equal(relay.received.length, 2);
});

Deno.test("with ?tls=required nothing goes to a relay that offers no TLS, and surely nothing was taken", async () => {
  const relay = await testRelay();
  const mailer = smtpMailer(`smtp://localhost:${relay.port}?tls=required`, memoryBlobs(fakeClock()));
  await rejects(
    mailer.send(LETTER),
    (error) => error instanceof PortError && error.retryable && error.undone,
  );
  equal(relay.received.length, 0);
  mailer.close();
  await settled();
  await relay.close();
});

Deno.test("a relay that breaks off while it has the letter leaves open whether it took it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const served = (async () => {
    const connection = await listener.accept();
    const say = (line: string) => connection.write(new TextEncoder().encode(`${line}\r\n`));
    await say("220 relay");
    let heard = "";
    for await (const chunk of connection.readable) {
      heard += new TextDecoder().decode(chunk);
      if (heard.endsWith("\r\n.\r\n")) break; // Taken, but the answer is never given.
      if (!heard.endsWith("\r\n")) continue;
      if (/^DATA\r\n$/im.test(heard)) await say("354 go on");
      else if (!/^DATA/im.test(heard)) await say("250 ok");
      if (/^DATA\r\n$/im.test(heard)) heard = "DATA";
      else if (!heard.startsWith("DATA")) heard = "";
    }
    return heard;
  })();
  const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, memoryBlobs(fakeClock()));
  await rejects(
    mailer.send(LETTER),
    (error) => error instanceof PortError && error.retryable && !error.undone,
  );
  match(await served, /Message-ID/i);
  mailer.close();
  listener.close();
  await settled();
});

Deno.test("an address in Japanese goes to a relay that takes such (SMTPUTF8, RFC 6531)", async () => {
  const relay = await testRelay();
  const mailer = smtpMailer(`smtp://127.0.0.1:${relay.port}`, memoryBlobs(fakeClock()));
  await mailer.send({ ...LETTER, to: "田中@例え.example.jp" });
  equal(relay.received[0]?.to.join(), "田中@例え.example.jp");
  mailer.close();
  await relay.close();
});

Deno.test("nobody who listens: surely not taken", async () => {
  const relay = await testRelay();
  const { port } = relay;
  await relay.close();
  const mailer = smtpMailer(`smtp://127.0.0.1:${port}`, memoryBlobs(fakeClock()));
  await rejects(mailer.send(LETTER), (error) => error instanceof PortError && error.undone);
  mailer.close();
  await settled();
});

Deno.test("an unknown option of the URL is a fault of the settings", () => {
  for (const option of ["?tls=maybe", "?x=1"]) {
    throws(
      () => smtpMailer(`smtp://localhost:25${option}`, memoryBlobs(fakeClock())),
      (error) => error instanceof PortError && error.code === "misconfigured",
    );
  }
});
