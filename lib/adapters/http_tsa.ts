/**
 * Timestamps from RFC 3161 authorities over HTTP (§3.4). An answer is taken only when every field of it is what was
 * asked for, and when its authority is trusted.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import type { Bytes } from "../pades/der.ts";
import { takeTimestamp } from "../pades/timestamp_answer.ts";
import { buildTimestampRequest } from "../pades/timestamp_request.ts";
import type { TimestampToken } from "../pades/timestamp_token.ts";
import { chainWithin } from "../pades/x509_chain.ts";
import { type Chance, type Clock, PortError } from "../ports.ts";
import type { TimestampAuthority } from "../signing_ports.ts";
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
  /** The certificate that the last token was signed with, and those above it as far as it tells; DER. */
  certificates(): readonly Bytes[];
}

/** Timestamps from the first address that answers rightly. */
export function httpTsa(options: HttpTsaOptions): HttpTsa {
  const failedAt = new Map<string, number>();
  let last: { readonly token: TimestampToken; readonly skewMs: number } | null = null;
  const now = () => epochMs(options.clock.now());
  const shunned = (url: string) => now() - (failedAt.get(url) ?? -Infinity) < SHUNNED_MS;
  return {
    skewMs: () => last?.skewMs ?? null,
    certificates: () => last ? chainIn(last.token) : [],
    async timestamp(digest, signal) {
      const urls = options.urls.toSorted((a, b) => Number(shunned(a)) - Number(shunned(b)));
      const causes: unknown[] = [];
      for (const url of urls) {
        try {
          const token = await stamp(options, url, digest, signal);
          failedAt.delete(url);
          last = { token, skewMs: epochMs(token.info.at) - now() };
          return token.der;
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

function chainIn({ certificate, signed }: TimestampToken): readonly Bytes[] {
  return certificate ? chainWithin(signed.certificates, certificate).map(({ der }) => der) : [];
}

function codeOf(causes: readonly unknown[]): PortError["code"] {
  const last = causes.at(-1);
  return last instanceof PortError ? last.code : "unavailable";
}

async function stamp(
  { policy, trust, clock, chance, fetch, timeoutMs = 10_000 }: HttpTsaOptions,
  url: string,
  digest: Bytes,
  signal: AbortSignal | undefined,
): Promise<TimestampToken> {
  const nonce = Uint8Array.of(0x40, ...chance.bytes(8)); // Its first byte keeps its length and sign.
  const body = {
    type: "application/timestamp-query",
    bytes: buildTimestampRequest({ digest, nonce, policy }),
  };
  const from = epochMs(clock.now()) - MAX_SKEW_MS;
  const question = { url, body, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...(signal && { signal }) };
  const answer = await askForBytes("the timestamp authority", question, fetch);
  const between = { from, to: epochMs(clock.now()) + MAX_SKEW_MS };
  const token = takeTimestamp(answer, { digest, nonce, policy, between });
  if (trust.accepts(url, token)) return token;
  throw new PortError("refused", "Cannot take the timestamp: its authority is not trusted", {
    retryable: true,
  });
}
