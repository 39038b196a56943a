/**
 * The signer that `SIGNER_URL` names: `dev:` or `p12:FILE`. An RSA key signs by PKCS#1 v1.5, or with
 * `p12:FILE?algorithm=PS256` by PSS.
 *
 * @module
 */
import type { Bytes } from "../pades/der.ts";
import {
  type Chance,
  type Clock,
  PortError,
  type RevocationSource,
  type SignatureAlgorithm,
  type Signer,
} from "../ports.ts";
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
    const { path, algorithm } = readP12Url(url);
    const signer = validSigner(await p12Signer(await readFile(path), passphrase, algorithm), tools.clock);
    return { signer, revocation: null, trustRoots: [signer.chain.at(-1) ?? signer.certificate] };
  }
  const scheme = url.split(":", 1)[0];
  throw new PortError("misconfigured", `Cannot open a signer: no kind "${scheme}"`, { retryable: false });
}

const ALGORITHMS: readonly SignatureAlgorithm[] = ["RS256", "PS256", "ES256", "ES384"];

/** `p12:FILE`, or `p12:FILE?algorithm=…`. */
function readP12Url(url: string): { path: string; algorithm: SignatureAlgorithm | null } {
  const [, path = "", word] = /^p12:(.*?)(?:\?algorithm=([^?]*))?$/s.exec(url) ?? [];
  const algorithm = ALGORITHMS.find((each) => each === word) ?? null;
  if (word === undefined || algorithm !== null) return { path, algorithm };
  throw new PortError(
    "misconfigured",
    `Cannot open a signer: its algorithm is none of ${ALGORITHMS.join(", ")}`,
    {
      retryable: false,
    },
  );
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
