/**
 * Why a mail server does not take a letter, found in its reply or in its report.
 *
 * @module
 */

/** The reasons that call for different acts of whoever wrote. */
export type DeliveryReason =
  | "no_such_address"
  | "unknown_domain"
  | "mailbox_full"
  | "too_large"
  | "refused_as_spam"
  | "unreachable"
  | "other";

/**
 * Wordings of servers, the most telling first: what is said in words is more certain than a code, since servers
 * use codes loosely. Exchange Online says 5.4.1 "Access denied" of addresses that it does not have, and 5.1.10 of
 * a missing recipient; that code otherwise means a null MX (RFC 7505 §4.2).
 */
const WORDINGS: readonly (readonly [RegExp, DeliveryReason])[] = [
  [/too (?:big|large)|size limit|message size|exceeds .{0,40}\bsize|サイズ.{0,12}(?:超|大き)/i, "too_large"],
  [
    /quota|(?:mailbox|inbox|maildrop)(?: is)?[- ]?full|out of storage|insufficient (?:mailbox )?storage|容量.{0,12}(?:超|いっぱい|不足)/i,
    "mailbox_full",
  ],
  [
    /null mx|(?:host|domain)(?: name)? (?:not found|unknown|does not exist)|unknown (?:host|domain)|host or domain name not found|couldn't find any host|unrouteable|no mail host|ENOTFOUND|NXDOMAIN/i,
    "unknown_domain",
  ],
  [
    /recipient ?not ?found|(?:no such|unknown|invalid|unrecognized|nonexistent) (?:user|recipient|mailbox|address|local)|(?:user|recipient|address|mailbox|account)(?: \S+)?(?: is| was)? (?:unknown|not found|invalid|disabled|inactive)|does(?:n't| not) (?:exist|have a[n]? )|not a known user|no mailbox here|not our customer|mailbox unavailable|mailbox not found|address rejected: access denied|recipient address rejected(?!.{0,60}(?:policy|spam|spf|blocked))|宛先.{0,10}(?:不明|存在|見つかり)|ユーザ.{0,6}(?:不明|存在しない)/i,
    "no_such_address",
  ],
  [
    /spam|spf\b|dkim|dmarc|unauthenticated|blacklist|blocklist|block(?:ed)?\b|banned|reputation|prohibited|policy|denied|suppressed|迷惑メール|受信拒否|拒否/i,
    "refused_as_spam",
  ],
  [
    /timeout|timed out|ETIMEDOUT|ECONN|connection (?:refused|lost|closed)|no route|unreachable/i,
    "unreachable",
  ],
];

/** Enhanced status codes (RFC 3463, RFC 7372, RFC 7505), read where the words say nothing. */
const CODES: readonly (readonly [RegExp, DeliveryReason])[] = [
  [/\b[45]\.3\.4\b|\b[45]\.2\.3\b/, "too_large"],
  [/\b[45]\.2\.2\b/, "mailbox_full"],
  [/\b[45]\.1\.2\b|\b5\.1\.10\b|\b[45]\.4\.4\b/, "unknown_domain"],
  [/\b5\.1\.[0136]\b|\b5\.2\.1\b/, "no_such_address"],
  [/\b[45]\.7\.\d+\b/, "refused_as_spam"],
  [/\b[45]\.4\.[1267]\b/, "unreachable"],
];

/** The reason in what a server said: reply code, status code and words, as far as there are any. */
export function deliveryReason(said: string): DeliveryReason {
  const found = [...WORDINGS, ...CODES].find(([pattern]) => pattern.test(said));
  if (found) return found[1];
  // A bare 552 means "exceeded storage allocation" (RFC 5321 §4.2.3), which servers say of full mailboxes.
  return /^552\b/.test(said) ? "mailbox_full" : "other";
}
