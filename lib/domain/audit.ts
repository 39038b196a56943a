/**
 * Judges the records of one case as they lie in the store (監査): whether the history is whole and unchanged, and
 * whether the case that is stored is the one that the history makes. Nothing is taken for granted of what was
 * stored, not even its shape. Whoever changes a case and then forges all hashes behind it, the case's own head
 * included, is beyond what the records alone can tell: against that the head stands in the sealed certificate.
 *
 * @module
 */
import type { Case, CaseNumber } from "./case.ts";
import type { RecordedEvent } from "./case_event.ts";
import { replay } from "./evolve.ts";
import { canonicalJson, CHAIN_START, eventHash } from "./history.ts";

/**
 * What is wrong:
 * `missing` events from `seq` to `upTo`, by what comes behind them or by the case's length ·
 * `malformed`: not an event at all, or one with surplus parts ·
 * `foreign`: a record where no event can be ·
 * `misplaced`: the event of another place · `edited`: its hash is not that of its content ·
 * `unchained`: it does not follow from the one before ·
 * `stateless`: events without a case · `eventless`: a case without events ·
 * `surplus`: more events than the case has · `otherHead`: the last hash is not the case's ·
 * `otherState`: the case is not what its events make · `otherNumber`: it is filed under another's number.
 */
export type AuditFault =
  | { readonly fault: "missing"; readonly seq: number; readonly upTo: number }
  | { readonly fault: "malformed" | "misplaced" | "edited" | "unchained"; readonly seq: number }
  | { readonly fault: "surplus"; readonly seq: number }
  | { readonly fault: "foreign" | "stateless" | "eventless" | "otherHead" | "otherState" | "otherNumber" };

/** A case as it lies in the store. */
export type StoredCase = {
  /** What it is filed under. */
  readonly number: CaseNumber;
  /** What lies in the places of its events, by the place; a place is anything but surely a whole number. */
  readonly events: readonly { readonly place: unknown; readonly value: unknown }[];
  /** What lies in the place of the case itself; `undefined` for nothing. */
  readonly state: unknown;
};

/** Deeper than anything that a case holds: what goes deeper may go round in circles. */
const DEEPEST = 32;

/** Whether a value is of the kind that hashes cover whole: what JSON can say, and members that are `undefined`. */
function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (depth === DEEPEST) return false;
  if (Array.isArray(value)) return value.every((member) => isPlain(member, depth + 1));
  return isRecord(value) &&
    Object.values(value).every((member) => member === undefined || isPlain(member, depth + 1));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function isRecorded(value: unknown): value is RecordedEvent {
  return isRecord(value) && Object.keys(value).length === 4 && typeof value.seq === "number" &&
    typeof value.previous === "string" && typeof value.hash === "string" && isRecord(value.event) &&
    isPlain(value.event);
}

/** What is wrong with an event in its place; `previous` is null where the one before is not known. */
function judgeEvent(place: number, { seq, previous, event, hash }: RecordedEvent, before: string | null) {
  const faults: AuditFault[] = [];
  if (seq !== place) faults.push({ fault: "misplaced", seq: place });
  if (hash !== eventHash(seq, previous, event)) faults.push({ fault: "edited", seq: place });
  if (before !== null && previous !== before) faults.push({ fault: "unchained", seq: place });
  return faults;
}

/** Goes along the chain. `length` and `head` are of what is there, `head` null where that is not known. */
function judgeChain(events: StoredCase["events"]) {
  const faults: AuditFault[] = [];
  const history: RecordedEvent[] = [];
  let length = 0;
  let head: string | null = CHAIN_START;
  for (const { place, value } of events) {
    if (typeof place !== "number" || !Number.isSafeInteger(place) || place < length) {
      faults.push({ fault: "foreign" });
      continue;
    }
    if (place > length) {
      faults.push({ fault: "missing", seq: length, upTo: place - 1 });
      head = null;
    }
    length = place + 1;
    if (isRecorded(value)) {
      faults.push(...judgeEvent(place, value, head));
      history.push(value);
      head = value.hash;
    } else {
      faults.push({ fault: "malformed", seq: place });
      head = null;
    }
  }
  return { faults, history, length, head };
}

/** The case that a history makes, as text; null for a history that makes none, whatever its hashes say. */
function madeBy(
  history: readonly RecordedEvent[],
): { readonly number: unknown; readonly text: string } | null {
  try {
    const made = replay(history) as Case;
    return { number: made.number, text: canonicalJson(made) };
  } catch {
    return null; // The fold reads members that an event of this kind always has, and throws where they are not.
  }
}

function judgeState(state: unknown, { length, head }: { length: number; head: string | null }): AuditFault[] {
  const { length: claimed, head: newest } = isRecord(state) ? state : {};
  if (typeof claimed !== "number" || typeof newest !== "string") return [{ fault: "otherState" }];
  if (claimed > length) return [{ fault: "missing", seq: length, upTo: claimed - 1 }];
  if (claimed < length) return [{ fault: "surplus", seq: claimed }];
  return head !== null && newest !== head ? [{ fault: "otherHead" }] : [];
}

/** All that is wrong with a case, in the order of its history. Empty: it is whole, and is what happened. */
export function auditCase({ number, events, state }: StoredCase): readonly AuditFault[] {
  const chain = judgeChain(events);
  if (state === undefined) return [...chain.faults, { fault: "stateless" }];
  if (chain.length === 0) return [...chain.faults, { fault: "eventless" }];
  const faults = [...chain.faults, ...judgeState(state, chain)];
  // Of a history that is not whole, nobody can say what case it makes.
  if (faults.length > 0) return faults;
  const made = madeBy(chain.history);
  if (made === null || !isPlain(state) || made.text !== canonicalJson(state)) {
    return [{ fault: "otherState" }];
  }
  return made.number === number ? [] : [{ fault: "otherNumber" }];
}
