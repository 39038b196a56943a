/**
 * What about a mail's writer may deceive a reader. It decides nothing: mails are routed by addresses, never by
 * names, and whoever reads them is told.
 *
 * @module
 */
import { domainToUnicode } from "node:url";
import { domainOf, normalAddress, sameAddress } from "../domain/mail_address.ts";
import type { WriterWarning } from "../domain/writer_check.ts";
import { looksLike } from "./look_alike.ts";
import type { Mailbox } from "./read_mail.ts";

/** Whom a writer may pretend to be: staff and the service. */
export type KnownWriters = { readonly names: readonly string[]; readonly addresses: readonly string[] };

/** Addresses in a name, as people see them. */
const ADDRESSES = /[^\s<>()[\]"'「」（）,;:@]+@[^\s<>()[\]"'「」（）,;:@]+\.[^\s<>()[\]"'「」（）,;:@]+/g;

/** Names shorter than this are part of too many others. */
const MIN_NAME = 3;

const shownDomain = (address: string): string => {
  const domain = domainOf(normalAddress(address));
  return domainToUnicode(domain) || domain;
};

const plain = (name: string): string => name.normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** Whether a name is a known one, whole or with a title around it. */
function isNamedLike(name: string, { names }: KnownWriters): boolean {
  const given = plain(name);
  return names.map(plain).some((each) => each.length >= MIN_NAME && given.includes(each));
}

/** All that may deceive about the writer of a mail. */
export function writerWarnings(
  { name, address, hidden }: Mailbox,
  replyTo: readonly Mailbox[],
  known: KnownWriters,
): WriterWarning[] {
  const warnings: WriterWarning[] = [];
  const isKnown = known.addresses.some((each) => sameAddress(each, address));
  const named = name.normalize("NFKC").match(ADDRESSES) ?? [];
  const domain = shownDomain(address);
  if (hidden) warnings.push("hidden_characters");
  if (named.some((each) => !sameAddress(each, address))) warnings.push("names_other_address");
  if (!isKnown && isNamedLike(name, known)) warnings.push("staff_name");
  if (known.addresses.some((each) => looksLike(domain, shownDomain(each)))) {
    warnings.push("look_alike_domain");
  }
  if (replyTo.some((each) => shownDomain(each.address) !== domain)) warnings.push("reply_elsewhere");
  return warnings;
}
