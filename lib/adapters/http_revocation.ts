/**
 * Revocation data from the places that certificates name: OCSP responses and lists, both where both are named
 * (RFC 5280 §4.2.1.13, §4.2.2.1). Years later validators differ in which of the two proves the past to them, so that
 * a sealed file carries both; one is enough to go on. What comes is checked before it is used; a certificate that
 * names no place is passed over.
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
import { type Clock, PortError } from "../ports.ts";
import type { RevocationData, RevocationSource } from "../signing_ports.ts";
import { askForBytes, type Fetch } from "./http_bytes.ts";
import { type KeptAnswer, KeptAnswers } from "./kept_answers.ts";

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
/** Beside an OCSP response a list goes into every file only up to this size; else the response has to do. */
const MAX_SECOND_CRL_BYTES = 256 * 1024;

/** A kind of place that failed is asked anew after this time while the other kind answers, in milliseconds. */
const FAILURE_KEPT_MS = 60_000;

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

/** What is asked about, and who issued it. */
type Question = {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly signal?: AbortSignal;
};
/** One kind of place: the name that its answer is kept by, where it is, and how it is asked. */
type Kind = {
  readonly name: string;
  readonly urls: readonly string[];
  readonly ask: (url: string, question: Question) => Promise<KeptAnswer>;
};
/** What a kind of place gave, or what went wrong at each. */
type Outcome = {
  readonly kind: Kind;
  readonly answer: KeptAnswer | null;
  readonly causes: readonly unknown[];
};

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
  readonly #kept: KeptAnswers;

  constructor(options: HttpRevocationOptions) {
    this.#options = options;
    this.#kept = new KeptAnswers(options.clock);
  }

  /** The data of one certificate: of both kinds where both are named, though one of them is enough. */
  async ask(certificate: Certificate, above?: Certificate, signal?: AbortSignal): Promise<RevocationData> {
    const kinds = this.#kindsOf(certificate);
    if (kinds.length === 0) return NOTHING;
    const kept = kinds.map(({ name }) => this.#kept.find(name));
    if (kept.every((each) => each !== null)) return together(kept);
    const issuer = await this.#issuerOf(certificate, above, signal);
    const question = { certificate, issuer, ...(signal && { signal }) };
    // At once, so that a place that is down keeps nobody waiting longer than it must.
    const outcomes = await Promise.all(kinds.map((kind, i): Outcome | Promise<Outcome> => {
      const answer = kept[i];
      return answer ? { kind, answer, causes: [] } : firstAnswer(kind, question);
    }));
    const answers = outcomes.map(({ answer }) => answer).filter((answer) => answer !== null);
    if (together(answers) === NOTHING) {
      throw failed("no place gave an answer", new AggregateError(outcomes.flatMap(({ causes }) => causes)));
    }
    const failedUntil = epochMs(this.#options.clock.now()) + FAILURE_KEPT_MS;
    for (const { kind, answer } of outcomes) {
      this.#kept.keep(kind.name, answer ?? { data: NOTHING, until: failedUntil });
    }
    return together(answers);
  }

  /** The kinds of places that a certificate names. */
  #kindsOf({ der, ocspUrls, crlUrls }: Certificate): readonly Kind[] {
    const name = der.toHex();
    return [
      { name: `ocsp ${name}`, urls: ocspUrls.filter(isHttp), ask: this.#askOcsp.bind(this) },
      { name: `crl ${name}`, urls: crlUrls.filter(isHttp), ask: this.#askCrl.bind(this) },
    ].filter(({ urls }) => urls.length > 0);
  }

  async #askOcsp(url: string, { certificate, issuer, signal }: Question): Promise<KeptAnswer> {
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

  async #askCrl(url: string, { certificate, issuer, signal }: Question): Promise<KeptAnswer> {
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

/** The first of the places of a kind that answers. Throws at once what asking elsewhere can't mend. */
async function firstAnswer(kind: Kind, question: Question): Promise<Outcome> {
  const causes: unknown[] = [];
  for (const url of kind.urls) {
    try {
      return { kind, answer: await kind.ask(url, question), causes };
    } catch (cause) {
      question.signal?.throwIfAborted();
      if (isFinal(cause)) throw cause;
      causes.push(cause);
    }
  }
  return { kind, answer: null, causes };
}

/** What both kinds gave. Beside a response a long list stays out, but for one that vouches for its responder. */
function together(answers: readonly KeptAnswer[]): RevocationData {
  const ocsps = answers.flatMap(({ data }) => data.ocsps);
  const fits = ({ length }: Bytes) => ocsps.length === 0 || length <= MAX_SECOND_CRL_BYTES;
  const crls = answers.flatMap(({ data }) => data.ocsps.length > 0 ? data.crls : data.crls.filter(fits));
  return ocsps.length + crls.length === 0 ? NOTHING : { ocsps, crls };
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
  const message = `Cannot find out whether a certificate is revoked: ${state}`;
  return new PortError("unavailable", message, { retryable: true, cause });
}
