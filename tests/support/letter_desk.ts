/**
 * A desk for tests of letters: a case with a history, a mailer that keeps what it is given or fails on demand.
 *
 * @module
 */
import { memoryStore } from "../../lib/adapters/memory_store.ts";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { DueEntry } from "../../lib/due/due_index.ts";
import type { DueOutcome } from "../../lib/due/due_worker.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { postLetter } from "../../lib/flows/post_letter.ts";
import type { World } from "../../lib/flows/world.ts";
import type { LetterKind, LetterOrder } from "../../lib/letters/letter_order.ts";
import type { OutgoingMail, Store } from "../../lib/ports.ts";
import { type PaperWorld, paperWorld } from "./paper_world.ts";
import { putCase } from "./put_case.ts";

/** The desk. */
export type LetterDesk = Pick<PaperWorld, "world" | "clock" | "state"> & {
  readonly store: Store;
  /** Mails that the relay took, in order. */
  readonly sent: OutgoingMail[];
  /** What the relay does with the next mails: `null` takes it. */
  fault: ((mail: OutgoingMail) => Error | null) | null;
  /** Puts a case with a history; its number. */
  put(events: readonly CaseEvent[]): Promise<string>;
  /** A due letter of a case. */
  entry(letter: LetterKind, to: string, facts?: Partial<LetterOrder>, due?: Partial<DueEntry>): DueEntry;
  /** Carries a letter out once. */
  post(entry: DueEntry): Promise<DueOutcome>;
  /** The same in another world. */
  postIn(world: World, entry: DueEntry): Promise<DueOutcome>;
  /** All due letters of a kind. */
  ordered(letter: LetterKind): Promise<DueEntry[]>;
};

/** Makes the desk. */
export function letterDesk(overrides: Partial<World> = {}): LetterDesk {
  const store = overrides.store ?? memoryStore();
  const sent: OutgoingMail[] = [];
  const mailer = {
    send(mail: OutgoingMail) {
      const error = desk.fault?.(mail) ?? null;
      if (error) return Promise.reject(error);
      sent.push(mail);
      return Promise.resolve();
    },
    ready: () => Promise.resolve(true),
    close() {},
  };
  const paper = paperWorld({ store, mailer, ...overrides });
  let number = "";
  const desk: LetterDesk = {
    world: paper.world,
    clock: paper.clock,
    async state(wanted) {
      const head = await readCase(store, wanted);
      if (!head) throw new Error("Cannot look at the case: there is none");
      return head.value;
    },
    store,
    sent,
    fault: null,
    async put(events) {
      number = await putCase(store, events);
      return number;
    },
    entry(letter, to, facts = {}, due = {}) {
      const at = paper.clock.now();
      const payload: LetterOrder = { letter, to, seq: null, party: null, about: null, ...facts };
      const id = `${number}/${payload.seq ?? "x"}/${letter}/${to.length}`;
      return { id, at, firstAt: at, kind: "letter", subject: number, payload, attempts: 0, ...due };
    },
    post: (entry) => desk.postIn(paper.world, entry),
    postIn: (world, entry) => postLetter(world, entry, new AbortController().signal),
    async ordered(letter) {
      const entries: DueEntry[] = [];
      for await (const { value } of store.list<DueEntry>({ prefix: ["due"] })) {
        if ((value.payload as LetterOrder).letter === letter) entries.push(value);
      }
      return entries;
    },
  };
  return desk;
}
