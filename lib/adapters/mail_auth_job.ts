/**
 * One mail on its way through the authenticator's worker: feeds it, asks DNS for it, and watches the time.
 *
 * @module
 */
import { type MailVerdict, NOBODY } from "../mail/authenticator.ts";
import { type ByteSource, type Dns, PortError } from "../ports.ts";
import { LineWatch } from "./mail_auth_lines.ts";
import type { AuthCommand, AuthReport } from "./mail_auth_messages.ts";

/** The raw message goes in by pieces of this size, in bytes. */
const RAW_BYTES = 64 * 1024;

type Untied<Command> = Command extends unknown ? Omit<Command, "job"> : never;

/** What a job is made of. */
export type JobParts = {
  readonly id: number;
  readonly source: ByteSource;
  readonly dns: Dns;
  /** How long it may take in all, in milliseconds. */
  readonly wholeMs: number;
  /** After so long, in milliseconds, DNS counts as silent: whoever makes it slow holds nobody up. */
  readonly dnsMs: number;
  readonly tell: (command: AuthCommand) => void;
};

/** A job. Feed it with the worker's reports. */
export class MailAuthJob {
  /** Resolves with the verdict, or rejects with `PortError`. */
  readonly outcome: Promise<MailVerdict>;
  readonly #parts: JobParts;
  readonly #settle: PromiseWithResolvers<MailVerdict> = Promise.withResolvers();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #dnsOver: PromiseWithResolvers<null> = Promise.withResolvers();
  readonly #dnsTimer: ReturnType<typeof setTimeout>;
  readonly #lines = new LineWatch();
  #offset = 0;
  #sound = true;
  #ended = false;

  /** Prepares a job; its source stays the caller's to close, once the job is over. */
  constructor(parts: JobParts) {
    this.#parts = parts;
    this.outcome = this.#settle.promise;
    this.#timer = setTimeout(
      () => this.fail(new PortError("timeout", "Cannot authenticate the mail in time", { retryable: true })),
      parts.wholeMs,
    );
    this.#dnsTimer = setTimeout(() => this.#dnsOver.resolve(null), parts.dnsMs);
  }

  /** Takes what the worker says. */
  hear(report: AuthReport): void {
    if (this.#ended) return;
    switch (report.say) {
      case "more":
        return this.#feed();
      case "ask":
        return void this.#ask(report);
      case "done":
        return this.#end(() => this.#settle.resolve(this.#sound ? report.verdict : NOBODY));
    }
  }

  /** Ends the job without a verdict. */
  fail(error: PortError): void {
    this.#end(() => this.#settle.reject(error));
  }

  #end(how: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#dnsTimer);
    how();
  }

  #tell(command: Untied<AuthCommand>): void {
    if (!this.#ended) this.#parts.tell({ ...command, job: this.#parts.id });
  }

  #feed(): void {
    try {
      const bytes = this.#parts.source.read(this.#offset, RAW_BYTES);
      this.#offset += bytes.length;
      this.#sound &&= this.#lines.take(bytes);
      this.#tell({ tell: "raw", bytes: bytes.length === 0 || !this.#sound ? null : bytes });
    } catch (cause) {
      this.fail(broken("its blob failed", cause));
    }
  }

  async #ask({ question, name, type }: AuthReport & { say: "ask" }): Promise<void> {
    const answer = this.#parts.dns.lookup(name, type).catch(() => null); // The worker makes a verdict of it.
    this.#tell({ tell: "records", question, records: await Promise.race([answer, this.#dnsOver.promise]) });
  }
}

function broken(why: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot authenticate the mail: ${why}`, { retryable: true, cause });
}
