/**
 * Makes RFC 3161 tokens: the authority's side, for development and tests.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Instant } from "../domain/instant.ts";
import type { Signer } from "../signing_ports.ts";
import { buildSignedData } from "./cms_builder.ts";
import { type Bytes, TAG } from "./der.ts";
import { element, generalizedTime, integer, oid, sequence } from "./der_write.ts";
import { OID } from "./oids.ts";
import type { TimestampRequest } from "./timestamp_request.ts";

/** What the authority adds to what was asked. */
export type TokenFacts = {
  readonly at: Instant;
  /** Object identifier. */
  readonly policy: string;
  /** Never the same twice. */
  readonly serial: Bytes;
};

/** Makes a token with the key of a timestamp authority. Throws what the signer throws. */
export async function makeTimestampToken(
  authority: Signer,
  request: Pick<TimestampRequest, "messageImprint" | "nonce" | "wantsCertificate">,
  facts: TokenFacts,
): Promise<Bytes> {
  const info = sequence(
    integer(1),
    oid(facts.policy),
    request.messageImprint,
    integer(facts.serial),
    generalizedTime(facts.at),
    sequence(integer(1)), // accurate to a second, which is what is written
    ...(request.nonce === null ? [] : [element(TAG.integer, Uint8Array.fromHex(request.nonce))]),
  );
  return await buildSignedData({
    signer: authority,
    contentType: OID.timestampInfo,
    digest: Uint8Array.from(createHash("sha256").update(info).digest()),
    content: info,
    ...(!request.wantsCertificate && { certificates: [] }),
  });
}
