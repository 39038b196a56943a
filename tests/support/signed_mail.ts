/**
 * Mails that are signed as a domain's own server signs them (RFC 6376, RFC 8463), and sealed by forwarders (RFC
 * 8617), with the DNS records by which that is checked.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { generateKeyPairSync } from "node:crypto";
import { type ARCSealOptions, dkimSign, sealMessage } from "mailauth";
import type { Zone } from "./fake_dns.ts";

/** A domain with a key. */
export type SigningDomain = { readonly domain: string; readonly privateKey: string; readonly record: string };

const SELECTOR = "s1";

/** Makes a key for a domain. */
export function signingDomain(domain: string): SigningDomain {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const spki = publicKey.export({ type: "spki", format: "der" });
  return {
    domain,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    record: `v=DKIM1; k=ed25519; p=${spki.subarray(-32).toString("base64")}`,
  };
}

/** What DNS says of a domain that signs its mails; without a policy it has no DMARC record. */
export function zoneOf({ domain, record }: SigningDomain, policy: string | null = "reject"): Zone {
  return {
    [`TXT ${SELECTOR}._domainkey.${domain}`]: [record],
    ...policy !== null && { [`TXT _dmarc.${domain}`]: [`v=DMARC1; p=${policy}`] },
  };
}

/** How a mail is signed where it is not as usual. */
export type SigningOptions = { readonly headerList?: string; readonly maxBodyLength?: number };

type Bytes = Uint8Array<ArrayBuffer>;

/** The mail with a signature of the domain above it. */
export async function signed(
  raw: Uint8Array,
  { domain, privateKey }: SigningDomain,
  options: SigningOptions = {},
): Promise<Bytes> {
  const { signatures, errors } = await dkimSign(Buffer.from(raw), {
    signingDomain: domain,
    selector: SELECTOR,
    privateKey,
    signatureData: [{ signingDomain: domain, selector: SELECTOR, privateKey, ...options }],
  });
  if (errors && errors.length > 0) throw new Error("Cannot sign the mail of a test");
  return new Uint8Array(Buffer.concat([Buffer.from(signatures), raw]));
}

/** The mail with a forwarder's ARC set above it, which says what the forwarder found. */
export async function sealed(
  raw: Uint8Array,
  { domain, privateKey }: SigningDomain,
  found: string,
  cv: "none" | "pass" = "none",
): Promise<Bytes> {
  const options: ARCSealOptions = {
    signingDomain: domain,
    selector: SELECTOR,
    privateKey,
    cv,
    authResults: `mx.${domain}; ${found}`,
  };
  return new Uint8Array(Buffer.concat([await sealMessage(Buffer.from(raw), options), raw]));
}
