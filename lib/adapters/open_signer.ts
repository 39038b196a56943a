/**
 * The signer that `SIGNER_URL` names: of development, from a file, at a signing service, on a token.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import { type Chance, type Clock, PortError } from "../ports.ts";
import type { RevocationSource, Signer } from "../signing_ports.ts";
import { parseSignerUrl, type SignerUrl } from "../settings/signer_url.ts";
import { cscSigner } from "./csc_signer.ts";
import { openDevPki } from "./dev_pki.ts";
import { devRevocation } from "./dev_revocation.ts";
import type { Fetch } from "./http_bytes.ts";
import { p12Signer } from "./p12_signer.ts";
import { pkcs11Signer } from "./pkcs11_signer.ts";
import { pkcs11Tool } from "./pkcs11_tool.ts";
import { validSigner } from "./valid_signer.ts";

/** What the environment says of the signer. */
export type SignerSettings = {
  /** `SIGNER_URL`. */
  readonly url: string;
  /** `SIGNER_PASSPHRASE`: passphrase of the file, or PIN of the key. */
  readonly passphrase?: string;
  /** `SIGNER_CERTIFICATES`, DER: the signer's and those above it, where its key store does not have them all. */
  readonly certificates?: readonly Bytes[];
  /** `CSC_CLIENT_ID` and `CSC_CLIENT_SECRET`. */
  readonly client?: { readonly id: string; readonly secret: string };
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

/** What a signer and a timestamp authority are reached with. */
export type SealingTools = {
  /** The service's clock, which development may move. */
  readonly clock: Clock;
  /** The true time, by which what others give expires and their clocks are judged. */
  readonly trueClock: Clock;
  readonly chance: Chance;
  readonly fetch: Fetch;
};

/** Opens the signer. Throws `PortError`: `misconfigured`, or another when a key store elsewhere does not answer. */
export async function openSigner(settings: SignerSettings, tools: SealingTools): Promise<OpenedSigner> {
  const url = parseSignerUrl(settings.url);
  if ("problem" in url) {
    throw new PortError("misconfigured", `Cannot open a signer: SIGNER_URL ${url.problem}`, {
      retryable: false,
    });
  }
  if (url.kind === "dev") return await openDevelopment(settings, tools);
  const signer = validSigner(await openKey(url, settings, tools), tools.clock);
  return { signer, revocation: null, trustRoots: [signer.chain.at(-1) ?? signer.certificate] };
}

async function openDevelopment(
  { dataDir }: SignerSettings,
  { clock, chance }: SealingTools,
): Promise<OpenedSigner> {
  const { root, signer } = await openDevPki(`${dataDir}/pki`, chance);
  return {
    signer: validSigner(signer, clock),
    revocation: devRevocation(root, clock),
    trustRoots: [root.certificate],
  };
}

async function openKey(
  url: Exclude<SignerUrl, { readonly kind: "dev" }>,
  { passphrase = "", certificates = [], client = { id: "", secret: "" } }: SignerSettings,
  { trueClock: clock, fetch }: SealingTools,
): Promise<Signer> {
  switch (url.kind) {
    case "p12":
      return await p12Signer(await readFile(url.file), passphrase, url.algorithm);
    case "csc":
      return await cscSigner({ ...url, client, pin: passphrase, issuers: certificates, clock, fetch });
    case "pkcs11":
      return await pkcs11Signer({ key: url, certificates, tool: pkcs11Tool({ key: url, pin: passphrase }) });
  }
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
