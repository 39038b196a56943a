/**
 * PEM, the text form of DER (RFC 7468).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { Bytes } from "./der.ts";

/** One PEM block of this label (`CERTIFICATE`, `PRIVATE KEY`). */
export function toPem(label: string, der: Bytes): string {
  const lines = der.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** The contents of all PEM blocks of this label, in order. Throws `UnreadableError` when one is damaged. */
export function fromPem(label: string, text: string): Bytes[] {
  const blocks = text.matchAll(new RegExp(`-----BEGIN ${label}-----([^-]*)-----END ${label}-----`, "g"));
  return Array.from(blocks, ([, body = ""]) => {
    try {
      return Uint8Array.fromBase64(body);
    } catch (cause) {
      throw new UnreadableError("pem_invalid", `Cannot read PEM "${label}": no base64`, { cause });
    }
  });
}
