/**
 * The signer that `SIGNER_URL` names: `dev:` or `p12:FILE`.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { type Chance, type Clock, PortError, type RevocationSource, type Signer } from "../ports.ts";
import { openDevPki } from "./dev_pki.ts";
import { devRevocation } from "./dev_revocation.ts";
import { p12Signer } from "./p12_signer.ts";
import { validSigner } from "./valid_signer.ts";

/** What the environment says of the signer. */
export type SignerSettings = {
  /** `SIGNER_URL`. */
  readonly url: string;
  /** `SIGNER_PASSPHRASE`. */
  readonly passphrase?: string;
  /** `DATA_DIR`. */
  readonly dataDir: string;
};

/** A signer, and what is known of its authority. */
export type OpenedSigner = {
  readonly signer: Signer;
  /** The development authority's lists; null when the certificates themselves say where to ask. */
  readonly revocation: RevocationSource | null;
  /** The end of the signer's chain, DER. */
  readonly trustRoots: readonly Bytes[];
};

/** Opens the signer. Throws `PortError` `misconfigured`. */
export async function openSigner(
  settings: SignerSettings,
  tools: { readonly clock: Clock; readonly chance: Chance },
): Promise<OpenedSigner> {
  const { url, passphrase = "", dataDir } = settings;
  if (url === "dev:") {
    const { root, signer } = await openDevPki(`${dataDir}/pki`, tools.chance);
    return {
      signer: validSigner(signer, tools.clock),
      revocation: devRevocation(root, tools.clock),
      trustRoots: [root.certificate],
    };
  }
  if (url.startsWith("p12:")) {
    const file = await readFile(url.slice("p12:".length));
    const signer = validSigner(await p12Signer(file, passphrase), tools.clock);
    return { signer, revocation: null, trustRoots: [signer.chain.at(-1) ?? signer.certificate] };
  }
  const scheme = url.split(":", 1)[0];
  throw new PortError("misconfigured", `Cannot open a signer: no kind "${scheme}"`, { retryable: false });
}

async function readFile(path: string): Promise<Bytes> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new PortError("misconfigured", "Cannot open the P12 file: it cannot be read", {
      retryable: false,
      cause,
    });
  }
}
