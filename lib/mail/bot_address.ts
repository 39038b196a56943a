/**
 * The addresses of the bot: bare, of a department, of a case. What is written to them says where a mail
 * belongs; it never proves that its writer may do anything.
 *
 * @module
 */
import type { Keyring } from "../link/keyring.ts";

/** Where a mail is meant to go. */
export type Destination =
  | { readonly to: "bot" }
  | { readonly to: "department"; readonly id: string }
  | { readonly to: "case"; readonly number: string };

/** What is needed to know the bot's own addresses. */
export type BotIdentity = { readonly botAddress: string; readonly keys: Keyring };

/** Characters of the code in a case's address: 80 bits, out of the reach of guesses (interface.md). */
const MAC_LENGTH = 16;

/** Base32 without padding (RFC 4648 §6), in lower case since local parts are shown so. */
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

const DEPARTMENT_ID = /^[a-z0-9-]{1,40}$/;
const CASE_TAG = /^c\.(r\d{1,3}-\d{6,12})\.([a-z2-7]{16})$/;
const CASE_NUMBER = /(?<![A-Za-z0-9])R(\d{1,3})-(\d{6,12})(?![0-9])/gi;

/** The address of a case: what the bot gives as `Reply-To`, so that an answer lands on its case. */
export function caseAddress(botAddress: string, caseNumber: string, keys: Keyring): string {
  const { local, domain } = split(botAddress);
  return `${local}+c.${caseNumber}.${caseMac(caseNumber, keys)}@${domain}`;
}

/** The address of a department. */
export function departmentAddress(botAddress: string, departmentId: string): string {
  const { local, domain } = split(botAddress);
  return `${local}+${departmentId}@${domain}`;
}

/** What an address means; null when it is none of the bot's, or carries a code that is not ours. */
export function classifyAddress(address: string, { botAddress, keys }: BotIdentity): Destination | null {
  const written = split(address.trim().toLowerCase());
  const own = split(botAddress.toLowerCase());
  if (written.domain !== own.domain) return null;
  if (written.local === own.local) return { to: "bot" };
  if (!written.local.startsWith(`${own.local}+`)) return null;
  const tag = written.local.slice(own.local.length + 1);
  const found = CASE_TAG.exec(tag);
  if (found === null) return DEPARTMENT_ID.test(tag) ? { to: "department", id: tag } : null;
  const number = found[1]!.toUpperCase();
  return sameMac(found[2]!, caseMac(number, keys)) ? { to: "case", number } : null;
}

/** The case numbers that stand in a subject, in any width and case, without repeats. */
export function caseNumbersIn(subject: string): string[] {
  const text = subject.normalize("NFKC").replace(/[‐‑‒–—―−ー]/g, "-");
  return [...new Set(Array.from(text.matchAll(CASE_NUMBER), ([number]) => number.toUpperCase()))];
}

function split(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf("@");
  return { local: address.slice(0, Math.max(0, at)), domain: address.slice(at + 1) };
}

function caseMac(caseNumber: string, keys: Keyring): string {
  const mac = keys.mac("case-address", caseNumber);
  let code = "";
  for (let bit = 0; code.length < MAC_LENGTH; bit += 5) {
    const pair = (mac[bit >> 3]! << 8) | mac[(bit >> 3) + 1]!;
    code += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return code;
}

/** Compares without telling by its time where two codes differ. */
function sameMac(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < b.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
