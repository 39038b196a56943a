/**
 * Signers, timestamps and revocation data of development, in a directory that is gone after the test.
 *
 * @module
 */
import { type DevPki, openDevPki } from "../../lib/adapters/dev_pki.ts";
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import type { RevocationSource, SignatureAlgorithm, TimestampAuthority } from "../../lib/signing_ports.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";

/** What a test seals with. */
export type DevSealing = DevPki & {
  readonly clock: FakeClock;
  readonly authority: TimestampAuthority;
  readonly revocation: RevocationSource;
};

/** Runs a test with a development authority of its own. */
export async function withDevSealing(
  algorithm: SignatureAlgorithm,
  test: (sealing: DevSealing) => Promise<void>,
): Promise<void> {
  const directory = await Deno.makeTempDir();
  try {
    const pki = await openDevPki(`${directory}/pki`, systemChance, algorithm);
    const clock = fakeClock();
    const authority = devTsa({ authority: pki.tsa, clock, chance: systemChance });
    await test({ ...pki, clock, authority, revocation: devRevocation(pki.root, clock) });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}
