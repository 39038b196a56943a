/**
 * Revocation data from the places that certificates name: OCSP first, then lists (RFC 5280 §4.2.1.13, §4.2.2.1).
 * What comes is checked before it is used; a certificate that names no place is passed over.
 *
 * @module
 */
import { epochMs, type Instant } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { readSignedData } from "../pades/cms_reader.ts";
import type { Bytes } from "../pades/der.ts";
import { buildOcspRequest, readOcspResponse, responderOf } from "../pades/revocation_ocsp.ts";
import { readCrl } from "../pades/revocation_crl.ts";
import { scopeFault } from "../pades/revocation_scope.ts";
import { type RevocationStatus, statusByCrl, statusByOcsp } from "../pades/revocation_status.ts";
import { type Certificate, isSelfIssued, readCertificate } from "../pades/x509.ts";
import { isIssuedBy } from "../pades/x509_chain.ts";
import { type Clock, PortError, type RevocationData, type RevocationSource } from "../ports.ts";
import { askForBytes, type Fetch } from "./http_bytes.ts";

/** An OCSP response is asked for anew after this time, in milliseconds (a minute). */
const OCSP_KEPT_MS = 60_000;

/** A list is asked for anew at its next update, but after this time at the latest, in milliseconds (an hour). */
const CRL_KEPT_MS = 3_600_000;

/** How old data may be that does not say until when it holds, in milliseconds (a day). */
const MAX_AGE_MS = 86_400_000;

/** How far a responder's clock may be ahead of ours, in milliseconds. */
const MAX_SKEW_MS = 300_000;

const MAX_OCSP_BYTES = 256 * 1024;
const MAX_CRL_BYTES = 32 * 1024 * 1024;
const MAX_CERTIFICATE_BYTES = 64 * 1024;

/** Answers kept in memory, and all their bytes. */
const MAX_KEPT = 100;
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** How to ask. */
export type HttpRevocationOptions = {
  /** Certificates that may have issued what is asked about, besides those of its chain; a live list, DER. */
  readonly issuers: readonly Bytes[];
  /** The true time, even where development moves its clock. */
  readonly clock: Clock;
  readonly fetch: Fetch;
  /** Milliseconds for one question; 10,000 by default. */
  readonly timeoutMs?: number;
};

const NOTHING: RevocationData = { ocsps: [], crls: [] };

/** Asks over HTTP. */
export function httpRevocation(options: HttpRevocationOptions): RevocationSource {
  const asker = new Asker(options);
  return {
    async revocationFor(chain, signal) {
      const certificates = chain.map(readCertificate);
      const found: RevocationData[] = [];
      for (const [i, certificate] of certificates.entries()) {
        if (!isSelfIssued(certificate)) found.push(await asker.ask(certificate, certificates[i + 1], signal));
      }
      return { ocsps: found.flatMap((each) => each.ocsps), crls: found.flatMap((each) => each.crls) };
    },
  };
}

class Asker {
  readonly #options: HttpRevocationOptions;
  readonly #kept = new Map<string, { readonly until: number; readonly data: RevocationData }>();

  constructor(options: HttpRevocationOptions) {
    this.#options = options;
  }

