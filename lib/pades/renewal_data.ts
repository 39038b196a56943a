/**
 * What a document timestamp needs before the next one goes on (R28; ETSI EN 319 142-1 §5.5): the certificates of
 * the authority that gave it, and proof that they were still good just before. What was collected for the signer
 * at the beginning is protected by every timestamp since, and is never collected again.
 *
 * @module
 */
import { type Instant, plusMs } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { openPdf } from "../pdf/pdf_file.ts";
import type { ByteSource } from "../ports.ts";
import type { RevocationSource } from "../signing_ports.ts";
import type { Bytes } from "./der.ts";
import type { ValidationData } from "./dss.ts";
import { sealsIn } from "./seals_in.ts";
import { readTimestampToken } from "./timestamp_token.ts";
import { collectFor } from "./validation_data.ts";
import { signerOf } from "./verify_cms.ts";
import { readStore } from "./verify_store.ts";
import { type Certificate, isSelfIssued, readCertificate } from "./x509.ts";
import { chainWithin } from "./x509_chain.ts";

/** The last document timestamp of a file. */
export type NewestTimestamp = {
  /** The time that it proves. */
  readonly at: Instant;
  /** The first instant at which a certificate of its authority is no longer valid; roots do not count. */
  readonly endsAt: Instant;
  /** The authority's chain, its own certificate first, as far as file and `known` tell. */
  readonly chain: readonly Certificate[];
};

/**
 * The last document timestamp. Throws `UnreadableError` for a file that can't be read or has none.
 *
 * @param known certificates, DER, that may stand above the authority's: a token comes without its root
 */
export function newestTimestamp(source: ByteSource, known: readonly Bytes[] = []): NewestTimestamp {
  const pdf = openPdf(source);
  const last = sealsIn(pdf).findLast(({ kind }) => kind === "doc-timestamp");
  if (!last) throw new UnreadableError("no_timestamp", "Cannot renew the timestamp: the file has none");
  const token = readTimestampToken(last.contents);
  const pool = [...token.signed.certificates, ...readStore(pdf).certificates, ...known.map(readCertificate)];
  const leaf = signerOf(token, pool);
  if (!leaf) {
    throw new UnreadableError("no_certificate", "Cannot renew the timestamp: its certificate is not known");
  }
  const chain = chainWithin(pool, leaf);
  return { at: token.info.at, endsAt: endOf(chain), chain };
}

/** A certificate is valid to the end of its last second (RFC 5280 §4.1.2.5). */
function endOf([leaf, ...above]: readonly Certificate[]): Instant {
  const ends = above.filter((each) => !isSelfIssued(each)).map(({ notAfter }) => notAfter);
  const last = ends.reduce((first, end) => end < first ? end : first, leaf!.notAfter);
  return plusMs(`${last.slice(0, 19)}.000Z`, 1_000);
}

/** What is collected for, and from where. */
export type RenewalOrder = {
  /** The sealed PDF. */
  readonly source: ByteSource;
  readonly revocation: RevocationSource;
  /** Certificates, DER, that may stand above the authority's. */
  readonly known?: readonly Bytes[];
  readonly signal?: AbortSignal;
};

/**
 * Collects the chain of the last document timestamp with fresh revocation data, to go into one update with the
 * next. Throws `PortError`, or `UnreadableError` as {@linkcode newestTimestamp} does.
 */
export async function collectRenewalData(order: RenewalOrder): Promise<ValidationData> {
  const { source, revocation, known = [], signal } = order;
  return await collectFor([newestTimestamp(source, known).chain], revocation, signal);
}
