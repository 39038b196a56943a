/**
 * The contracts between the use cases and the world. Each has one conformance suite in `tests/conformance/`
 * that every adapter and its fake pass.
 *
 * @module
 */
import type { Day, Instant } from "./domain/instant.ts";

/** Tells the time. Tests move it; nothing else in the core reads a clock. */
export interface Clock {
  /** The present moment. */
  now(): Instant;
}

/** Gives unpredictable bytes, fit for keys and tokens. */
export interface Chance {
  /** `length` random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** Why a port could not do its work. */
export type PortFault =
  | "unavailable"
  | "timeout"
  | "refused"
  | "conflict"
  | "too_large"
  | "not_found"
  | "corrupt"
  | "misconfigured";

/** The world is broken: what was asked may work later (`retryable`) or never will as it stands. */
export class PortError extends Error {
  /** Stable name of the fault. */
  readonly code: PortFault;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Whether it is certain that nothing was done; else it may have been, though its answer was lost. */
  readonly undone: boolean;
  /**
   * Says what could not be done.
   *
   * @param message what could not be done, without addresses, tokens or document text
   */
  constructor(
    code: PortFault,
    message: string,
    options: { retryable: boolean; cause?: unknown; undone?: boolean },
  ) {
    super(message, { cause: options.cause });
    this.name = "PortError";
    this.code = code;
    this.retryable = options.retryable;
    this.undone = options.undone ?? false;
  }
}

/** One part of a key. */
export type KeyPart = string | number;
/** The name of an entry. Sorts part by part, strings (by code point) before numbers. Encoded it stays under 2 KiB. */
export type Key = readonly KeyPart[];
/** What may be stored: plain data, ≤ 64 KiB serialised. */
export type StoreValue = unknown;
/** An entry as read. `version` changes with every write and never returns to an earlier value. */
export type Entry<T> = { readonly key: Key; readonly value: T; readonly version: string };
/** A condition of a commit: the entry still has this version; `null` means that it must be absent. */
export type Check = { readonly key: Key; readonly version: string | null };
/**
 * What one commit does, all or nothing: ≤ 10 checks, ≤ 1,000 mutations, ≤ 800 KiB of which ≤ 80 KiB are keys.
 * First the sets, in order, then the deletes.
 */
export type Commit = {
  readonly checks?: readonly Check[];
  readonly sets?: readonly (readonly [Key, StoreValue])[];
  readonly deletes?: readonly Key[];
};
/** Which entries a list gives: those under `prefix`, from `start` (included) to `end` (excluded). */
export type Range = {
  readonly prefix: Key;
  readonly start?: Key;
  readonly end?: Key;
  readonly limit?: number;
  readonly reverse?: boolean;
};

/**
 * Small facts, kept durably. A commit that was answered survives the process; one whose answer was lost may
 * have been applied, so commits are made idempotent by checks on keys that must be absent.
 */
export interface Store {
  /** The entry, or `null` when there is none. */
  get<T>(key: Key): Promise<Entry<T> | null>;
  /** The entries of ≤ 10 keys, in order, `null` for absent ones. */
  getMany<T>(keys: readonly Key[]): Promise<(Entry<T> | null)[]>;
  /** Entries in key order. */
  list<T>(range: Range): AsyncIterable<Entry<T>>;
  /** Applies all or nothing. `false` when a check failed. Throws `RangeError` above the limits, `PortError` else. */
  commit(commit: Commit): Promise<boolean>;
  /** Gives the handle back. */
  close(): void;
}

/** Hexadecimal SHA-256 of the content, in lower case: the name of a blob. */
export type Sha256 = string;

/**
 * Bytes that can be read at any place without being held in memory whole. Reads are synchronous, since PDF
 * structure is followed by hundreds of small jumps.
 */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /** The bytes from `offset` up to `offset + length`, cut at the end. */
  read(offset: number, length: number): Uint8Array<ArrayBuffer>;
  /**
   * As `read`, but into `target`, which is filled from its beginning; gives the part of it that was filled. Absent
   * where `read` gives views and so costs no memory.
   */
  readonly readInto?: (offset: number, target: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
  /** Gives the handle back; later reads throw. */
  close(): void;
}

/** Large content, kept durably and found by its own hash. Putting the same content twice is harmless. */
export interface Blobs {
  /** Stores content and answers once it is on disk. */
  put(content: Uint8Array | ReadableStream<Uint8Array>): Promise<{ sha256: Sha256; size: number }>;
  /** The whole content. Throws `PortError` `not_found`. */
  get(sha256: Sha256): Promise<Uint8Array<ArrayBuffer>>;
  /** Opens content for reading in place. Throws `PortError` `not_found`. */
  open(sha256: Sha256): Promise<ByteSource>;
  /** Whether the content is there. */
  has(sha256: Sha256): Promise<boolean>;
  /** Removes content; absent content is no fault. */
  delete(sha256: Sha256): Promise<void>;
  /** Every blob's name with the time it was stored, for the sweep of orphans. */
  list(): AsyncIterable<{ sha256: Sha256; size: number; storedAt: Instant }>;
}

/** A file that goes with a letter; its content is a concatenation of blobs (a PDF and its tails). */
export type Attachment = {
  readonly filename: string;
  readonly contentType: string;
  readonly parts: readonly Sha256[];
};

/** A letter ready to be handed over, complete and final: a retry sends the same bytes. */
export type OutgoingMail = {
  /** Stable id of the outbox entry; the same id is never delivered to the mailbox twice. */
  readonly id: string;
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  /** One recipient, so that one failure never holds up another's. */
  readonly to: string;
  readonly replyTo?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Further headers; values may hold any text. */
  readonly headers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
};

/** Hands mail over to a relay. */
export interface Mailer {
  /**
   * Hands one letter over; returns when the relay has taken responsibility. Throws `PortError`: `refused` and
   * not retryable when this recipient will never be reached this way, `too_large` and not retryable when only a
   * smaller letter will do, retryable for all that may pass; `undone` when the relay surely has not taken it. What
   * the relay said stands in `cause`, without addresses.
   */
  send(mail: OutgoingMail): Promise<void>;
  /** Whether the relay answers now. */
  ready(): Promise<boolean>;
  /** Gives connections back. */
  close(): void;
}

/** Size of a page in PDF points (1/72 inch), after rotation. */
export type PageSize = { readonly width: number; readonly height: number };

/** A drawn page as a file. */
export type PageImage = {
  readonly type: "image/png" | "image/jpeg";
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * Draws pages and reads their text, apart from the process's own memory: hostile files end only the
 * process that draws. `content` gives its bytes away.
 */
export interface PageRenderer {
  /** Sizes of all pages. Throws `PortError` `corrupt` when it can't be drawn. */
  pages(pdf: Sha256, content: () => Promise<Uint8Array<ArrayBuffer>>): Promise<readonly PageSize[]>;
  /** A page as PNG, `width` pixels wide; pages count from 1. */
  png(
    pdf: Sha256,
    content: () => Promise<Uint8Array<ArrayBuffer>>,
    page: number,
    width: number,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** The same in the smaller of the formats that every browser of this century shows. */
  image(
    pdf: Sha256,
    content: () => Promise<Uint8Array<ArrayBuffer>>,
    page: number,
    width: number,
  ): Promise<PageImage>;
  /** The text of a page as it reads. */
  text(pdf: Sha256, content: () => Promise<Uint8Array<ArrayBuffer>>, page: number): Promise<string>;
  /** Ends what draws. */
  close(): Promise<void>;
}

/** Kinds of DNS records that are asked for. */
export type DnsType = "A" | "AAAA" | "CNAME" | "MX" | "PTR" | "TXT";

/** Asks the domain name system. */
export interface Dns {
  /**
   * The records of a name, each as text: TXT with its strings joined, MX as `10 mail.example.jp`. Empty when there
   * are none, or no such name. Throws `PortError`, retryable, when nobody answers in time.
   */
  lookup(name: string, type: DnsType): Promise<readonly string[]>;
}

/** Knows on which days public offices work. */
export interface BusinessCalendar {
  /** The last year whose national holidays are known; later ones count as ordinary weekdays. */
  readonly lastYear: number;
  /** Whether public offices work on a Japanese calendar day. */
  isBusinessDay(day: Day): boolean;
}

/** Writes what happened, without tokens, addresses or document text. */
export interface Log {
  /** Ordinary course of things. */
  info(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  /** Something that passes or that someone was told about. */
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  /** Something that an operator must look at. `cause` is written with its stack. */
  error(event: string, cause: unknown, fields?: Readonly<Record<string, string | number | boolean>>): void;
}