  /** The data of one certificate. */
  async ask(certificate: Certificate, above?: Certificate, signal?: AbortSignal): Promise<RevocationData> {
    const ocspUrls = certificate.ocspUrls.filter(isHttp);
    const crlUrls = certificate.crlUrls.filter(isHttp);
    if (ocspUrls.length + crlUrls.length === 0) return NOTHING;
    const name = certificate.der.toHex();
    const kept = this.#kept.get(name);
    if (kept && epochMs(this.#options.clock.now()) < kept.until) return kept.data;
    const issuer = await this.#issuerOf(certificate, above, signal);
    const causes: unknown[] = [];
    for (const [urls, ask] of [[ocspUrls, this.#askOcsp], [crlUrls, this.#askCrl]] as const) {
      for (const url of urls) {
        try {
          const { data, until } = await ask.call(this, url, certificate, issuer, signal);
          this.#keep(name, until, data);
          return data;
        } catch (cause) {
          signal?.throwIfAborted();
          if (isFinal(cause)) throw cause;
          causes.push(cause);
        }
      }
    }
    throw failed("no place gave an answer", new AggregateError(causes));
  }

  #keep(name: string, until: number, data: RevocationData): void {
    this.#kept.delete(name);
    this.#kept.set(name, { until, data });
    let size = this.#kept.values().reduce((sum, kept) => sum + sizeOf(kept.data), 0);
    for (const [oldest, kept] of this.#kept) {
      if (this.#kept.size <= MAX_KEPT && size <= MAX_KEPT_BYTES) break;
      this.#kept.delete(oldest);
      size -= sizeOf(kept.data);
    }
  }

  async #askOcsp(url: string, certificate: Certificate, issuer: Certificate, signal?: AbortSignal) {
    const body = { type: "application/ocsp-request", bytes: buildOcspRequest(certificate, issuer) };
    const der = await this.#fetch(url, MAX_OCSP_BYTES, signal, body);
    this.#assertGood(statusByOcsp(der, certificate, issuer));
    const until = epochMs(this.#options.clock.now()) + OCSP_KEPT_MS;
    const responder = await this.#responderData(der, issuer, signal);
    return { data: { ocsps: [der, ...responder.ocsps], crls: responder.crls }, until };
  }

  /** A responder's own certificate wants data too, unless it says that it does not (RFC 6960 §4.2.2.2.1). */
  async #responderData(der: Bytes, issuer: Certificate, signal?: AbortSignal): Promise<RevocationData> {
    const response = readOcspResponse(der);
    const responder = response && responderOf(response, issuer);
    if (!responder || responder.ocspNoCheck || responder.der === issuer.der) return NOTHING;
    // By a list only: the responder cannot vouch for itself. If it is revoked, only its answer is of no use.
    return await this.ask({ ...responder, ocspUrls: [] }, issuer, signal).catch((cause) => {
      signal?.throwIfAborted();
      throw failed("its responder is not vouched for", cause);
    });
  }

  async #askCrl(url: string, certificate: Certificate, issuer: Certificate, signal?: AbortSignal) {
    const der = await this.#fetch(url, MAX_CRL_BYTES, signal);
    const partial = scopeFault(readCrl(der), certificate);
    if (partial !== null) throw failed(`the list is not one for it (${partial})`);
    const { nextUpdate } = this.#assertGood(statusByCrl(der, certificate, issuer));
    const until = epochMs(this.#options.clock.now()) + CRL_KEPT_MS;
    const end = nextUpdate === null ? until : Math.min(until, epochMs(nextUpdate));
    return { data: { ocsps: [], crls: [der] }, until: end };
  }

  #assertGood(found: RevocationStatus): { readonly nextUpdate: Instant | null } {
    if (found.status === "revoked") {
      throw new PortError("refused", "Cannot use the certificate: it is revoked", { retryable: false });
    }
    if (found.status === "unknown") throw failed("the answer is not one for it");
    const now = epochMs(this.#options.clock.now());
    const early = epochMs(found.thisUpdate) > now + MAX_SKEW_MS;
    const end = found.nextUpdate === null
      ? epochMs(found.thisUpdate) + MAX_AGE_MS
      : epochMs(found.nextUpdate);
    const late = end < now - MAX_SKEW_MS;
    if (early || late) throw failed("the answer is out of date");
    return found;
  }

  /** The issuer from the chain, from what is known besides, or from where the certificate says that it is. */
  async #issuerOf(certificate: Certificate, above?: Certificate, signal?: AbortSignal): Promise<Certificate> {
    if (above && isIssuedBy(certificate, above)) return above;
    const known = this.#options.issuers.map(readCertificate).find((each) => isIssuedBy(certificate, each));
    if (known) return known;
    for (const url of certificate.issuerUrls.filter(isHttp)) {
      try {
        const found = certificatesIn(await this.#fetch(url, MAX_CERTIFICATE_BYTES, signal));
        const issuer = found.find((each) => isIssuedBy(certificate, each));
        if (issuer) return issuer;
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof UnreadableError || error instanceof PortError)) throw error;
      }
    }
    throw failed("its issuer is not known");
  }

  #fetch(url: string, maxBytes: number, signal?: AbortSignal, body?: { type: string; bytes: Bytes }) {
    const { timeoutMs = 10_000, fetch } = this.#options;
    const question = { url, timeoutMs, maxBytes, ...(body && { body }), ...(signal && { signal }) };
    return askForBytes("for revocation data", question, fetch);
  }
}

function sizeOf({ ocsps, crls }: RevocationData): number {
  return [...ocsps, ...crls].reduce((sum, each) => sum + each.length, 0);
}

/** RFC 5280 §4.2.2.1: one certificate, or several in a SignedData without signers (`.p7c`). Throws `UnreadableError`. */
function certificatesIn(bytes: Bytes): readonly Certificate[] {
  try {
    return [readCertificate(bytes)];
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return readSignedData(bytes).certificates;
  }
}

function isHttp(url: string): boolean {
  return /^https?:\/\//.test(url) && URL.canParse(url);
}

/** A revoked certificate stays revoked; all else may be tried elsewhere. */
function isFinal(cause: unknown): boolean {
  if (cause instanceof PortError) return !cause.retryable;
  return !(cause instanceof UnreadableError);
}

function failed(state: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot find out whether a certificate is revoked: ${state}`, {
    retryable: true,
    cause,
  });
}
