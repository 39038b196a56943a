/**
 * Finds out who vouches for a mail (DKIM, SPF, DMARC, ARC) in a process that may touch nothing of the machine; its
 * questions to DNS are asked for it. A hostile message costs that process, never the service.
 *
 * @module
 */
import { type Handover, type MailAuthenticator, type MailVerdict, NOBODY } from "../mail/authenticator.ts";
import { type Blobs, type ByteSource, type Dns, PortError, type Sha256 } from "../ports.ts";
import { outsideClient } from "./mail_auth_client.ts";
import { evidenceIn } from "./mail_auth_evidence.ts";
import { ChildLink, unwatched } from "./child_link.ts";
import { IdleTimer } from "./idle_timer.ts";
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
  /** After so many mails the process is replaced. */
  readonly mailsPerProcess?: number;
  /** How long an unused process is kept, in milliseconds. */
  readonly idleMs?: number;
};

const IDLE_MS = 60_000;

/** An authenticator of the messages in `blobs`. Its process starts with the first mail that it is needed for. */
export function processMailAuthenticator(blobs: Blobs, options: AuthenticatorOptions): MailAuthenticator {
  return new ProcessMailAuthenticator(blobs, options);
}

class ProcessMailAuthenticator implements MailAuthenticator {
  readonly #blobs: Blobs;
  readonly #options: AuthenticatorOptions;
  readonly #jobs = new Map<number, MailAuthJob>();
  readonly #idle: IdleTimer;
  #link: ChildLink | null = null;
  #ending: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  /** Mails that the present process has got. */
  #begun = 0;
  #closed = false;

  constructor(blobs: Blobs, options: AuthenticatorOptions) {
    this.#blobs = blobs;
    this.#options = options;
    this.#idle = new IdleTimer(options.idleMs ?? IDLE_MS, () => this.#retire());
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

  async close(): Promise<void> {
    this.#closed = true;
    this.#retire(unavailable("it is closed"));
    await this.#ending;
  }

  async #check(source: ByteSource, handover: Handover, again = true): Promise<MailVerdict> {
    if (this.#closed) throw unavailable("it is closed");
    const { dns, forwarders, wholeMs = 60_000, dnsMs = 20_000, mailsPerProcess = 1_000 } = this.#options;
    if (this.#begun >= mailsPerProcess && this.#jobs.size === 0) this.#retire();
    const link = this.#begin();
    const id = ++this.#lastId;
    this.#begun++;
    const tell = (command: AuthCommand) => link.tell(unwatched(command));
    const job = new MailAuthJob({ id, source, dns, wholeMs, dnsMs, tell });
    this.#jobs.set(id, job);
    tell({ job: id, tell: "check", task: { ...handover, forwarders } });
    try {
      return await job.outcome;
    } catch (error) {
      // Another mail may have cost the process.
      if (this.#link !== link && again && !this.#closed) {
        return await this.#check(source, handover, false);
      }
      if (this.#link === link) this.#retire(unavailable("its process ended"));
      throw error;
    } finally {
      this.#jobs.delete(id);
      if (this.#jobs.size === 0 && this.#link !== null) this.#idle.rest();
    }
  }

  #begin(): ChildLink {
    this.#idle.stop();
    if (this.#link !== null) return this.#link;
    const link = new ChildLink({
      module: import.meta.resolve("./mail_auth_worker.ts"),
      mayRead: [],
      heard: (message) => {
        const report = message as AuthReport;
        this.#jobs.get(report.job)?.hear(report);
      },
      failed: (fault) => {
        if (this.#link === link) this.#retire(unavailable("its process ended", fault));
      },
    });
    this.#link = link;
    return link;
  }

  #retire(why?: PortError): void {
    this.#idle.stop();
    this.#ending = Promise.all([this.#ending, this.#link?.end()]);
    this.#link = null;
    this.#begun = 0;
    if (why) { for (const job of this.#jobs.values()) job.fail(why); }
  }
}

function unavailable(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot authenticate the mail: ${why}`, { retryable: true, cause });
}
