/**
 * The worker that checks who vouches for mails, in a process of its own. It may touch nothing of the machine, not even DNS: it gets the
 * bytes of the message and the answers to its questions, and gives a verdict.
 *
 * @module
 */
import { Readable } from "node:stream";
import { authenticate } from "mailauth";
import { NOBODY } from "../mail/authenticator.ts";
import type { DnsType } from "../ports.ts";
import type { AuthCommand, AuthReport, AuthTask } from "./mail_auth_messages.ts";
import { verdictOf } from "./mail_auth_verdict.ts";

/** What a worker knows of itself and its owner, as far as it is used here. */
type WorkerSelf = {
  onmessage: ((event: MessageEvent<AuthCommand>) => void) | null;
  postMessage(report: AuthReport | "loaded"): void;
};

const scope = self as unknown as WorkerSelf;

/** Shortest RSA key that counts, in bits (RFC 8301 §3.2). */
const MIN_KEY_BITS = 1024;

/** Questions to DNS that one message may cause: ten signatures, SPF's own bounds and DMARC fit in. */
const MAX_QUESTIONS = 150;

/** One message at work. */
class Job {
  readonly #id: number;
  readonly #answers = new Map<number, (records: readonly string[] | null) => void>();
  #raw: ((bytes: Uint8Array<ArrayBuffer> | null) => void) | null = null;
  #questions = 0;
  dnsFailed = false;

  constructor(id: number) {
    this.#id = id;
  }

  takeRaw(bytes: Uint8Array<ArrayBuffer> | null): void {
    this.#raw?.(bytes);
  }

  takeRecords(question: number, records: readonly string[] | null): void {
    this.#answers.get(question)?.(records);
    this.#answers.delete(question);
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    while (true) {
      const bytes = await new Promise<Uint8Array<ArrayBuffer> | null>((resolve) => {
        this.#raw = resolve;
        scope.postMessage({ job: this.#id, say: "more" });
      });
      if (bytes === null) return;
      yield bytes;
    }
  }

  /** Answers as `node:dns` would. */
  async resolve(name: string, type: string): Promise<string[][]> {
    const question = ++this.#questions;
    if (question > MAX_QUESTIONS) throw dnsError("ENOTFOUND");
    const records = await new Promise<readonly string[] | null>((resolve) => {
      this.#answers.set(question, resolve);
      scope.postMessage({ job: this.#id, say: "ask", question, name, type: type as DnsType });
    });
    if (records === null) {
      this.dnsFailed = true;
      throw dnsError("ETIMEOUT");
    }
    if (records.length === 0) throw dnsError("ENOTFOUND");
    return records.map((record) => recordOf(type, record)) as string[][];
  }
}

const dnsError = (code: string): Error => Object.assign(new Error(`DNS: ${code}`), { code });

/** A record in the shape that `node:dns` gives it. */
function recordOf(type: string, text: string): unknown {
  if (type === "TXT") return [text];
  if (type !== "MX") return text;
  const [priority = "", exchange = ""] = text.split(" ");
  return { priority: Number(priority), exchange };
}

const jobs = new Map<number, Job>();

async function check(id: number, { sender, clientIp, helo, forwarders }: AuthTask): Promise<AuthReport> {
  const job = new Job(id);
  jobs.set(id, job);
  try {
    const checks = await authenticate(Readable.from(job.pieces()), {
      ...sender !== "" && { sender },
      ...clientIp !== null && { ip: clientIp, helo: helo ?? clientIp },
      mta: "warifu",
      minBitLength: MIN_KEY_BITS,
      rejectRsaSha1: true,
      disableBimi: true,
      resolver: (name, type) => job.resolve(name, type),
    });
    const facts = { forwarders, spfAsked: clientIp !== null, dnsFailed: job.dnsFailed };
    return { job: id, say: "done", verdict: verdictOf(checks, facts) };
  } catch {
    // What breaks the library on this message breaks it on every try: nobody vouches in a way that can be read.
    return { job: id, say: "done", verdict: NOBODY };
  } finally {
    jobs.delete(id);
  }
}

scope.onmessage = async ({ data }) => {
  switch (data.tell) {
    case "check":
      return scope.postMessage(await check(data.job, data.task));
    case "raw":
      return jobs.get(data.job)?.takeRaw(data.bytes);
    case "records":
      return jobs.get(data.job)?.takeRecords(data.question, data.records);
  }
};

scope.postMessage("loaded");
