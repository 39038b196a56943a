/**
 * Takes mail in over SMTP (RFC 5321) or LMTP (RFC 2033). It relays nothing: only recipients that are ours are
 * taken, and a message is answered with 250 once it is stored durably, never before.
 *
 * @module
 */
import type { Readable } from "node:stream";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import type { MailEnvelope, MailTransport } from "../mail/envelope.ts";
import { chunksWithin, TooLargeError } from "../mail/bounded_stream.ts";
import type { ClientRates } from "../mail/client_rates.ts";
import type { Clock, Log } from "../ports.ts";
import type { HasRoom } from "./disk_room.ts";
import { noRoom, notStored, reply, tooLarge } from "./smtp_replies.ts";
import { CLIENT_RATES, SmtpSessions } from "./smtp_sessions.ts";
import type { TlsPair } from "./tls_files.ts";

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
  /** What one client may do. */
  readonly rates?: ClientRates;
  /** IP addresses of the operator's own relays, which hand over everybody's mail and so are not counted. */
  readonly relays?: readonly string[];
  /** How long one message may take on the wire, in milliseconds: who sends a byte a minute holds up others. */
  readonly messageMs?: number;
  /** The certificate for STARTTLS (RFC 3207); without it none is offered. */
  readonly tls?: TlsPair;
  readonly clock: Clock;
  /** Whether there is room for a mail; it is asked before a mail is begun. */
  readonly hasRoom?: HasRoom;
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
  /** Shows another certificate from the next connection on; only where one was given at the start. */
  useCertificate(tls: TlsPair): void;
  /** Stops listening, lets messages that are under way come to their end, and closes all connections. */
  close(): Promise<void>;
}

/** Recipients of one message. */
const MAX_RECIPIENTS = 100;

/** A client that says nothing for so long is disconnected, in milliseconds (RFC 5321 §4.5.3.2.7: 5 minutes). */
const IDLE_MS = 300_000;

/** How long messages under way may still take after `close`, in milliseconds. */
const CLOSE_MS = 10_000;

/** Clients connected at once. */
const MAX_CLIENTS = 100;

/** From this share of them on, whoever is idle for longest makes room: idling costs a sender nothing. */
const CROWDED = 0.9;

/** Nobody logs in here, and the library's jests about wizards are none of ours. */
const NOT_OFFERED = ["AUTH", "WIZ", "SHELL", "KILL"];

/** How long a message may take on the wire, in milliseconds: 60 KB/s for the largest (20 minutes). */
const MESSAGE_MS = 20 * 60_000;

/** Old relays still speak TLS 1.2 (RFC 8996 forbids what is older). */
const TLS_OPTIONS = { minVersion: "TLSv1.2" } as const;

/** Starts to listen. Throws what the network throws, such as an address in use. */
export async function smtpIntake(options: SmtpIntakeOptions): Promise<SmtpIntake> {
  const { clock, tls, rates = CLIENT_RATES, relays = [], hasRoom = ROOMY } = options;
  const underWay = new Set<Promise<void>>();
  const busy = new Set<string>();
  const maxClients = options.maxClients ?? MAX_CLIENTS;
  const sessions = new SmtpSessions(clock, rates, relays);
  const server = new SMTPServer({
    name: options.name ?? "localhost",
    banner: "Warifu",
    lmtp: options.lmtp ?? false,
    size: options.maxBytes,
    disabledCommands: tls ? NOT_OFFERED : [...NOT_OFFERED, "STARTTLS"],
    ...(tls && { ...tls, ...TLS_OPTIONS }),
    authOptional: true,
    disableReverseLookup: true,
    maxClients,
    maxRecipients: MAX_RECIPIENTS,
    socketTimeout: IDLE_MS,
    closeTimeout: CLOSE_MS,
    logger: false,
    onConnect(session, answer) {
      if (!sessions.admit(session)) return answer(TOO_MANY_CONNECTIONS());
      answer();
      const idle = server.connections.size > maxClients * CROWDED ? sessions.oldestIdle(busy) : null;
      if (idle !== null) dismiss(server, idle, "Making room for others, come again");
    },
    onClose: (session) => sessions.leave(session),
    onMailFrom({ args }, session, answer) {
      if (!sessions.mail(session)) return answer(TOO_MANY_MAILS());
      // A size that is not said may be any (RFC 1870 §6).
      const bytes = args === false ? 0 : Number(args["SIZE"] ?? 0);
      hasRoom(bytes).then((room) => answer(room ? null : noRoom()), answer);
    },
    onRcptTo({ address }, session, answer) {
      if (options.accepts(address)) return answer();
      answer(sessions.unknownRecipient(session) ? NOT_OURS() : TOO_MANY_UNKNOWN());
    },
    onData(stream, session, answer) {
      busy.add(session.id);
      const late = setTimeout(() => {
        // One that is all here and being stored is left alone.
        if (!stream.writableEnded) dismiss(server, session.id, "The message takes too long");
      }, options.messageMs ?? MESSAGE_MS);
      stream.once("close", () => clearTimeout(late));
      const received = receive(options, stream, session).finally(() =>
        sessions.took(session, stream.byteLength)
      )
        .then(() => answer(), answer);
      underWay.add(received);
      received.finally(() => {
        underWay.delete(received);
        busy.delete(session.id);
      });
    },
  });
  // Clients that break off are everyday life.
  server.on("error", () => options.log.warn("smtp_connection_failed"));
  const address = await listen(server, options.listen);
  return {
    address,
    useCertificate: (pair) => server.updateSecureContext({ ...pair, ...TLS_OPTIONS }),
    close: () => close(server, underWay),
  };
}

const ROOMY: HasRoom = () => Promise.resolve(true);
const NOT_OURS = () => reply(550, "No such recipient here; this host relays for nobody");
const TOO_MANY_CONNECTIONS = () => reply(421, "Too many connections from your host, try again in a moment");
const TOO_MANY_MAILS = () => reply(451, "Too many messages from your host, try again in a moment");
const TOO_MANY_UNKNOWN = () => reply(421, "Too many recipients that do not exist here");

/** Ends a connection with words. */
function dismiss(server: SMTPServer, id: string, words: string): void {
  for (const connection of server.connections) if (connection.id === id) connection.send(421, words);
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
    if (cause instanceof TooLargeError) throw tooLarge(options.maxBytes);
    options.log.error("smtp_message_not_stored", cause);
    throw notStored(cause);
  } finally {
    stream.resume(); // What nobody read must still flow by, or the client waits for ever.
  }
}

function transportOf(session: SMTPServerSession, door: "smtp" | "lmtp"): MailTransport {
  const { remoteAddress, hostNameAppearsAs, secure } = session;
  return { door, clientIp: remoteAddress || null, helo: hostNameAppearsAs || null, encrypted: secure };
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
