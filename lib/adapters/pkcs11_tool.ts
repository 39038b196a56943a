/**
 * Runs OpenSC's `pkcs11-tool`, one process a question, so that a vendor's library never is in this process: what
 * crashes or hangs there is an error here. The PIN goes by the environment, where `ps` does not show it.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Bytes } from "../pades/der.ts";
import { PortError } from "../ports.ts";
import type { Pkcs11Url } from "../settings/signer_url.ts";
import { oneByOne } from "./one_by_one.ts";
import { type Ended, runBounded } from "./run_bounded.ts";

/** Asks the token: arguments for the tool, and what it reads. Gives what it writes. Throws `PortError`. */
export type Pkcs11Tool = (
  what: readonly string[],
  options?: { readonly input?: Bytes; readonly signal?: AbortSignal },
) => Promise<Bytes>;

/** Which token, and how to run the tool. */
export type Pkcs11ToolOptions = {
  readonly key: Pick<Pkcs11Url, "token" | "modulePath" | "variables">;
  /** The PIN of the token's user. */
  readonly pin: string;
  /** The program; `pkcs11-tool` by default, which is found by `PATH`. */
  readonly command?: string;
  /** Milliseconds for one run; 15,000 by default. */
  readonly timeoutMs?: number;
};

/** The variable that the tool finds the PIN in. */
const PIN = "WARIFU_PKCS11_PIN";

/** What any program may need; a library's own variables are named in `SIGNER_URL`, so that it sees no secrets. */
const COMMON = ["PATH", "HOME", "TMPDIR"];

/** The tool for one token. Runs come one after another, since tokens bear few sessions at once. */
export function pkcs11Tool(options: Pkcs11ToolOptions): Pkcs11Tool {
  const { key, pin, command = "pkcs11-tool", timeoutMs = 15_000 } = options;
  const place = ["--module", key.modulePath, "--token-label", key.token, "--login", "--pin", `env:${PIN}`];
  const inLine = oneByOne();
  let refusal: string | null = null;
  return (what, { input = new Uint8Array(), signal } = {}) =>
    inLine(async () => {
      // Tokens lock themselves after some wrong PINs: a refused one is not tried again.
      if (refusal) throw pinRefused(refusal);
      signal?.throwIfAborted();
      const env = { ...variablesFor(key.variables), [PIN]: pin };
      const ended = await run(command, {
        args: [...place, ...what],
        env,
        input,
        timeoutMs,
        ...(signal && { signal }),
      });
      if (ended.code === 0) return ended.output;
      const said = latin1(ended.errors);
      const fault = /\bCKR_[A-Z_]+/.exec(said)?.[0];
      if (fault?.startsWith("CKR_PIN_") || fault === "CKR_USER_PIN_NOT_INITIALIZED") {
        refusal = fault;
        throw pinRefused(fault);
      }
      const known = SAYINGS.find(([saying]) => saying.test(said))?.[1];
      const state = fault ?? known ?? `the tool ended with ${ended.signal ?? ended.code}`;
      throw failed("unavailable", state, true);
    });
}

/** What the tool says without a code of the standard. Its own words may name labels and files. */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/No slot with (a )?token/i, "no such token is there"],
  [/Failed to load pkcs11 module/i, "its module cannot be loaded"],
];

async function run(command: string, options: Parameters<typeof runBounded>[1]): Promise<Ended> {
  try {
    const ended = await runBounded(command, options);
    if (ended.late) throw failed("timeout", "no answer in time", true);
    return ended;
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) {
      throw failed("misconfigured", "pkcs11-tool is not installed", false, cause);
    }
    if (cause instanceof Deno.errors.NotCapable) {
      const state = "pkcs11-tool may not be run; start with --allow-run=pkcs11-tool besides";
      throw failed("misconfigured", state, false, cause);
    }
    options.signal?.throwIfAborted();
    if (cause instanceof PortError) throw cause;
    throw failed("unavailable", "pkcs11-tool cannot be run", true, cause);
  }
}

function variablesFor(names: readonly string[]): Record<string, string> {
  const found = [...COMMON, ...names].map((name) => [name, Deno.env.get(name)] as const);
  return Object.fromEntries(found.filter((each): each is [string, string] => each[1] !== undefined));
}

function latin1(bytes: Bytes): string {
  return Buffer.from(bytes).toString("latin1");
}

function pinRefused(fault: string): PortError {
  return failed("misconfigured", `the PIN was refused (${fault})`, false);
}

function failed(code: PortError["code"], state: string, retryable: boolean, cause?: unknown): PortError {
  return new PortError(code, `Cannot use the token: ${state}`, { retryable, cause });
}
