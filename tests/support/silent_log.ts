/**
 * A log that keeps nothing.
 *
 * @module
 */
import type { Log } from "../../lib/ports.ts";

/** Keeps nothing. */
export const SILENT: Log = { info() {}, warn() {}, error() {} };
