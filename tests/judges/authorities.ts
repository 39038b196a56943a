/**
 * Authorities as they are over decades: a signer under a root and an issuing authority, timestamp units that follow
 * one another, each under a root of its own, and all their lists of revoked certificates at any time.
 *
 * @module
 */
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { buildCertificate, type CertificateUse, distinguishedName } from "../../lib/pades/x509_builder.ts";
import { PortError } from "../../lib/ports.ts";
import type { RevocationSource, SignatureAlgorithm, Signer } from "../../lib/signing_ports.ts";
import { ocspResponder } from "./ocsp_responder.ts";
import type { SealingParts } from "../support/sealed_pdf.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import type { Span } from "../support/tsa_units.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Everything to seal with from 2026 to 2054. */
export type Authorities = Omit<SealingParts, "clock"> & {
  readonly clock: FakeClock;
  /** The roots that a verifier trusts, DER. */
  readonly roots: readonly Bytes[];
};

const ROOTS_LIVE: Span = { notBefore: "2026-01-01T00:00:00.000Z", notAfter: "2060-01-01T00:00:00.000Z" };
const SIGNER_LIVES: Span = { notBefore: "2026-01-02T00:00:00.000Z", notAfter: "2029-01-01T00:00:00.000Z" };
const UNITS_LIVE: readonly Span[] = [
  { notBefore: "2026-01-02T00:00:00.000Z", notAfter: "2036-01-01T00:00:00.000Z" },
  { notBefore: "2034-01-02T00:00:00.000Z", notAfter: "2044-01-01T00:00:00.000Z" },
  { notBefore: "2043-01-02T00:00:00.000Z", notAfter: "2054-01-01T00:00:00.000Z" },
];

/** Makes all keys of one kind, with a clock that stands in November 2026. */
export async function authorities(algorithm: SignatureAlgorithm): Promise<Authorities> {
  const clock = fakeClock("2026-11-24T01:00:00.000Z");
  const issue = (above: Signer | null, use: CertificateUse, name: string, span: Span) =>
    issued(above, use, `${name} ${algorithm}`, span, algorithm);
  const root = await issue(null, "authority", "Root", ROOTS_LIVE);
  const issuing = await issue(root, "authority", "Issuing CA", ROOTS_LIVE);
  const signer = await issue(issuing, "signing", "立会人", SIGNER_LIVES);
  const units = await Promise.all(UNITS_LIVE.map(async (span, index) => {
    const above = await issue(null, "authority", `TSA Root ${index + 1}`, ROOTS_LIVE);
    return { span, above, unit: await issue(above, "timestamping", `TSA Unit ${index + 1}`, span) };
  }));
  const tsaRoots = units.map(({ above }) => above);
  return {
    signer,
    clock,
    roots: [root, ...tsaRoots].map(({ certificate }) => certificate),
    revocation: joined([
      await ocspResponder(issuing, clock),
      ...[root, issuing, ...tsaRoots].map((issuer) => devRevocation(issuer, clock)),
    ]),
    authority: {
      timestamp(digest, signal) {
        const at = clock.now();
        const unit = units.findLast(({ span }) => span.notBefore <= at && at < span.notAfter)?.unit;
        if (unit) return devTsa({ authority: unit, clock, chance: systemChance }).timestamp(digest, signal);
        throw new PortError("unavailable", "Cannot stamp: no unit is valid", { retryable: true });
      },
    },
  };
}

/** A key with its certificate, by the one above or, for a root, by itself. */
async function issued(
  above: Signer | null,
  use: CertificateUse,
  name: string,
  span: Span,
  algorithm: SignatureAlgorithm,
): Promise<Signer> {
  const { pkcs8, publicKey } = await newKeyPair(algorithm);
  const key = await subtleKey(pkcs8, algorithm);
  const subject = distinguishedName("割符（試験用）", name);
  const issuer = above ? readCertificate(above.certificate) : { subject: { der: subject }, publicKey };
  const certificate = await buildCertificate({
    use,
    subject,
    publicKey,
    issuer: { name: issuer.subject.der, publicKey: issuer.publicKey },
    serial: Uint8Array.of(0x40, ...systemChance.bytes(15)),
    ...span,
  }, above ?? key);
  return { certificate, chain: above ? [above.certificate, ...above.chain] : [], ...key };
}

/** Answers of several authorities together, each for the certificates that it issued. */
function joined(sources: readonly RevocationSource[]): RevocationSource {
  return {
    async revocationFor(chain) {
      const found = await Promise.all(
        chain.flatMap((der) => sources.map((source) => source.revocationFor([der]))),
      );
      return { ocsps: found.flatMap(({ ocsps }) => ocsps), crls: found.flatMap(({ crls }) => crls) };
    },
  };
}
