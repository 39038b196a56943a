/**
 * How much the mail services of Japanese carriers take in one mail: phones' mail is cut or refused above it, often
 * without a report (R30).
 *
 * @module
 */
import { domainOf } from "../domain/mail_address.ts";

/** Bytes of files that a mail to a phone may carry. */
const CARRIER_BYTES = 2_000_000;

/** Domains of docomo, au, UQ, SoftBank, Y!mobile, Rakuten and Disney mobile, with those of the brands before them. */
const CARRIERS: ReadonlySet<string> = new Set([
  "docomo.ne.jp",
  "mopera.net",
  "au.com",
  "ezweb.ne.jp",
  "uqmobile.jp",
  "softbank.ne.jp",
  "i.softbank.jp",
  "vodafone.ne.jp",
  "jp-t.ne.jp",
  "disney.ne.jp",
  "disneymobile.ne.jp",
  "ymobile.ne.jp",
  "ymobile1.ne.jp",
  "yahoo.ne.jp",
  "emnet.ne.jp",
  "emobile.ne.jp",
  "willcom.com",
  "wcm.ne.jp",
  "pdx.ne.jp",
  "rakuten.jp",
  "rakumail.jp",
]);

/** The domain of an address, in lower case. */
export const domainOfAddress = (address: string): string => domainOf(address).trim().toLowerCase();

/** Bytes of files below which a mail to this address surely goes, as far as its carrier is known; else null. */
export function carrierLimit(address: string): number | null {
  const domain = domainOfAddress(address);
  // Areas and families have names of their own, as in `d.vodafone.ne.jp`.
  const known = [...CARRIERS].some((carrier) => domain === carrier || domain.endsWith(`.${carrier}`));
  return known ? CARRIER_BYTES : null;
}
