/**
 * The development authority: a root that nobody else trusts, and under it a signer and a timestamp unit, made once
 * in `DATA_DIR/pki`. `root.pem` is the only `.pem` there, so that the folder can be given to a verifier as it is.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import { algorithmOfKey } from "../pades/cms_algorithm.ts";
import type { Bytes } from "../pades/der.ts";
import { readCertificate } from "../pades/x509.ts";
import { buildCertificate, type CertificateUse, distinguishedName } from "../pades/x509_builder.ts";
import { fromPem, toPem } from "../pades/x509_pem.ts";
import { type Chance, PortError } from "../ports.ts";
import type { SignatureAlgorithm, Signer } from "../signing_ports.ts";
import { newKeyPair, subtleKey } from "./subtle_key.ts";

/** Old enough and long enough for clocks that tests move. */
const NOT_BEFORE: Instant = "2020-01-01T00:00:00.000Z";
const NOT_AFTER: Instant = "2049-12-31T23:59:59.000Z";

const ORGANIZATION = "割符（開発用） DEVELOPMENT ONLY";

const NAMES: Readonly<Record<CertificateUse, string>> = {
  authority: "開発用ルート認証局 Warifu Development Root",
  signing: "開発用電子署名 Warifu Development Signer",
  timestamping: "開発用タイムスタンプ Warifu Development TSA",
};

const FILES: Readonly<Record<CertificateUse, { readonly certificate: string; readonly key: string }>> = {
  authority: { certificate: "root.pem", key: "root.key" },
  signing: { certificate: "signer.crt", key: "signer.key" },
  timestamping: { certificate: "tsa.crt", key: "tsa.key" },
};

/** The three keys of development, each able to sign; the root signs certificates and lists, the others their own. */
export type DevPki = { readonly root: Signer; readonly signer: Signer; readonly tsa: Signer };

/** Keys as they are kept. */
type Kept = { readonly certificate: Bytes; readonly pkcs8: Bytes };

/**
 * Opens the development authority under a directory, made when absent. Of several processes that make it at once,
 * one wins and all open the same. Throws `PortError`.
 */
export async function openDevPki(
  directory: string,
  chance: Chance,
  algorithm: SignatureAlgorithm = "ES256",
): Promise<DevPki> {
  try {
    if (!(await exists(`${directory}/${FILES.authority.certificate}`))) {
      await create(directory, chance, algorithm);
    }
    const root = await read(directory, "authority");
    return {
      root: await signerOf(root, []),
      signer: await signerOf(await read(directory, "signing"), [root.certificate]),
      tsa: await signerOf(await read(directory, "timestamping"), [root.certificate]),
    };
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    throw new PortError("misconfigured", "Cannot open the development keys: their files are damaged", {
      retryable: false,
      cause,
    });
  }
}

/** Makes all in a temporary directory beside, and moves that into its place at once. */
async function create(directory: string, chance: Chance, algorithm: SignatureAlgorithm): Promise<void> {
  const temporary = `${directory}.${chance.bytes(8).toHex()}.tmp`;
  await Deno.mkdir(temporary, { recursive: true, mode: 0o700 });
  try {
    const rootPair = await newKeyPair(algorithm);
    const issuer = { name: distinguishedName(ORGANIZATION, NAMES.authority), publicKey: rootPair.publicKey };
    const issuerKey = await subtleKey(rootPair.pkcs8, algorithm);
    for (const use of ["authority", "signing", "timestamping"] as const) {
      const { pkcs8, publicKey } = use === "authority" ? rootPair : await newKeyPair(algorithm);
      const subject = distinguishedName(ORGANIZATION, NAMES[use]);
      const serial = Uint8Array.of(0x40, ...chance.bytes(15));
      const validity = { notBefore: NOT_BEFORE, notAfter: NOT_AFTER };
      const order = { use, subject, publicKey, issuer, serial, ...validity };
      await write(temporary, use, { certificate: await buildCertificate(order, issuerKey), pkcs8 });
    }
    await moveInto(temporary, directory);
  } finally {
    await Deno.remove(temporary, { recursive: true }).catch(() => {}); // Moved, or of no use.
  }
}

/** A directory that is there already and not empty was made by another process: it stays. */
async function moveInto(temporary: string, directory: string): Promise<void> {
  try {
    await Deno.rename(temporary, directory);
  } catch (error) {
    if (!(await exists(`${directory}/${FILES.authority.certificate}`))) throw error;
  }
}

async function write(directory: string, use: CertificateUse, { certificate, pkcs8 }: Kept): Promise<void> {
  const files = FILES[use];
  await writeDurably(`${directory}/${files.key}`, toPem("PRIVATE KEY", pkcs8), 0o600);
  await writeDurably(`${directory}/${files.certificate}`, toPem("CERTIFICATE", certificate), 0o644);
}

async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  using file = await Deno.open(path, { write: true, createNew: true, mode });
  const bytes = new TextEncoder().encode(content);
  for (let done = 0; done < bytes.length;) done += await file.write(bytes.subarray(done));
  await file.sync();
}

async function read(directory: string, use: CertificateUse): Promise<Kept> {
  const files = FILES[use];
  const [certificate] = fromPem("CERTIFICATE", await Deno.readTextFile(`${directory}/${files.certificate}`));
  const [pkcs8] = fromPem("PRIVATE KEY", await Deno.readTextFile(`${directory}/${files.key}`));
  if (!certificate || !pkcs8) {
    throw new PortError("misconfigured", `Cannot open the development keys: "${use}" is missing`, {
      retryable: false,
    });
  }
  return { certificate, pkcs8 };
}

async function signerOf({ certificate, pkcs8 }: Kept, chain: readonly Bytes[]): Promise<Signer> {
  const algorithm = algorithmOfKey(readCertificate(certificate).publicKey);
  if (algorithm === null) throw new TypeError("Cannot use the key: its kind is not known");
  return { certificate, chain, ...(await subtleKey(pkcs8, algorithm)) };
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
