/**
 * What a message may hold, and how it is called when it holds more.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";

/** Bounds of one message; sizes in bytes. */
export type MessageLimits = {
  /** MIME parts of one message, and of each message within it. */
  readonly parts: number;
  /** How deep messages may lie within messages. */
  readonly depth: number;
  /** Files in all. */
  readonly files: number;
  /** Addresses in `From`, `To` and `Cc`. */
  readonly addresses: number;
  /** The header of each part. */
  readonly headerBytes: number;
  /** What is read of each part of text; the rest is left out. */
  readonly textBytes: number;
  /** Containers that must be held whole: TNEF and signed data. */
  readonly containerBytes: number;
};

const MIB = 1024 * 1024;

/** Far above what people send, far below what hurts. */
export const DEFAULT_MESSAGE_LIMITS: MessageLimits = {
  parts: 200,
  depth: 4,
  files: 100,
  addresses: 1_000,
  headerBytes: 256 * 1024,
  textBytes: 2 * MIB,
  containerBytes: 96 * MIB,
};

/** Which bound was passed. */
export type MessageFault =
  | "mail_too_many_parts"
  | "mail_too_deep"
  | "mail_too_many_files"
  | "mail_too_many_addresses"
  | "mail_container_too_large"
  | "mail_too_slow"
  | "mail_damaged";

/** The error for a message that passes a bound or is broken. */
export function unreadableMail(code: MessageFault, why: string, cause?: unknown): UnreadableError {
  return new UnreadableError(code, `Cannot read the mail: ${why}`, { cause });
}
