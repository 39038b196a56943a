/**
 * Timestamps from RFC 3161 authorities over HTTP. An answer is taken only when every field of it is what was asked
 * for: status, digest, nonce, policy, time, and the signature of an authority that is trusted.
 *
 * @module
 */
import { epochMs, type Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { type Bytes, readDer } from "../pades/der.ts";
import { integer } from "../pades/der_write.ts";
import { readIntegerHex } from "../pades/der_values.ts";
import { buildTimestampRequest } from "../pades/timestamp_request.ts";
import { readTimestampResponse } from "../pades/timestamp_response.ts";
import { checkTimestampToken, readTimestampToken } from "../pades/timestamp_token.ts";
import { type Chance, type Clock, PortError, type TimestampAuthority } from "../ports.ts";
import { askForBytes, type Fetch } from "./http_bytes.ts";
import type { TsaTrust } from "./tsa_trust.ts";

/** How far an authority's clock may be from ours, in milliseconds (5 minutes). */
const MAX_SKEW_MS = 300_000;

/** How long an address that failed is asked last, in milliseconds. */
const SHUNNED_MS = 60_000;

/** Tokens with all their certificates take 3–10 KB. */
const MAX_ANSWER_BYTES = 256 * 1024;

/** Whom to ask, and how. */
export type HttpTsaOptions = {
  /** Addresses, tried in order; may hold a name and password. */
  readonly urls: readonly string[];
  /** Object identifier of the policy that tokens must be given under; null for any. */
  readonly policy: string | null;
  readonly trust: TsaTrust;
  /** The true time, even where development moves its clock. */
  readonly clock: Clock;
  readonly chance: Chance;
  readonly fetch: Fetch;
  /** Milliseconds for one address; 10,000 by default. */
  readonly timeoutMs?: number;
};

/** An authority behind addresses. */
export interface HttpTsa extends TimestampAuthority {
  /** By how many milliseconds the last token's time was ahead of our clock; null before the first. */
  skewMs(): number | null;
}

/** Timestamps from the first address that answers rightly. */
export function httpTsa(options: HttpTsaOptions): HttpTsa {
  const failedAt = new Map<string, number>();
  let skew: number | null = null;
  const now = () => epochMs(options.clock.now());
  const shunned = (url: string) => now() - (failedAt.get(url) ?? -Infinity) < SHUNNED_MS;
  return {
    skewMs: () => skew,
    async timestamp(sha256, signal) {
      const urls = options.urls.toSorted((a, b) => Number(shunned(a)) - Number(shunned(b)));
      const causes: unknown[] = [];
      for (const url of urls) {
        try {
          const { token, at } = await stamp(options, url, sha256, signal);
          failedAt.delete(url);
          skew = epochMs(at) - now();
          return token;
        } catch (cause) {
          signal?.throwIfAborted();
          failedAt.set(url, now());
          causes.push(cause);
        }
      }
      const cause = causes.length === 1
        ? causes[0]
        : new AggregateError(causes, "No authority gave a timestamp");
      throw new PortError(codeOf(causes), "Cannot get a timestamp: no authority gave one", {
        retryable: true,
        cause,
      });
    },
  };
}

function codeOf(causes: readonly unknown[]): PortError["code"] {
  const last = causes.at(-1);
  return last instanceof PortError ? last.code : "unavailable";
}

async function stamp(
  { policy, trust, clock, chance, fetch, timeoutMs = 10_000 }: HttpTsaOptions,
  url: string,
  sha256: Bytes,
  signal: AbortSignal | undefined,
): Promise<{ token: Bytes; at: Instant }> {
  const nonce = Uint8Array.of(0x40, ...chance.bytes(8)); // Its first byte keeps its length and sign.
  const body = {
    type: "application/timestamp-query",
    bytes: buildTimestampRequest({ sha256, nonce, policy }),
  };
  const asked = clock.now();
  const question = { url, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(signal && { signal }) };
  const answer = await askForBytes("the timestamp authority", question, fetch);
  const between = { from: epochMs(asked) - MAX_SKEW_MS, to: epochMs(clock.now()) + MAX_SKEW_MS };
  return read(answer, { url, sha256, nonce, policy, trust, between });
}

type Expectation = Pick<HttpTsaOptions, "policy" | "trust"> & {
  readonly url: string;
  readonly sha256: Bytes;
  readonly nonce: Bytes;
  readonly between: { readonly from: number; readonly to: number };
};

function wrong(problem: string, cause?: unknown): PortError {
  return new PortError("refused", `Cannot take the timestamp: ${problem}`, { retryable: true, cause });
}

function read(answer: Bytes, expected: Expectation): { token: Bytes; at: Instant } {
  try {
    const { status, failure, token: der } = readTimestampResponse(answer);
    if (status > 1 || der === null) throw wrong(`refused with status ${status}, failure ${failure}`);
    const token = readTimestampToken(der);
    const { info } = token;
    if (info.nonce !== readIntegerHex(readDer(integer(expected.nonce)))) throw wrong("another nonce");
    if (info.hash !== "sha256") throw wrong("another hash function");
    const faults = checkTimestampToken(token, () => expected.sha256);
    if (faults.length > 0) throw wrong(faults.join(", "));
    if (expected.policy !== null && info.policy !== expected.policy) throw wrong("another policy");
    const at = epochMs(info.at);
    if (at < expected.between.from || at > expected.between.to) throw wrong("its time is far from ours");
    if (!expected.trust.accepts(expected.url, token)) throw wrong("its authority is not trusted");
    return { token: der, at: info.at };
  } catch (cause) {
    if (cause instanceof UnreadableError) throw wrong("it cannot be read", cause);
    throw cause;
  }
}
