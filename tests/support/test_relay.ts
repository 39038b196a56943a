/**
 * A mail relay that does as it is told, on a port of its own, for tests of whoever sends mail.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { SMTPServer } from "smtp-server";

/** A message as it arrived. */
export type Relayed = {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Uint8Array;
  /** Whether it came over TLS. */
  readonly secure: boolean;
  /** Who logged in; null when nobody did. */
  readonly user: string | null;
};

/** How the relay behaves. A reply is a code with words; null accepts. */
export type RelayBehaviour = {
  readonly onSender?: (address: string) => string | null;
  readonly onRecipient?: (address: string) => string | null;
  readonly onMessage?: () => string | null;
  /** Key and certificate, PEM: offers STARTTLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Wants this user and password. */
  readonly login?: { readonly user: string; readonly pass: string };
};

/** A relay at work. */
export type TestRelay = {
  readonly port: number;
  readonly received: readonly Relayed[];
  close(): Promise<void>;
};

function faultOf(reply: string | null | undefined): Error | null {
  return reply ? Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) }) : null;
}

/** Starts a relay. */
export async function testRelay(behaviour: RelayBehaviour = {}): Promise<TestRelay> {
  const received: Relayed[] = [];
  const { tls, login } = behaviour;
  const server = new SMTPServer({
    ...(tls ?? {}),
    disabledCommands: [...(tls ? [] : ["STARTTLS"]), ...(login ? [] : ["AUTH"])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, answer) =>
      username === login?.user && password === login?.pass
        ? answer(null, { user: username })
        : answer(new Error("wrong")),
    onMailFrom: ({ address }, _session, answer) => answer(faultOf(behaviour.onSender?.(address))),
    onRcptTo: ({ address }, _session, answer) => answer(faultOf(behaviour.onRecipient?.(address))),
    async onData(stream, session, answer) {
      const chunks: Uint8Array[] = await Array.fromAsync(stream as AsyncIterable<Uint8Array>);
      const fault = faultOf(behaviour.onMessage?.());
      if (fault) return answer(fault);
      received.push({
        from: session.envelope.mailFrom === false ? "" : session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(chunks),
        secure: session.secure,
        user: typeof session.user === "string" ? session.user : null,
      });
      answer();
    },
  });
  server.on("error", () => {}); // Clients that give up are part of the tests.
  const port = await new Promise<number>((resolve) => {
    const socket = server.listen(0, "127.0.0.1", () => {
      const at = socket.address();
      resolve(typeof at === "object" && at !== null ? at.port : 0);
    });
  });
  return { port, received, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
