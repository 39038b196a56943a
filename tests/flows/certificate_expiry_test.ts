/**
 * Certificates that end are warned of, shown in `/readyz`, and never sealed with.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects } from "node:assert/strict";
import { validSigner } from "../../lib/adapters/valid_signer.ts";
import { DAY_MS, type Instant, plusMs } from "../../lib/domain/instant.ts";
import { warnOfExpiry, watchExpiry } from "../../lib/flows/certificate_expiry.ts";
import { readiness } from "../../lib/flows/readiness.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { buildCertificate, type CertificateUse } from "../../lib/pades/x509_builder.ts";
import type { Log } from "../../lib/ports.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { devTrust } from "../support/dev_trust.ts";
import { type FakeClock, fakeClock } from "../support/fake_clock.ts";
import { paperWorld } from "../support/paper_world.ts";
import { SILENT } from "../support/silent_log.ts";

const START: Instant = "2026-12-01T00:00:00.000Z";
type Warning = readonly [event: string, part: unknown, daysLeft: unknown];

/** A log that keeps its warnings. */
function keeping(): { log: Log; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const log: Log = {
    ...SILENT,
    warn: (event, fields = {}) => void warnings.push([event, fields.part, fields.daysLeft]),
  };
  return { log, warnings };
}

/** The development root's key certified anew by itself, as an authority between, or as a leaf; ends so many days after the start. */
async function ending(
  use: CertificateUse,
  days: number,
  name: "root" | "signer" | "tsa",
): Promise<Uint8Array<ArrayBuffer>> {
  const pki = await devTrust();
  const { subject, publicKey } = readCertificate(pki[name].certificate);
  const issuer = readCertificate(pki.root.certificate);
  return await buildCertificate({
    use,
    subject: use === "authority" ? readCertificate(pki.tsa.certificate).subject.der : subject.der,
    publicKey,
    issuer: { name: issuer.subject.der, publicKey: issuer.publicKey },
    serial: Uint8Array.of(days),
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: plusMs(START, days * DAY_MS),
  }, pki.root);
}

/** A signer with a certificate and an issuer between it and the root that end after so many days. */
async function signerEnding(leaf: number, between: number): Promise<Signer> {
  const { signer, root } = await devTrust();
  const chain = [await ending("authority", between, "root"), root.certificate];
  return { ...signer, certificate: await ending("signing", leaf, "signer"), chain };
}

const worldOf = (signer: Signer, log: Log, clock: FakeClock) => {
  const { world } = paperWorld({ signer, log, clock });
  return world;
};

Deno.test("from 60 days before the end of any certificate in use the operator is warned", async () => {
  const tsaChain = [await ending("timestamping", 100, "tsa")];
  for (
    const [after, expected] of [
      [0, []],
      [19, []],
      [20, [["certificate_expires", "signer", 60]]],
      [40, [["certificate_expires", "signer", 40], ["certificate_expires", "tsa", 60]]],
      [81, [["certificate_expired", "signer", -1], ["certificate_expires", "tsa", 19]]],
    ] as const
  ) {
    const clock = fakeClock(plusMs(START, after * DAY_MS));
    const { log, warnings } = keeping();
    warnOfExpiry({ signer: await signerEnding(200, 80), log, clock }, tsaChain);
    deepEqual(warnings, expected, `${after}`);
  }
});

Deno.test("the warning comes at the start and then every day, until the service ends", async () => {
  const { log, warnings } = keeping();
  const clock = fakeClock(START);
  const stop = new AbortController();
  const waited: number[] = [];
  await watchExpiry(worldOf(await signerEnding(30, 200), log, clock), () => [], {
    stop: stop.signal,
    wait: (ms) => {
      waited.push(ms);
      clock.advance(ms);
      if (waited.length === 3) stop.abort();
      return Promise.resolve();
    },
  });
  deepEqual(warnings.map(([, , days]) => days), [30, 29, 28]);
  deepEqual(waited, [DAY_MS, DAY_MS, DAY_MS]);
});

Deno.test("/readyz tells the days that are left, and is not ready once a certificate has ended", async () => {
  const partsAt = async (after: number) => {
    const clock = fakeClock(plusMs(START, after * DAY_MS));
    const { world } = paperWorld({
      signer: await signerEnding(50, 20),
      tsa: { timestamp: () => Promise.resolve(new Uint8Array()) },
      clock,
    });
    const tsaChain = [await ending("timestamping", 30, "tsa")];
    const parts = await readiness(world, () => 0, () => tsaChain)();
    return ["signer", "tsa"].map((name) => {
      const { ready, detail } = parts.find(({ part }) => part === name)!;
      return [ready, detail];
    });
  };
  deepEqual(await partsAt(0), [[true, "20 days left"], [true, "clock off by 0 ms, 30 days left"]]);
  deepEqual(await partsAt(21), [[false, null], [true, "clock off by 0 ms, 9 days left"]]);
  deepEqual(await partsAt(31), [[false, null], [false, null]]);
});

Deno.test("an issuer's certificate that has ended keeps the signer from sealing, a root's does not", async () => {
  const clock = fakeClock(START);
  const signer = validSigner(await signerEnding(50, 20), clock);
  ok(await signer.sign(Uint8Array.of(1)));
  clock.advance(21 * DAY_MS);
  await rejects(signer.sign(Uint8Array.of(1)), { code: "refused", retryable: true, message: /issuer/ });
  const { signer: own, root } = await devTrust();
  const { subject, publicKey } = readCertificate(root.certificate);
  const ended = await buildCertificate({
    use: "authority",
    subject: subject.der,
    publicKey,
    issuer: { name: subject.der, publicKey },
    serial: Uint8Array.of(1),
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2026-01-01T00:00:00.000Z",
  }, root);
  ok(await validSigner({ ...own, chain: [ended] }, clock).sign(Uint8Array.of(1)));
});
