/**
 * The relays that `MAIL_OUT_URL` names, in the order in which they are tried.
 *
 * @module
 */

/** The URLs of a list; a comma within a URL, as in a password, sets nothing apart. */
export function mailOutUrls(list: string): string[] {
  return list.split(/,\s*(?=[a-z]+:)/).map((url) => url.trim());
}
