/**
 * Where Resend's HTTP interface is.
 *
 * @module
 */

const USUAL_PLACE = "https://api.resend.com";

/** The base of its addresses, without a slash at the end; null means the service's own place. */
export const resendBase = (baseUrl: string | null): string => (baseUrl ?? USUAL_PLACE).replace(/\/+$/, "");
