/**
 * The timestamp authority that `TSA_URL` names: `dev:`, or RFC 3161 addresses separated by commas.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { PortError } from "../ports.ts";
import type { RevocationSource, TimestampAuthority } from "../signing_ports.ts";
import { openDevPki } from "./dev_pki.ts";
import { devRevocation } from "./dev_revocation.ts";
import { devTsa } from "./dev_tsa.ts";
import { httpTsa } from "./http_tsa.ts";
import type { SealingTools } from "./open_signer.ts";
import { tsaTrust } from "./tsa_trust.ts";
import { validSigner } from "./valid_signer.ts";

/** What environment and settings say of the authority. */
export type TsaSettings = {
  /** `TSA_URL`. */
  readonly url: string;
  /** Object identifier of the policy that tokens must be given under; null for any. */
  readonly policy: string | null;
  /** `TRUST_ROOTS`: when there are any, timestamps must lead to one of them. DER. */
  readonly trustRoots: readonly Bytes[];
  /** Told of a root (DER) that is trusted for having answered first, where there are no `trustRoots`. */
  readonly onRootMet: (root: Bytes) => void;
  /** `DATA_DIR`. */
  readonly dataDir: string;
};

/** An authority, and what is known of it. */
export type OpenedTsa = {
  readonly tsa: TimestampAuthority;
  /** By how many milliseconds its last token was ahead of the true time; null before the first, and for `dev:`. */
  readonly skewMs: () => number | null;
  /** The certificate behind its last token and those above it, DER; empty before the first. */
  readonly tsaChain: () => readonly Bytes[];
  /** The development authority's lists; null when the certificates themselves say where to ask. */
  readonly revocation: RevocationSource | null;
  /** Roots of its tokens that are known at the start, DER. */
  readonly trustRoots: readonly Bytes[];
};

/** Opens the authority. Throws `PortError` `misconfigured`. */
export async function openTsa(settings: TsaSettings, tools: SealingTools): Promise<OpenedTsa> {
  const { url, policy, trustRoots, dataDir } = settings;
  const { clock, trueClock, chance, fetch } = tools;
  if (url === "dev:") {
    const { root, tsa } = await openDevPki(`${dataDir}/pki`, chance);
    return {
      tsa: devTsa({ authority: validSigner(tsa, clock), clock, chance }),
      skewMs: () => null,
      tsaChain: () => [tsa.certificate, ...tsa.chain],
      revocation: devRevocation(root, clock),
      trustRoots: [root.certificate],
    };
  }
  const urls = url.split(",").map((each) => each.trim()).filter((each) => each !== "");
  if (urls.length === 0 || !urls.every(isHttp)) {
    throw new PortError("misconfigured", "Cannot open a timestamp authority: no http address", {
      retryable: false,
    });
  }
  const trust = tsaTrust(trustRoots, settings.onRootMet);
  const opened = httpTsa({ urls, policy, trust, clock: trueClock, chance, fetch });
  return {
    tsa: opened,
    skewMs: () => opened.skewMs(),
    tsaChain: () => opened.certificates(),
    revocation: null,
    trustRoots,
  };
}

/** An address of the web; what stands for a name and password in it must be readable. */
function isHttp(url: string): boolean {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false; // No percent-encoding of UTF-8.
  }
}
