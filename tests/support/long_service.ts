/**
 * A service that lives for decades: its signer's certificate ends after three years, its timestamp authority's
 * units follow one another, and both can be out of order for a while.
 *
 * @module
 */
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import type { Case } from "../../lib/domain/case.ts";
import type { World } from "../../lib/flows/world.ts";
import { PortError, type Store } from "../../lib/ports.ts";
import type { RevocationSource, TimestampAuthority } from "../../lib/signing_ports.ts";
import { devTrust } from "./dev_trust.ts";
import { PARTIES } from "./sample_case.ts";
import { agreeThrough, sendSample } from "./sent_case.ts";
import { keyUnder, type Span, tsaUnits } from "./tsa_units.ts";
import { makeWorld, type TestWorld, type WorldOptions } from "./world.ts";

/** The last instant of the first unit's certificate. */
export const FIRST_UNIT_ENDS: Instant = "2036-11-24T00:00:00.000Z";

/** The units of the authority. */
export const UNITS: readonly Span[] = [
  { notBefore: "2025-01-01T00:00:00.000Z", notAfter: FIRST_UNIT_ENDS },
  { notBefore: "2034-01-01T00:00:00.000Z", notAfter: "2044-12-31T00:00:00.000Z" },
  { notBefore: "2043-01-01T00:00:00.000Z", notAfter: "2054-12-31T00:00:00.000Z" },
];

const SIGNER_SPAN: Span = { notBefore: "2025-01-01T00:00:00.000Z", notAfter: "2029-11-24T00:00:00.000Z" };

/** What can be switched off, and how often it was asked. */
export type Outside = { tsaOff: boolean; listsOff: boolean; stamps: number; lists: number };

function down(): Promise<never> {
  return Promise.reject(new PortError("unavailable", "Cannot ask: it is down", { retryable: true }));
}

function countedTsa(inner: TimestampAuthority, outside: Outside): TimestampAuthority {
  return {
    timestamp(sha256, signal) {
      outside.stamps++;
      return outside.tsaOff ? down() : inner.timestamp(sha256, signal);
    },
  };
}

function countedLists(inner: RevocationSource, outside: Outside): RevocationSource {
  return {
    revocationFor(chain, signal) {
      outside.lists++;
      return outside.listsOff ? down() : inner.revocationFor(chain, signal);
    },
  };
}

/** A service and what it depends on. */
export type LongService = TestWorld & { readonly outside: Outside };

/** Makes it. `units` are those of the usual authority unless given. */
export async function longService(
  options: WorldOptions = {},
  units: readonly Span[] = UNITS,
): Promise<LongService> {
  const { root } = await devTrust();
  const outside: Outside = { tsaOff: false, listsOff: false, stamps: 0, lists: 0 };
  const signer = await keyUnder(root, "signing", "試験用署名", SIGNER_SPAN);
  // The world's own clock is known only once it is made.
  const clock = { now: () => service.clock.now() };
  const tsa = countedTsa(await tsaUnits(root, clock, units), outside);
  const revocation = countedLists(devRevocation(root, clock), outside);
  const overrides: Partial<World> = { signer, tsa, revocation, ...options.overrides };
  const service: TestWorld = await makeWorld({ ...options, overrides });
  return { ...service, outside };
}

/** Has everybody agree to contracts of the fixtures; the number of the completed case. */
export async function completeSample(
  service: TestWorld,
  files?: readonly string[],
  caseNumber?: string,
): Promise<string> {
  service.clock.advance(60_000); // Letters of several cases are told apart by their time.
  const number = await sendSample(service, files, caseNumber);
  await service.drain();
  for (const { address } of PARTIES) {
    await agreeThrough(service, address);
    await service.drain();
  }
  return number;
}

/** The case as it now is. */
export async function caseIn(store: Store, number: string): Promise<Case> {
  return (await readCase(store, number))!.value;
}
