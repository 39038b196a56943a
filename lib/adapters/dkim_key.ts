/**
 * The key by which letters are signed (DKIM).
 *
 * @module
 */
import { createPrivateKey } from "node:crypto";
import { domainOf } from "../domain/mail_address.ts";
import type { SettingsFault, SettingsFaults } from "../settings/fault.ts";
import type { DkimKey } from "./smtp_mailer.ts";

/** What the operator has set. */
export type DkimSettings = {
  /** PEM; null for none. */
  readonly keyFile: string | null;
  readonly selector: string | null;
  /** The bot's address. */
  readonly address: string;
};

/** Bits below which receivers take no signature for one (RFC 8301 §3.2). */
const LEAST_BITS = 1_024;

/** The key as PEM, or what is wrong with its file. */
async function readKey(file: string): Promise<{ readonly pem: string } | SettingsFault> {
  const path = "DKIM_KEY_FILE";
  try {
    const pem = await Deno.readTextFile(file);
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    if (asymmetricKeyType !== "rsa") return { path, problem: "must be an RSA key" };
    const bits = asymmetricKeyDetails?.modulusLength ?? 0;
    return bits < LEAST_BITS ? { path, problem: `must have ${LEAST_BITS} bits or more` } : { pem };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return { path, problem: "names a file that can't be read" };
    }
    return { path, problem: "must be a private key as PEM, without a passphrase" };
  }
}

/** The key, null when none is set, or all that is wrong. */
export async function dkimKey(
  { keyFile, selector, address }: DkimSettings,
): Promise<DkimKey | SettingsFaults | null> {
  if (keyFile === null && selector === null) return null;
  const faults: SettingsFault[] = [];
  if (selector === null) faults.push({ path: "DKIM_SELECTOR", problem: "is needed beside DKIM_KEY_FILE" });
  else if (!/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i.test(selector)) {
    faults.push({ path: "DKIM_SELECTOR", problem: "must be the name under _domainkey in DNS" });
  }
  if (keyFile === null) faults.push({ path: "DKIM_KEY_FILE", problem: "is needed beside DKIM_SELECTOR" });
  const key = keyFile === null ? null : await readKey(keyFile);
  if (key && "problem" in key) faults.push(key);
  if (faults.length > 0 || selector === null || !key || !("pem" in key)) return { faults };
  return { domain: domainOf(address), selector, privateKey: key.pem };
}
