/**
 * Watches when the certificates end that seals are made with: the operator is warned long before, since a new one
 * takes weeks to get, and seals wait from the day on which one has ended.
 *
 * @module
 */
import { DAY_MS, epochMs, type Instant } from "../domain/instant.ts";
import type { Wait } from "../due/wait.ts";
import { isSelfIssued, readCertificate } from "../pades/x509.ts";
import type { Signer } from "../signing_ports.ts";
import type { World } from "./world.ts";

/** From how many days before its end on a certificate is warned of. */
const WARNED_DAYS = 60;

/** A certificate in use. */
export type WatchedCertificate = {
  readonly part: "signer" | "tsa";
  /** Hexadecimal; names it in logs. */
  readonly serial: string;
  readonly notAfter: Instant;
  /** Whole days left at the present moment; below zero when it has ended. */
  readonly daysLeft: number;
  /** Whether it is trusted for itself: its end keeps nothing from being sealed. */
  readonly isRoot: boolean;
};

/** What is in use: the signer's chain, and that of the last timestamp (DER, leaf first; empty before the first). */
export type CertificatesInUse = {
  readonly signer: Pick<Signer, "certificate" | "chain">;
  readonly tsaChain: readonly Uint8Array<ArrayBuffer>[];
};

/** All certificates in use with the days that are left to them. */
export function watchedCertificates(
  { signer, tsaChain }: CertificatesInUse,
  at: Instant,
): WatchedCertificate[] {
  const chains = [["signer", [signer.certificate, ...signer.chain]], ["tsa", tsaChain]] as const;
  return chains.flatMap(([part, chain]) =>
    chain.map((der) => {
      const certificate = readCertificate(der);
      const { serial, notAfter } = certificate;
      const daysLeft = Math.floor((epochMs(notAfter) - epochMs(at)) / DAY_MS);
      return { part, serial, notAfter, daysLeft, isRoot: isSelfIssued(certificate) };
    })
  );
}

/** The days that are left to the certificate of a part that ends first, roots left out; null when there is none. */
export function daysLeft(
  certificates: readonly WatchedCertificate[],
  part: WatchedCertificate["part"],
): number | null {
  const days = certificates.filter((each) => each.part === part && !each.isRoot).map((each) => each.daysLeft);
  return days.length === 0 ? null : Math.min(...days);
}

/** Warns of every certificate in use that ends within 60 days or has ended. */
export function warnOfExpiry(
  world: Pick<World, "signer" | "clock" | "log">,
  tsaChain: CertificatesInUse["tsaChain"],
): void {
  const at = world.clock.now();
  const ending = watchedCertificates({ signer: world.signer, tsaChain }, at)
    .filter((each) => each.daysLeft <= WARNED_DAYS);
  for (const { part, serial, notAfter, daysLeft, isRoot } of ending) {
    const event = daysLeft < 0 ? "certificate_expired" : "certificate_expires";
    world.log.warn(event, { part, serial, end: notAfter, daysLeft, isRoot });
  }
}

/** Warns at once and then every day, until it is told to stop. */
export async function watchExpiry(
  world: World,
  tsaChain: () => CertificatesInUse["tsaChain"],
  { wait, stop }: { readonly wait: Wait; readonly stop: AbortSignal },
): Promise<void> {
  while (!stop.aborted) {
    warnOfExpiry(world, tsaChain());
    await wait(DAY_MS, stop);
  }
}
