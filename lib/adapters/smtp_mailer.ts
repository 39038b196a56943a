/**
 * Hands letters to a relay over SMTP (RFC 5321). What the relay refuses for good is final; all else may pass.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { chunksOf } from "../pdf/byte_source.ts";
import { type Blobs, type ByteSource, type Mailer, type OutgoingMail, PortError } from "../ports.ts";
import { openAttached } from "./attached_sources.ts";
import { smtpFault } from "./smtp_fault.ts";

/** How a relay is spoken to; what is left out has a default. */
export type SmtpMailerOptions = {
  /** How long connecting and greeting may take, in milliseconds. */
  readonly connectMs?: number;
  /** How long the relay may say nothing, in milliseconds. */
  readonly silenceMs?: number;
  /** Roots that the relay's certificate may come from, PEM, instead of those of the machine. */
  readonly trustRoots?: readonly string[];
};

/** Connections kept open, and how long an unused one is, in milliseconds: below what relays allow. */
const CONNECTIONS = 4;
const IDLE_MS = 20_000;

/**
 * A mailer for `smtp://[user:pass@]host:port` (TLS when the relay offers it) or `smtps://…`. Throws `PortError`
 * `misconfigured` for any other URL.
 */
export function smtpMailer(url: string, blobs: Blobs, options: SmtpMailerOptions = {}): Mailer {
  const { connectMs = 15_000, silenceMs = 60_000, trustRoots } = options;
  const transport = createTransport({
    ...relayOf(url),
    pool: true,
    maxConnections: CONNECTIONS,
    // A letter's attachments are streams, read once: who calls tries again, with fresh ones.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    ...(trustRoots === undefined ? {} : { tls: { ca: [...trustRoots] } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  return {
    async send(mail) {
      const files = await openAttached(mail.attachments, blobs);
      try {
        await transport.sendMail(letterOf(mail, files));
      } catch (error) {
        throw error instanceof PortError ? error : smtpFault(error);
      } finally {
        for (const file of files) file.close();
      }
    },
    ready: () => transport.verify().then(() => true, () => false),
    close: () => transport.close(),
  };
}

function relayOf(url: string) {
  const relay = URL.canParse(url) ? new URL(url) : null;
  if (relay === null || !/^smtps?:$/.test(relay.protocol) || relay.hostname === "") {
    throw new PortError("misconfigured", "Cannot send mail: MAIL_OUT_URL names no relay", {
      retryable: false,
    });
  }
  const secure = relay.protocol === "smtps:";
  const auth = relay.username === "" ? {} : {
    auth: { user: decodeURIComponent(relay.username), pass: decodeURIComponent(relay.password) },
  };
  const port = Number(relay.port) || (secure ? 465 : 25);
  return { host: relay.hostname.replace(/^\[|\]$/g, ""), port, secure, ...auth };
}

function letterOf(mail: OutgoingMail, files: readonly ByteSource[]) {
  return {
    envelope: { from: mail.from.address, to: [mail.to] },
    from: { name: mail.from.name, address: mail.from.address },
    to: { name: "", address: mail.to },
    ...(mail.replyTo === undefined ? {} : { replyTo: mail.replyTo }),
    messageId: mail.messageId,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: { ...mail.headers },
    // The same letter gives the same boundaries, so that a retry differs in nothing but its date.
    baseBoundary: createHash("sha256").update(mail.id).digest("hex").slice(0, 32),
    attachments: mail.attachments.map(({ filename, contentType }, at) => ({
      filename,
      contentType,
      contentDisposition: "attachment" as const,
      content: Readable.from(chunksOf(files[at]!)),
    })),
  };
}
