/**
 * The certificate with which mail clients are greeted over TLS, from the operator's PEM files.
 *
 * @module
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { PortError } from "../ports.ts";

/** Where the operator keeps them. */
export type TlsFiles = { readonly certificate: string; readonly key: string };

/** Certificates (the server's first) and private key, each PEM. */
export type TlsPair = { readonly cert: string; readonly key: string };

/**
 * Reads both files. Throws `PortError` `misconfigured` when they can't be read or do not belong together: a
 * server that greets with a wrong key would lose mail only at the first client.
 */
export async function readTlsFiles({ certificate, key }: TlsFiles): Promise<TlsPair> {
  try {
    const pair = { cert: await Deno.readTextFile(certificate), key: await Deno.readTextFile(key) };
    if (new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) return pair;
  } catch (cause) {
    throw wrong("a PEM file can't be read", cause);
  }
  throw wrong("the key is not the certificate's");
}

function wrong(state: string, cause?: unknown): PortError {
  return new PortError("misconfigured", `Cannot offer TLS to mail clients: ${state}`, {
    retryable: false,
    cause,
  });
}
