/**
 * What a mail client is told when a mail is not taken. 4xx: keep it and try again; 5xx: never (RFC 5321 §4.2.1).
 *
 * @module
 */

/** An error that `smtp-server` answers with; it puts the enhanced code (RFC 3463) in by itself. */
export function reply(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

/** For a message above the limit in bytes. */
export function tooLarge(maxBytes: number): Error {
  const megabytes = Math.floor(maxBytes / 1_000_000);
  return reply(
    552,
    `The message is too large: at most ${megabytes} MB (${maxBytes} bytes), attachments ` +
      "included. Please upload large contracts on the page of the case",
  );
}

/** Where there is no room for a message, or soon would be none. */
export function noRoom(): Error {
  return reply(452, "There is no room for the message just now; please try again later");
}

/** For a message that could not be stored, whatever the cause: the sender keeps it. */
export function notStored(cause: unknown): Error {
  return isDiskFull(cause)
    ? noRoom()
    : reply(451, "The message could not be stored just now; please try again later");
}

/** Faults of a file system without room: full, over quota, file too large. */
const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

/** SQLite, which Deno KV stands on, says it in words. */
const FULL_WORDS = /disk is full|no space left/i;

function isDiskFull(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 10; cause = cause.cause, depth++) {
    const { code } = cause as { readonly code?: unknown };
    if (FULL.includes(String(code)) || FULL_WORDS.test(cause.message)) return true;
  }
  return false;
}
