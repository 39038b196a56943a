/**
 * One case among people who do anything at any time: the real use cases over a store in memory, with a relay that
 * sometimes refuses, and seals that cost nothing. What reached whom is kept, with the links that went with it.
 *
 * @module
 */
import type { Case } from "../../lib/domain/case.ts";
import { currentSha256 } from "../../lib/domain/case.ts";
import type { CaseCommand } from "../../lib/domain/command.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { type DueEntry, dueKey, dueSets } from "../../lib/due/due_index.ts";
import type { DueOutcome } from "../../lib/due/due_worker.ts";
import { act, openCase, type Outcome } from "../../lib/flows/act.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { type OutgoingMail, PortError } from "../../lib/ports.ts";
import { roundOf } from "../../lib/domain/rounds.ts";
import { paperWorld } from "../support/paper_world.ts";
import { hash, OPEN } from "../support/sample_case.ts";

/** A letter that its recipient has. */
export type Sent = {
  readonly kind: string;
  readonly to: string;
  readonly at: Instant;
  /** Length of the case's history when it went. */
  readonly length: number;
  /** The token that opens the contract; null for other letters. */
  readonly token: string | null;
};

const NEVER = new AbortController().signal;

/** The case and the people's mailboxes. */
export class CaseLife {
  /** All letters that got through, oldest first. */
  readonly letters: Sent[] = [];
  /** Addresses at which mail is refused. */
  readonly dead = new Set<string>();
  readonly #paper = paperWorld({
    mailer: {
      send: (mail) => this.#take(mail),
      ready: () => Promise.resolve(true),
      close() {},
    },
  });
  #state: Case | null = null;

  /** The world. */
  get world() {
    return this.#paper.world;
  }

  /** The case as it now is. */
  get state(): Case {
    if (!this.#state) throw new Error("Cannot look at the case: it was not opened");
    return this.#state;
  }

  /** The time in the case's world. */
  get now(): Instant {
    return this.#paper.clock.now();
  }

  /** Opens the case. */
  async open(): Promise<void> {
    await openCase(this.world, { ...OPEN, at: this.now });
    await this.rest();
  }

  /** Has someone do something; what came of it. Nothing that follows has happened yet. */
  async do(command: CaseCommand): Promise<Outcome> {
    const outcome = await act(this.world, OPEN.number, command);
    await this.#read();
    return outcome;
  }

  /** Lets time pass, with all that falls due meanwhile. */
  async pass(ms: number): Promise<void> {
    const end = plusMs(this.now, ms);
    for (;;) {
      const next = (await this.#due()).find((entry) => entry.at <= end);
      if (!next) break;
      if (next.at > this.now) this.#paper.clock.set(next.at);
      await this.#carryOut(next);
    }
    this.#paper.clock.set(end);
  }

  /** Lets everything that is due happen. */
  async rest(): Promise<void> {
    await this.pass(0);
  }

  /** What waits to be done, by kind. */
  async waiting(): Promise<readonly DueEntry[]> {
    return await this.#due();
  }

  async #read(): Promise<void> {
    this.#state = (await readCase(this.world.store, OPEN.number))?.value ?? null;
  }

  async #due(): Promise<DueEntry[]> {
    const entries: DueEntry[] = [];
    for await (const { value } of this.world.store.list<DueEntry>({ prefix: ["due"] })) entries.push(value);
    return entries.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1);
  }

  async #carryOut(entry: DueEntry): Promise<void> {
    await this.#read();
    const outcome = await this.#handle(entry);
    const sets = "again" in outcome ? dueSets({ ...entry, at: outcome.again, firstAt: outcome.again }) : [];
    await this.world.store.commit({ deletes: [dueKey(entry)], sets });
    await this.#read();
  }

  #handle(entry: DueEntry): Promise<DueOutcome> {
    switch (entry.kind) {
      case "seal":
        return this.#seal(entry);
      case "certify":
        return this.#done({ do: "certify", at: this.now, sha256: hash("certificate"), size: 1 });
      case "renew":
        return Promise.resolve({ done: true });
      default:
        return handlersOf(this.world)[entry.kind]!(entry, NEVER);
    }
  }

  async #done(command: CaseCommand): Promise<DueOutcome> {
    await act(this.world, OPEN.number, command);
    return { done: true };
  }

  /** Puts a seal on, as it would be, if it is still wanted. */
  #seal({ payload }: DueEntry): Promise<DueOutcome> {
    const { document, step } = payload as { document: number; step: string };
    const file = this.state.draft?.documents[document];
    if (!file) return Promise.resolve({ done: true });
    const previousSha256 = currentSha256(file);
    const sha256 = hash(`${previousSha256} ${step} ${roundOf(this.state)}`);
    return this.#done({
      do: "recordSeal",
      at: this.now,
      round: roundOf(this.state),
      document,
      step,
      previousSha256,
      sha256,
      blob: hash(`tail ${sha256}`),
      size: 1,
    });
  }

  #take(mail: OutgoingMail): Promise<void> {
    if (this.dead.has(mail.to)) {
      return Promise.reject(new PortError("refused", "Cannot send: no such user", { retryable: false }));
    }
    const token = /\/c\/([A-Za-z0-9_-]{51})/.exec(mail.text)?.[1] ?? null;
    const kind = mail.headers["X-Warifu-Kind"]!;
    this.letters.push({ kind, to: mail.to, at: this.now, length: this.state.length, token });
    return Promise.resolve();
  }
}
