/**
 * Takes mail in over SMTP (RFC 5321) or LMTP (RFC 2033). It relays nothing: only recipients that are ours are
 * taken, and a message is answered with 250 once it is stored durably, never before.
 *
 * @module
 */
import type { Readable } from "node:stream";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { MailEnvelope, MailTransport } from "../mail/envelope.ts";
import type { Log } from "../ports.ts";
import { chunksWithin, TooLargeError } from "../mail/bounded_stream.ts";

/** What a listener needs to know. */
export type SmtpIntakeOptions = {
  /** Where to listen, `host:port`; port 0 takes any free one. */
  readonly listen: string;
  /** Speak LMTP instead of SMTP. */
  readonly lmtp?: boolean;
  /** How the server names itself. */
  readonly name?: string;
  /** The largest message, in bytes. */
  readonly maxBytes: number;
  /** How many clients may be connected at once. */
  readonly maxClients?: number;
  /** Whether a recipient is ours. */
  readonly accepts: (address: string) => boolean;
  /** Stores a message; resolves when it is durable. Its stream ends with an error when the client leaves. */
  readonly receive: (
    envelope: MailEnvelope,
    content: ReadableStream<Uint8Array>,
    transport: MailTransport,
  ) => Promise<void>;
  readonly log: Log;
};

/** A listener at work. */
export interface SmtpIntake {
  /** Where it listens, `host:port`. */
  readonly address: string;
  /** Stops listening, lets messages that are under way come to their end, and closes all connections. */
  close(): Promise<void>;
}

/** Recipients of one message. */
const MAX_RECIPIENTS = 100;

/** A client that says nothing for so long is disconnected, in milliseconds (RFC 5321 §4.5.3.2.7: 5 minutes). */
const IDLE_MS = 300_000;

/** How long messages under way may still take after `close`, in milliseconds. */
const CLOSE_MS = 10_000;

/** Starts to listen. Throws what the network throws, such as an address in use. */
export async function smtpIntake(options: SmtpIntakeOptions): Promise<SmtpIntake> {
  const underWay = new Set<Promise<void>>();
  const server = new SMTPServer({
    name: options.name ?? "localhost",
    banner: "Warifu",
    lmtp: options.lmtp ?? false,
    size: options.maxBytes,
    // No certificate of its own: TLS towards the outside is the relay's part.
    disabledCommands: ["AUTH", "STARTTLS"],
    authOptional: true,
    disableReverseLookup: true,
    maxClients: options.maxClients ?? 100,
    maxRecipients: MAX_RECIPIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: CLOSE_MS,
    logger: false,
    onRcptTo: ({ address }, _session, answer) =>
      answer(
        options.accepts(address) ? null : reply(550, "No such recipient here; this host relays for nobody"),
      ),
    onData(stream, session, answer) {
      const received = receive(options, stream, session).then(() => answer(), answer);
      underWay.add(received);
      received.finally(() => underWay.delete(received));
    },
  });
  // Clients that break off are everyday life.
  server.on("error", () => options.log.warn("smtp_connection_failed"));
  const address = await listen(server, options.listen);
  return { address, close: () => close(server, underWay) };
}

/** Hands a message on; rejects with the reply that the client gets. */
async function receive(options: SmtpIntakeOptions, stream: Readable, session: SMTPServerSession) {
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = {
    from: mailFrom === false ? "" : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
  };
  try {
    const content = ReadableStream.from(chunksWithin(stream, options.maxBytes));
    await options.receive(envelope, content, transportOf(session, options.lmtp ? "lmtp" : "smtp"));
  } catch (cause) {
    if (cause instanceof TooLargeError) throw reply(552, tooLarge(options.maxBytes));
    options.log.error("smtp_message_not_stored", cause);
    throw reply(451, "The message could not be stored just now; please try again later");
  } finally {
    stream.resume(); // What nobody read must still flow by, or the client waits for ever.
  }
}

function transportOf(session: SMTPServerSession, door: "smtp" | "lmtp"): MailTransport {
  const { remoteAddress, hostNameAppearsAs, secure } = session;
  return { door, clientIp: remoteAddress || null, helo: hostNameAppearsAs || null, encrypted: secure };
}

const tooLarge = (maxBytes: number) =>
  `The message is too large: at most ${
    Math.floor(maxBytes / 1_000_000)
  } MB (${maxBytes} bytes), attachments ` +
  "included. Please upload large contracts on the page of the case";

function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

async function listen(server: SMTPServer, at: string): Promise<string> {
  const colon = at.lastIndexOf(":");
  const hostname = at.slice(0, colon).replace(/^\[|\]$/g, "");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  const socket = server.listen(Number(at.slice(colon + 1)), hostname, resolve);
  await promise;
  server.off("error", reject);
  const bound = socket.address();
  if (bound === null || typeof bound === "string") throw new Error("Cannot listen: there is no port");
  return `${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

async function close(server: SMTPServer, underWay: ReadonlySet<Promise<void>>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(resolve));
  await Promise.race([Promise.allSettled(underWay), closed]);
  for (const connection of server.connections) connection.send(421, "Closing down");
  await closed;
}
