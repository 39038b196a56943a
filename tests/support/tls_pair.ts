/**
 * A certificate of its own for a mail server, made in no time.
 *
 * @module
 */
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import type { TlsPair } from "../../lib/adapters/tls_files.ts";
import { buildCertificate, distinguishedName } from "../../lib/pades/x509_builder.ts";
import { toPem } from "../../lib/pades/x509_pem.ts";

/** Makes one under a name; it signs for itself. */
export async function tlsPair(commonName: string): Promise<TlsPair> {
  const { pkcs8, publicKey } = await newKeyPair("ES256");
  const name = distinguishedName("Test", commonName);
  const certificate = await buildCertificate({
    use: "signing",
    subject: name,
    publicKey,
    issuer: { name, publicKey },
    serial: Uint8Array.of(1),
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2049-12-31T00:00:00.000Z",
  }, await subtleKey(pkcs8, "ES256"));
  return { cert: toPem("CERTIFICATE", certificate), key: toPem("PRIVATE KEY", pkcs8) };
}
