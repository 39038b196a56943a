import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { createTransport } from "nodemailer";
import type { SmtpIntake, SmtpIntakeOptions } from "../../lib/adapters/smtp_intake.ts";
import { readTlsFiles } from "../../lib/adapters/tls_files.ts";
import type { MailTransport } from "../../lib/mail/envelope.ts";
import { PortError } from "../../lib/ports.ts";
import { smtpDialogue } from "../support/smtp_dialogue.ts";
import { listening, text } from "../support/smtp_listening.ts";
import { tlsPair } from "../support/tls_pair.ts";

const portOf = (intake: SmtpIntake) => Number(intake.address.split(":")[1]);

async function heard(socket: Socket | TLSSocket): Promise<string> {
  const [data] = await once(socket, "data") as [Uint8Array];
  return new TextDecoder().decode(data);
}

/** Goes over to TLS, with `further` commands in the same piece as STARTTLS. */
async function startTls(intake: SmtpIntake, further = ""): Promise<TLSSocket> {
  const socket = createConnection(portOf(intake), "127.0.0.1");
  await heard(socket);
  socket.write("EHLO client.example.jp\r\n");
  ok((await heard(socket)).includes("STARTTLS"));
  socket.write(`STARTTLS\r\n${further}`);
  ok((await heard(socket)).startsWith("220"));
  const secure = connect({ socket, rejectUnauthorized: false });
  await once(secure, "secureConnect");
  return secure;
}

async function leave(socket: TLSSocket): Promise<void> {
  const closed = once(socket, "close");
  socket.destroy();
  await closed;
}

Deno.test("with a certificate mail comes in encrypted, and its entry says so", async () => {
  const known: MailTransport[] = [];
  const receive: SmtpIntakeOptions["receive"] = async (_envelope, content, transport) => {
    await text(content);
    known.push(transport);
  };
  await listening({ tls: await tlsPair("mail.example.lg.jp"), receive }, async (intake) => {
    const relay = createTransport({
      host: "127.0.0.1",
      port: portOf(intake),
      requireTLS: true,
      tls: { rejectUnauthorized: false },
      name: "relay.example.jp",
    });
    await relay.sendMail({ from: "a@example.jp", to: "keiyaku@bot.example.lg.jp", text: "x" });
    deepEqual(known, [{ door: "smtp", clientIp: "127.0.0.1", helo: "relay.example.jp", encrypted: true }]);
    relay.close();
  });
});

Deno.test("what came before the encryption is forgotten, commands in the same piece too (RFC 3207 §4.2)", async () => {
  await listening({ tls: await tlsPair("mail.example.lg.jp") }, async (intake, received) => {
    const injected =
      "EHLO evil\r\nMAIL FROM:<a@example.jp>\r\nRCPT TO:<keiyaku@bot.example.lg.jp>\r\nDATA\r\n";
    const secure = await startTls(intake, injected);
    secure.write("MAIL FROM:<b@example.jp>\r\n");
    ok((await heard(secure)).startsWith("503"), "the greeting of before still counts");
    secure.write("EHLO client.example.jp\r\n");
    ok(!(await heard(secure)).includes("STARTTLS"));
    deepEqual(received, []);
    await leave(secure);
  });
});

Deno.test("a renewed certificate is shown from the next connection on", async () => {
  await listening({ tls: await tlsPair("old.example.lg.jp") }, async (intake) => {
    const names: string[] = [];
    for (const renewed of [null, await tlsPair("new.example.lg.jp")]) {
      if (renewed) intake.useCertificate(renewed);
      const secure = await startTls(intake);
      names.push(String(secure.getPeerCertificate().subject.CN));
      await leave(secure);
    }
    deepEqual(names, ["old.example.lg.jp", "new.example.lg.jp"]);
  });
});

Deno.test("LMTP offers it as well", async () => {
  await listening({ lmtp: true, tls: await tlsPair("mail.example.lg.jp") }, async (intake) => {
    const dialogue = await smtpDialogue(intake.address);
    ok((await dialogue.say("LHLO relay.example.jp")).includes("STARTTLS"));
    dialogue.leave();
  });
});

Deno.test("files are read together or not at all", async () => {
  const directory = await Deno.makeTempDir();
  const file = (name: string) => `${directory}/${name}`;
  const [one, other] = [await tlsPair("one"), await tlsPair("other")];
  await Deno.writeTextFile(file("one.pem"), one.cert);
  await Deno.writeTextFile(file("one.key"), one.key);
  await Deno.writeTextFile(file("other.key"), other.key);
  await Deno.writeTextFile(file("nonsense"), "nonsense");
  deepEqual(await readTlsFiles({ certificate: file("one.pem"), key: file("one.key") }), one);
  for (const key of ["other.key", "nonsense", "one.pem", "missing"]) {
    await rejects(
      readTlsFiles({ certificate: file("one.pem"), key: file(key) }),
      (error) => error instanceof PortError && error.code === "misconfigured" && !error.retryable,
      key,
    );
  }
  equal((await readTlsFiles({ certificate: file("one.pem"), key: file("one.key") })).key, one.key);
  await Deno.remove(directory, { recursive: true });
});
