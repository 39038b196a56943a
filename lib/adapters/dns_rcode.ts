/**
 * Asks a name server why it has no records (RFC 1035 §4.1.1). The runtime gives one error for "there is no such
 * name" and for "the server could not find out", and only the first is an answer.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createSocket } from "node:dgram";
import type { DnsType } from "../ports.ts";

/** Where a name server is. */
export type NameServer = { readonly ipAddr: string; readonly port: number };

/** Response codes that are answers: no error, and no such name. */
const ANSWERS: readonly number[] = [0, 3];

const TYPES: Readonly<Record<DnsType, number>> = { A: 1, CNAME: 5, PTR: 12, MX: 15, TXT: 16, AAAA: 28 };

/** How long a server is waited for, in milliseconds. */
const PATIENCE_MS = 3_000;

/** A query for one name, recursion desired. */
function queryOf(id: number, name: string, type: DnsType): Buffer {
  const labels = name.replace(/\.$/, "").split(".").map((label) => Buffer.from(label, "latin1"));
  const question = labels.flatMap((label) => [Buffer.of(label.length), label]);
  const head = Buffer.from([id >> 8, id & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([head, ...question, Buffer.of(0, 0, TYPES[type], 0, 1)]);
}

/** Whether a server says for certain that a name has no records of a type; `false` when it fails or keeps silent. */
export async function knowsOfNone(server: NameServer, name: string, type: DnsType): Promise<boolean> {
  const socket = createSocket(server.ipAddr.includes(":") ? "udp6" : "udp4");
  const [id = 0] = crypto.getRandomValues(new Uint16Array(1));
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const timer = setTimeout(() => resolve(null), PATIENCE_MS);
  socket.on("error", () => resolve(null));
  socket.on("message", (answer: Buffer) => {
    const ours = answer.length >= 12 && answer.readUInt16BE(0) === id && (answer[2]! & 0x80) !== 0;
    if (ours) resolve(answer[3]! & 0x0f);
  });
  socket.send(queryOf(id, name, type), server.port, server.ipAddr);
  const code = await promise;
  clearTimeout(timer);
  await new Promise<void>((closed) => socket.close(() => closed()));
  return code !== null && ANSWERS.includes(code);
}

/** The first name server in the text of a `resolv.conf`; null when it names none. */
export function nameServerIn(text: string): NameServer | null {
  const found = /^[ \t]*nameserver[ \t]+([0-9a-f.:]+)/im.exec(text)?.[1];
  return found === undefined ? null : { ipAddr: found, port: 53 };
}
