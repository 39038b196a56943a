/**
 * What a set of revocation data proves of one certificate.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { RevocationData } from "../signing_ports.ts";
import { readable } from "./readable.ts";
import { isCrlOf, readCrl, revokedAt } from "./revocation_crl.ts";
import { readOcspResponse, responderOf, responseFor } from "./revocation_ocsp.ts";
import { scopeFault } from "./revocation_scope.ts";
import { type Certificate, isValidAt } from "./x509.ts";

/** What is proven: that it was good, when it was revoked, or nothing. */
export type RevocationStatus =
  | { readonly status: "good"; readonly thisUpdate: Instant; readonly nextUpdate: Instant | null }
  | { readonly status: "revoked"; readonly at: Instant }
  | { readonly status: "unknown" };

const UNKNOWN: RevocationStatus = { status: "unknown" };

/**
 * The status of a certificate: revoked if any of the data says so, else as of the newest that says it is good. What
 * cannot be read or is not signed by the issuer (or its responder) says nothing.
 */
export function revocationStatus(
  certificate: Certificate,
  issuer: Certificate,
  data: RevocationData,
): RevocationStatus {
  const found = [
    ...data.ocsps.map((der) => readable(() => statusByOcsp(der, certificate, issuer)) ?? UNKNOWN),
    ...data.crls.map((der) => readable(() => statusByCrl(der, certificate, issuer)) ?? UNKNOWN),
  ];
  const newest = found.flatMap((each) => each.status === "good" ? [each] : [])
    .sort((a, b) => a.thisUpdate < b.thisUpdate ? 1 : -1)[0];
  return found.find(({ status }) => status === "revoked") ?? newest ?? UNKNOWN;
}

/** What one OCSP response says. Throws `UnreadableError`. */
export function statusByOcsp(
  der: Uint8Array<ArrayBuffer>,
  certificate: Certificate,
  issuer: Certificate,
): RevocationStatus {
  const response = readOcspResponse(der);
  const single = response && responseFor(response, certificate, issuer);
  const responder = response && single && responderOf(response, issuer);
  if (!single || !responder || !isValidAt(responder, response.producedAt)) return UNKNOWN;
  if (response.critical.length + single.critical.length > 0) return UNKNOWN; // RFC 6960 §4.4
  if (single.status === "revoked") return { status: "revoked", at: single.revokedAt! };
  const { thisUpdate, nextUpdate } = single;
  return single.status === "good" ? { status: "good", thisUpdate, nextUpdate } : UNKNOWN;
}

/** What one list says. Throws `UnreadableError`. */
export function statusByCrl(
  der: Uint8Array<ArrayBuffer>,
  certificate: Certificate,
  issuer: Certificate,
): RevocationStatus {
  const crl = readCrl(der);
  if (!isCrlOf(crl, issuer) || scopeFault(crl, certificate) !== null) return UNKNOWN;
  const at = revokedAt(crl, certificate.serial);
  if (at !== null) return { status: "revoked", at };
  return { status: "good", thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate };
}
