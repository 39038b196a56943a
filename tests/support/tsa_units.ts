/**
 * A timestamp authority as it is over decades: its units follow one another, each with a certificate that ends.
 *
 * @module
 */
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { buildCertificate, type CertificateUse, distinguishedName } from "../../lib/pades/x509_builder.ts";
import { type Clock, PortError } from "../../lib/ports.ts";
import type { Signer, TimestampAuthority } from "../../lib/signing_ports.ts";

/** From when to when a certificate is valid. */
export type Span = { readonly notBefore: Instant; readonly notAfter: Instant };

/** A key with a certificate of `root` for a span of time. */
export async function keyUnder(root: Signer, use: CertificateUse, name: string, span: Span): Promise<Signer> {
  const { pkcs8, publicKey } = await newKeyPair("ES256");
  const above = readCertificate(root.certificate);
  const certificate = await buildCertificate({
    use,
    subject: distinguishedName("割符（試験用）", name),
    publicKey,
    issuer: { name: above.subject.der, publicKey: above.publicKey },
    serial: Uint8Array.of(0x40, ...systemChance.bytes(15)),
    ...span,
  }, root);
  return { certificate, chain: [root.certificate], ...await subtleKey(pkcs8, "ES256") };
}

/** Stamps with the newest unit whose certificate is valid by the clock; fails retryably where there is none. */
export async function tsaUnits(
  root: Signer,
  clock: Clock,
  spans: readonly Span[],
): Promise<TimestampAuthority> {
  const units = await Promise.all(spans.map(async (span, index) => {
    const authority = await keyUnder(root, "timestamping", `試験用タイムスタンプ${index + 1}`, span);
    return { span, tsa: devTsa({ authority, clock, chance: systemChance }) };
  }));
  return {
    timestamp(sha256, signal) {
      const at = clock.now();
      const unit = units.findLast(({ span }) => span.notBefore <= at && at <= span.notAfter);
      if (unit) return unit.tsa.timestamp(sha256, signal);
      const error = new PortError("unavailable", "Cannot stamp: no unit is valid", { retryable: true });
      return Promise.reject(error);
    },
  };
}
