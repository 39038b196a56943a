/**
 * The development timestamp authority: in the process, and behind HTTP as RFC 3161 §3.4 has it.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { Bytes } from "../pades/der.ts";
import { HASH_BYTES } from "../pades/oids.ts";
import { makeTimestampToken, type TokenFacts } from "../pades/timestamp_maker.ts";
import { messageImprint, readTimestampRequest, type TimestampRequest } from "../pades/timestamp_request.ts";
import { FAILURE, grantedResponse, rejectedResponse } from "../pades/timestamp_response.ts";
import type { Chance, Clock } from "../ports.ts";
import type { Signer, TimestampAuthority } from "../signing_ports.ts";

/** Under the arc for examples (RFC 5612): tokens of development are told apart by it. */
export const DEV_TSA_POLICY = "1.3.6.1.4.1.32473.1.1";

const MAX_REQUEST_BYTES = 4096;

/** What the authority is made of. */
export type DevTsaParts = { readonly authority: Signer; readonly clock: Clock; readonly chance: Chance };

function facts({ clock, chance }: DevTsaParts): TokenFacts {
  return { at: clock.now(), policy: DEV_TSA_POLICY, serial: Uint8Array.of(0x40, ...chance.bytes(15)) };
}

/** Stamps in the process. */
export function devTsa(parts: DevTsaParts): TimestampAuthority {
  return {
    timestamp: (digest, signal) => {
      signal?.throwIfAborted();
      const request = { messageImprint: messageImprint(digest), nonce: null, wantsCertificate: true };
      return makeTimestampToken(parts.authority, request, facts(parts));
    },
  };
}

/** Answers `POST application/timestamp-query` with `application/timestamp-reply`. */
export function devTsaHandler(parts: DevTsaParts): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { allow: "POST" } });
    if (request.headers.get("content-type") !== "application/timestamp-query") {
      return new Response(null, { status: 415 });
    }
    const query = new Uint8Array(await request.arrayBuffer());
    if (query.length > MAX_REQUEST_BYTES) return new Response(null, { status: 413 });
    const headers = { "content-type": "application/timestamp-reply" };
    return new Response(await answer(parts, query), { headers });
  };
}

async function answer(parts: DevTsaParts, query: Bytes): Promise<Bytes> {
  try {
    const request = readTimestampRequest(query);
    const failure = failureOf(request);
    if (failure !== null) return rejectedResponse(failure);
    return grantedResponse(await makeTimestampToken(parts.authority, request, facts(parts)));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return rejectedResponse(FAILURE.badFormat);
  }
}

function failureOf({ hash, digest, policy }: TimestampRequest): number | null {
  if (hash === null || hash === "sha1") return FAILURE.badAlgorithm;
  if (digest.length !== HASH_BYTES[hash]) return FAILURE.badFormat;
  return policy === null || policy === DEV_TSA_POLICY ? null : FAILURE.unacceptedPolicy;
}
