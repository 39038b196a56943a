/**
 * The vectors that OpenSSL made, in `tests/fixtures/pki`.
 *
 * @module
 */
import type { Bytes } from "../../lib/pades/der.ts";
import { type Certificate, readCertificate } from "../../lib/pades/x509.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";

const folder = new URL("../fixtures/pki/", import.meta.url);

/** An instant at which all vectors but the expired one are good. */
export const GOOD_TIME = "2026-12-01T00:00:00.000Z";

/** A file of the folder. */
export function vector(name: string): Bytes {
  return Deno.readFileSync(new URL(name, folder));
}

/** A certificate of the folder. */
export function certificate(name: string): Certificate {
  return readCertificate(fromPem("CERTIFICATE", new TextDecoder().decode(vector(`${name}.pem`)))[0]!);
}
