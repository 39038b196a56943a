/**
 * What a running service counts for its operator. Meters are put around the parts of the world and around the
 * handlers of what is due: the use cases know nothing of them. No label holds an address, a token or a case.
 *
 * @module
 */
import type { DueEntry } from "../due/due_index.ts";
import type { DueHandler } from "../due/due_worker.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import { Counter, Histogram, type Meter } from "../metrics/meters.ts";
import { type Log, PortError } from "../ports.ts";
import type { SealOrder } from "./orders.ts";
import { readOutbox } from "./outbox.ts";
import { readInboxEntry } from "./receive_mail.ts";
import type { World } from "./world.ts";

/** Upper ends of buckets, in seconds: pages take milliseconds, seals and relays seconds. */
const PAGE_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const WORK_SECONDS = [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Steps of a seal that have names of their own; the others belong to parties. */
const COMMON_STEPS: ReadonlySet<string> = new Set(["Sender", "Conclusion", "DSS", "DocTimeStamp"]);

/** Tells seconds from any beginning on, and never goes back. */
export type Stopwatch = () => number;

/** The meters of one process. */
export class ServiceMeters {
  readonly #seconds: Stopwatch;
  readonly #requests = new Counter({
    name: "warifu_http_requests_total",
    help: "HTTP requests answered.",
    labels: ["route", "status"],
  });
  readonly #requestSeconds = new Histogram({
    name: "warifu_http_request_seconds",
    help: "Time until an answer began.",
    labels: ["route"],
  }, PAGE_SECONDS);
  readonly #mails = new Counter({
    name: "warifu_mails_in_total",
    help: "Received mails that were read, by what became of them.",
    labels: ["fate"],
  });
  readonly #letters = new Counter({
    name: "warifu_letters_out_total",
    help: "Tries to hand a letter over to the relay, by what came of it.",
    labels: ["kind", "outcome"],
  });
  readonly #seals = new Histogram({
    name: "warifu_seal_seconds",
    help: "Time to put one seal on one document.",
    labels: ["step", "outcome"],
  }, WORK_SECONDS);
  readonly #work = new Histogram({
    name: "warifu_due_work_seconds",
    help: "Time to carry out one due entry.",
    labels: ["kind", "outcome"],
  }, WORK_SECONDS);
  readonly #authorities = new Counter({
    name: "warifu_authority_answers_total",
    help: "Questions to the timestamp authority (tsa) and for revocation data (OCSP, CRL).",
    labels: ["authority", "outcome"],
  });

  readonly #events = new Counter({
    name: "warifu_log_events_total",
    help: "Lines of the log, by level and event.",
    labels: ["level", "event"],
  });

  /** Starts counting. */
  constructor(seconds: Stopwatch) {
    this.#seconds = seconds;
  }

  /** All meters. */
  all(): readonly Meter[] {
    return [
      this.#requests,
      this.#requestSeconds,
      this.#mails,
      this.#letters,
      this.#seals,
      this.#work,
      this.#authorities,
      this.#events,
    ];
  }

  /** The present reading of the stopwatch, for `request`. */
  seconds(): number {
    return this.#seconds();
  }

  /** Counts an answer. `route` is the pattern that matched, never the path. */
  request(route: string, status: number, beganAt: number): void {
    this.#requests.add(route, `${Math.floor(status / 100)}xx`);
    this.#requestSeconds.observe(this.#seconds() - beganAt, route);
  }

  /** The world with its authorities and the lines of its log counted. */
  around(world: World): World {
    const { tsa, revocation } = world;
    return {
      ...world,
      log: this.#aroundLog(world.log),
      tsa: { timestamp: (digest, signal) => this.#asked("tsa", () => tsa.timestamp(digest, signal)) },
      revocation: {
        revocationFor: (chain, signal) =>
          this.#asked("revocation", () => revocation.revocationFor(chain, signal)),
      },
    };
  }

  #aroundLog(log: Log): Log {
    return {
      info: (event, fields) => {
        this.#events.add("info", event);
        log.info(event, fields);
      },
      warn: (event, fields) => {
        this.#events.add("warn", event);
        log.warn(event, fields);
      },
      error: (event, cause, fields) => {
        this.#events.add("error", event);
        log.error(event, cause, fields);
      },
    };
  }

  async #asked<T>(authority: "tsa" | "revocation", question: () => Promise<T>): Promise<T> {
    try {
      const answer = await question();
      this.#authorities.add(authority, "answered");
      return answer;
    } catch (error) {
      this.#authorities.add(authority, error instanceof PortError ? error.code : "failed");
      throw error;
    }
  }

  /** The handlers of what is due, counted and timed. */
  aroundHandlers(
    world: Pick<World, "store">,
    handlers: Readonly<Record<string, DueHandler>>,
  ): Record<string, DueHandler> {
    const around = (handler: DueHandler): DueHandler => async (entry, signal) => {
      const beganAt = this.#seconds();
      try {
        const outcome = await handler(entry, signal);
        this.#timed(entry, "done", beganAt);
        await this.#countDone(world, entry);
        return outcome;
      } catch (error) {
        this.#timed(entry, "failed", beganAt);
        if (entry.kind === "letter") this.#letters.add(letterKind(entry), "failed_for_now");
        throw error;
      }
    };
    return Object.fromEntries(Object.entries(handlers).map(([kind, handler]) => [kind, around(handler)]));
  }

  #timed(entry: DueEntry, outcome: "done" | "failed", beganAt: number): void {
    const took = this.#seconds() - beganAt;
    this.#work.observe(took, entry.kind, outcome);
    if (entry.kind !== "seal") return;
    const { step } = entry.payload as SealOrder;
    this.#seals.observe(took, COMMON_STEPS.has(step) ? step : "Party", outcome);
  }

  /** Counts what became of a mail or letter. What can't be read is not counted: the work is done all the same. */
  async #countDone({ store }: Pick<World, "store">, entry: DueEntry): Promise<void> {
    try {
      if (entry.kind === "mail") {
        const { id } = entry.payload as { readonly id: string };
        const mail = await readInboxEntry(store, id);
        if (mail) this.#mails.add(mail.fate);
      } else if (entry.kind === "letter") {
        this.#letters.add(letterKind(entry), await letterOutcome(store, entry));
      }
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
    }
  }
}

const letterKind = (entry: DueEntry): string => (entry.payload as LetterOrder).letter;

async function letterOutcome(store: World["store"], { id }: DueEntry): Promise<string> {
  const letter = (await readOutbox(store, id))?.value;
  if (letter?.undelivered) return "undeliverable";
  return letter && letter.handedOverAt !== null ? "handed_over" : "not_needed";
}
