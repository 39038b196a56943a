/**
 * Finds out who vouches for a mail (DKIM, SPF, DMARC, ARC) in a worker that may touch nothing of the machine; its
 * questions to DNS are asked for it. A hostile message costs the worker, never the service.
 *
 * @module
 */
import { type Handover, type MailAuthenticator, type MailVerdict, NOBODY } from "../mail/authenticator.ts";
import { type Blobs, type ByteSource, type Dns, PortError, type Sha256 } from "../ports.ts";
import { outsideClient } from "./mail_auth_client.ts";
import { evidenceIn } from "./mail_auth_evidence.ts";
import { MailAuthJob } from "./mail_auth_job.ts";
import type { AuthCommand, AuthReport } from "./mail_auth_messages.ts";

/** What an authenticator works with. */
export type AuthenticatorOptions = {
  readonly dns: Dns;
  /** Addresses of relays that stand before this service; null when the operator has not said. */
  readonly relays: readonly string[] | null;
  /** Domains whose ARC seals are believed, in lower case. */
  readonly forwarders: readonly string[];
  /** How long one mail may take in all, DNS included, in milliseconds. */
  readonly wholeMs?: number;
  /** How long it may wait for DNS, in milliseconds. */
  readonly dnsMs?: number;
  /** After so many mails the worker is replaced. */
  readonly mailsPerWorker?: number;
};

/** An authenticator of the messages in `blobs`. Its worker starts with the first mail that it is needed for. */
export function workerMailAuthenticator(blobs: Blobs, options: AuthenticatorOptions): MailAuthenticator {
  return new WorkerMailAuthenticator(blobs, options);
}

class WorkerMailAuthenticator implements MailAuthenticator {
  readonly #blobs: Blobs;
  readonly #options: AuthenticatorOptions;
  readonly #jobs = new Map<number, MailAuthJob>();
  #worker: Worker | null = null;
  #lastId = 0;
  /** Mails that the present worker has got. */
  #begun = 0;
  #closed = false;

  constructor(blobs: Blobs, options: AuthenticatorOptions) {
    this.#blobs = blobs;
    this.#options = options;
  }

  async authenticate(raw: Sha256, handover: Handover): Promise<MailVerdict> {
    const source = await this.#blobs.open(raw);
    try {
      const clientIp = outsideClient(handover.clientIp, this.#options.relays);
      const evidence = evidenceIn(source);
      // Nothing leaves the machine for a mail that has nothing to show.
      if (evidence === "unsound" || (evidence === "unsigned" && clientIp === null)) return NOBODY;
      return await this.#check(source, { ...handover, clientIp });
    } finally {
      source.close();
    }
  }

  close(): void {
    this.#closed = true;
    this.#retire(unavailable("it is closed"));
  }

  async #check(source: ByteSource, handover: Handover, again = true): Promise<MailVerdict> {
    if (this.#closed) throw unavailable("it is closed");
    const { dns, forwarders, wholeMs = 60_000, dnsMs = 20_000, mailsPerWorker = 1_000 } = this.#options;
    if (this.#begun >= mailsPerWorker && this.#jobs.size === 0) this.#retire();
    const worker = this.#begin();
    const id = ++this.#lastId;
    this.#begun++;
    const tell = (command: AuthCommand) => worker.postMessage(command);
    const job = new MailAuthJob({ id, source, dns, wholeMs, dnsMs, tell });
    this.#jobs.set(id, job);
    tell({ job: id, tell: "check", task: { ...handover, forwarders } });
    try {
      return await job.outcome;
    } catch (error) {
      // Another mail may have cost the worker.
      if (this.#worker !== worker && again && !this.#closed) {
        return await this.#check(source, handover, false);
      }
      if (this.#worker === worker) this.#retire(unavailable("its worker ended"));
      throw error;
    } finally {
      this.#jobs.delete(id);
    }
  }

  #begin(): Worker {
    if (this.#worker !== null) return this.#worker;
    const worker = new Worker(import.meta.resolve("./mail_auth_worker.ts"), {
      type: "module",
      name: "mail authenticator",
      deno: { permissions: "none" },
    });
    worker.onmessage = (event: MessageEvent<AuthReport>) => this.#jobs.get(event.data.job)?.hear(event.data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#retire(unavailable("its worker ended", event.message));
    };
    worker.onmessageerror = () => this.#retire(unavailable("its worker said nothing readable"));
    this.#worker = worker;
    return worker;
  }

  #retire(why?: PortError): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#begun = 0;
    if (why) { for (const job of this.#jobs.values()) job.fail(why); }
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot authenticate the mail: ${why}`, { retryable: true, cause });
}
