/**
 * Mail addresses as they are written on paper and compared (R3).
 *
 * @module
 */

/** Longest address that SMTP carries, in octets (RFC 5321 §4.5.3.1.3, less the angle brackets). */
const MAX_ADDRESS = 254;

const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+$/;
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/**
 * The address as it is used: half-width (NFKC), without blanks around it. The domain is in lower case; the
 * local part keeps its case, since its host alone may judge it (RFC 5321 §2.4).
 */
export function normalAddress(written: string): string {
  const address = written.normalize("NFKC").trim();
  const at = address.lastIndexOf("@");
  return at < 0 ? address : address.slice(0, at + 1) + address.slice(at + 1).toLowerCase();
}

/**
 * Whether mail can be sent to it as written: ASCII, one `@`, a domain with a dot. Dots at odd places of the
 * local part are let through, since Japanese carriers gave such addresses out for years.
 */
export function isMailAddress(written: string): boolean {
  const address = normalAddress(written);
  const at = address.lastIndexOf("@");
  const local = address.slice(0, at);
  return at > 0 && address.length <= MAX_ADDRESS && local.length <= 64 &&
    LOCAL_PART.test(local) && DOMAIN.test(address.slice(at + 1));
}

/** What stands behind the `@`, as written. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf("@") + 1);

/** One form for all spellings that reach the same mailbox: NFKC, lower case. */
export function addressKey(written: string): string {
  return normalAddress(written).toLowerCase();
}

/** Whether two written addresses reach the same mailbox. */
export function sameAddress(a: string, b: string): boolean {
  return addressKey(a) === addressKey(b);
}

/** The mailbox behind a sub-address: `keiyaku+bukken@…` is read where `keiyaku@…` is (RFC 5233). */
export function withoutSubAddress(written: string): string {
  return normalAddress(written).replace(/^([^+@]+)\+[^@]*@/, "$1@");
}
