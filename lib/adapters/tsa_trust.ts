/**
 * Whose timestamps are taken. With roots given, an authority must lead to one of them. Without, each address is held
 * to the authority that answered there first, since whoever set the address meant that one.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import type { TimestampToken } from "../pades/timestamp_token.ts";
import { isValidAt, readCertificate } from "../pades/x509.ts";
import { chainTo, chainWithin } from "../pades/x509_chain.ts";

/** Decides on tokens whose signature is checked already. */
export interface TsaTrust {
  /** Whether a token from this address is to be taken. */
  accepts(url: string, token: TimestampToken): boolean;
}

/**
 * Trust in authorities that lead to `given`, or, when that is empty, in whoever answers first.
 *
 * @param onMet told the end of the chain of whoever is trusted for being the first, DER
 */
export function tsaTrust(given: readonly Bytes[], onMet: (root: Bytes) => void): TsaTrust {
  const known = given.map(readCertificate);
  const firstMet = new Map<string, Bytes>();
  return {
    accepts(url, { certificate, signed, info }) {
      if (certificate === null || !isValidAt(certificate, info.at)) return false;
      const leadsTo = (ends: typeof known) =>
        chainTo(ends, certificate, signed.certificates, info.at) !== null;
      if (known.length > 0) return leadsTo(known);
      const first = firstMet.get(url);
      if (first) return leadsTo([readCertificate(first)]);
      const top = chainWithin(signed.certificates, certificate).at(-1)!.der;
      if (!leadsTo([readCertificate(top)])) return false;
      firstMet.set(url, top);
      onMet(top);
      return true;
    },
  };
}
