/**
 * Everything that seals are made with, from the environment: signer, timestamp authority, revocation data, and whom
 * the service's own verification trusts.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import type { RevocationSource, Signer, TimestampAuthority } from "../signing_ports.ts";
import { httpRevocation } from "./http_revocation.ts";
import { openSigner, type SealingTools, type SignerSettings } from "./open_signer.ts";
import { openTsa, type TsaSettings } from "./open_tsa.ts";

/** What environment and settings say of sealing. */
export type SealingSettings = {
  readonly signer: Omit<SignerSettings, "dataDir">;
  readonly tsa: Pick<TsaSettings, "url" | "policy">;
  /** `TRUST_ROOTS`, DER. */
  readonly trustRoots: readonly Bytes[];
  /** `DATA_DIR`. */
  readonly dataDir: string;
};

/** What seals are made with. */
export type Sealing = {
  readonly signer: Signer;
  readonly tsa: TimestampAuthority;
  readonly revocation: RevocationSource;
  /** Roots to verify with, DER. A live list: it may grow with the first timestamp, so it is not to be copied. */
  readonly trustRoots: readonly Bytes[];
  /** By how many milliseconds the last timestamp was ahead of the true time; null when not known. */
  readonly skewMs: () => number | null;
  /** The certificate behind the last timestamp and those above it, DER; empty before the first. */
  readonly tsaChain: () => readonly Bytes[];
};

/** Opens signer and authority. Throws `PortError` `misconfigured`. */
export async function openSealing(settings: SealingSettings, tools: SealingTools): Promise<Sealing> {
  const { dataDir } = settings;
  const { signer, ...ofSigner } = await openSigner({ ...settings.signer, dataDir }, tools);
  const trustRoots: Bytes[] = [...settings.trustRoots, ...ofSigner.trustRoots];
  const onRootMet = (root: Bytes) => void trustRoots.push(root);
  const given = settings.trustRoots;
  const { tsa, skewMs, tsaChain, ...ofTsa } = await openTsa(
    { ...settings.tsa, dataDir, trustRoots: given, onRootMet },
    tools,
  );
  trustRoots.push(...ofTsa.trustRoots);
  const http = httpRevocation({ issuers: trustRoots, clock: tools.trueClock, fetch: tools.fetch });
  const development = ofSigner.revocation ?? ofTsa.revocation;
  const sources = development ? joined(development, http) : http;
  return { signer, tsa, skewMs, tsaChain, trustRoots, revocation: sources };
}

/** Asks both: each passes over the certificates that it knows nothing of. */
function joined(one: RevocationSource, other: RevocationSource): RevocationSource {
  return {
    async revocationFor(chain, signal) {
      const first = await one.revocationFor(chain, signal);
      const second = await other.revocationFor(chain, signal);
      return { ocsps: [...first.ocsps, ...second.ocsps], crls: [...first.crls, ...second.crls] };
    },
  };
}
