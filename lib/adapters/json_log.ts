/**
 * The log as one JSON object a line, for a collector to read.
 *
 * @module
 */
import type { Clock, Log } from "../ports.ts";

type Level = "info" | "warn" | "error";
type Fields = Readonly<Record<string, string | number | boolean>>;

/** A log that gives its lines to `write`, for instance `console.log`. */
export function jsonLog(clock: Clock, write: (line: string) => void): Log {
  const line = (level: Level, event: string, fields: Fields = {}, error: Fields = {}) =>
    write(JSON.stringify({ at: clock.now(), level, event, ...fields, ...error }));
  return {
    info: (event, fields) => line("info", event, fields),
    warn: (event, fields) => line("warn", event, fields),
    error: (event, cause, fields) => line("error", event, fields, { error: describe(cause) }),
  };
}

/** An error with its stack and all its causes. */
function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? ` [${String(cause.code)}]` : "";
  const own = `${cause.stack ?? `${cause.name}: ${cause.message}`}${code}`;
  return cause.cause === undefined ? own : `${own}\ncaused by ${describe(cause.cause)}`;
}
