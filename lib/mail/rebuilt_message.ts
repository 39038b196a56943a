/**
 * A raw message put together again from what a provider tells of one whose raw form it no longer has. Its
 * signatures are lost with its form, so nobody vouches for it.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { type MessageFile, writeMessage } from "./write_message.ts";

/** What is known of the message. */
export type KnownMessage = {
  /** With angle brackets or without. */
  readonly messageId: string;
  readonly at: Instant;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly files: readonly MessageFile[];
};

/** Headers by which answers are placed and automatic mail is told apart. */
const KEPT = [
  "In-Reply-To",
  "References",
  "Auto-Submitted",
  "Precedence",
  "List-Id",
  "List-Unsubscribe",
  "X-Autoreply",
  "X-Autorespond",
  "X-Auto-Response-Suppress",
  "Return-Path",
];

/** The message in pieces. */
export function rebuiltMessage(known: KnownMessage): Generator<Uint8Array<ArrayBuffer>> {
  const headers = new Map(Object.entries(known.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const kept = KEPT.flatMap((name) => {
    const value = headers.get(name.toLowerCase());
    return value === undefined ? [] : [[name, value] as const];
  });
  const { messageId, at, from, to, cc, subject, text, html, files } = known;
  return writeMessage({
    messageId: messageId.replace(/^<|>$/g, ""),
    date: new Date(at),
    from,
    to: to.join(", "),
    subject,
    text,
    ...(html !== null && { html }),
    inReplyTo: "",
    headers: [...(cc.length > 0 ? [["Cc", cc.join(", ")] as const] : []), ...kept],
    files,
  });
}
