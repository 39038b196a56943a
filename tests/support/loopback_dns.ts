/**
 * A name server on this machine (RFC 1035 §4), so that the runtime's own resolver can be asked for real.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createSocket } from "node:dgram";
import type { DnsType } from "../../lib/ports.ts";
import type { Zone } from "./fake_dns.ts";

const TYPES: Readonly<Record<number, DnsType>> = {
  1: "A",
  5: "CNAME",
  12: "PTR",
  15: "MX",
  16: "TXT",
  28: "AAAA",
};

const encodedName = (name: string): Buffer =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)])),
    Buffer.of(0),
  ]);

/** The data of a record; TXT in strings of at most 255 bytes. */
function recordData(type: DnsType, text: string): Buffer {
  if (type === "A") return Buffer.from(text.split(".").map(Number));
  if (type === "TXT") {
    return Buffer.concat(
      (text.match(/.{1,255}/gs) ?? []).map((part) =>
        Buffer.concat([Buffer.of(part.length), Buffer.from(part)])
      ),
    );
  }
  if (type !== "MX") return encodedName(text);
  const [priority = "", exchange = ""] = text.split(" ");
  return Buffer.concat([Buffer.of(0, Number(priority)), encodedName(exchange)]);
}

/** The answer to a query; `SERVFAIL` for a name that nobody answers for, `NXDOMAIN` for one that is not there. */
function answerTo(query: Buffer, zone: Zone): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString());
    at += length + 1;
  }
  const question = query.subarray(12, at + 5);
  const type = TYPES[query.readUInt16BE(at + 1)] ?? "TXT";
  const key = `${type} ${labels.join(".").toLowerCase()}`;
  const records = key in zone ? zone[key] : undefined;
  const code = records === null ? 2 : records === undefined ? 3 : 0;
  const answers = (records ?? []).map((text) => {
    const data = recordData(type, text);
    const head = Buffer.from([0xc0, 12, 0, 0, 0, 1, 0, 0, 0, 60, 0, 0]);
    query.copy(head, 2, at + 1, at + 3);
    head.writeUInt16BE(data.length, 10);
    return Buffer.concat([head, data]);
  });
  const header = Buffer.from([query[0]!, query[1]!, 0x85, 0x80 | code, 0, 1, 0, answers.length, 0, 0, 0, 0]);
  return Buffer.concat([header, question, ...answers]);
}

/** Starts the server on any free port. */
export async function loopbackDns(zone: Zone): Promise<{ port: number; close(): Promise<void> }> {
  const socket = createSocket("udp4");
  socket.on("message", (query, peer) => socket.send(answerTo(query, zone), peer.port, peer.address));
  const bound = Promise.withResolvers<void>();
  socket.bind(0, "127.0.0.1", () => bound.resolve());
  await bound.promise;
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
