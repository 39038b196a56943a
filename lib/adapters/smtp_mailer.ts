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
  /** Signs each letter in the name of a domain (RFC 6376); null when the relay does. */
  readonly dkim?: DkimKey | null;
};

/** A key for DKIM signatures: RSA, since not all receivers check others (RFC 8301). */
export type DkimKey = {
  /** That of the bot's address, so that DMARC finds it aligned. */
  readonly domain: string;
  /** The public key stands in DNS at `<selector>._domainkey.<domain>`. */
  readonly selector: string;
  /** PEM. */
  readonly privateKey: string;
};

/** Connections kept open, and how long an unused one is, in milliseconds: below what relays allow. */
const CONNECTIONS = 8;
const IDLE_MS = 20_000;

/**
 * A mailer for `smtp://[user:pass@]host:port` (TLS when the relay offers it, with `?tls=required` never without) or
 * `smtps://…`. A password goes over no line without TLS but to this machine itself. The relay's certificate must be
 * vouched for, unless TLS is no more than an offer of a relay on this very machine: between them there is nobody,
 * and mail servers come with certificates that they made themselves. Throws `PortError` `misconfigured` for any
 * other URL.
 */
export function smtpMailer(url: string, blobs: Blobs, options: SmtpMailerOptions = {}): Mailer {
  const { connectMs = 15_000, silenceMs = 60_000, trustRoots, dkim = null } = options;
  const relay = relayOf(url);
  const transport = createTransport({
    ...relay.address,
    pool: true,
    maxConnections: CONNECTIONS,
    // A letter's attachments are streams, read once: who calls tries again, with fresh ones.
    maxRequeues: 0,
    idleTimeout: IDLE_MS,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceMs,
    ...(dkim === null ? {} : { dkim: signing(dkim) }),
    tls: { rejectUnauthorized: relay.mustBeKnown, ...(trustRoots && { ca: [...trustRoots] }) },
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

/** All of a letter is signed, whatever its length: it is held in memory while its hash is made. */
const signing = ({ domain, selector, privateKey }: DkimKey) => ({
  domainName: domain,
  keySelector: selector,
  privateKey,
  cacheTreshold: Infinity,
});

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function relayOf(url: string) {
  const relay = URL.canParse(url) ? new URL(url) : null;
  const fits = relay !== null && /^smtps?:$/.test(relay.protocol) && relay.hostname !== "" &&
    (relay.search === "" || relay.search === "?tls=required");
  if (!fits) {
    throw new PortError("misconfigured", "Cannot send mail: MAIL_OUT_URL names no relay", {
      retryable: false,
    });
  }
  const secure = relay.protocol === "smtps:";
  const auth = relay.username === "" ? {} : {
    auth: { user: decodeURIComponent(relay.username), pass: decodeURIComponent(relay.password) },
  };
  const port = Number(relay.port) || (secure ? 465 : 25);
  const host = relay.hostname.replace(/^\[|\]$/g, "");
  const here = LOOPBACK.test(relay.hostname);
  const requireTLS = relay.search !== "" || (relay.username !== "" && !here);
  return { address: { host, port, secure, requireTLS, ...auth }, mustBeKnown: secure || requireTLS || !here };
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
