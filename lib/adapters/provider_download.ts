/**
 * Downloads from an address that a provider named: over https from public hosts only, since whoever could make it
 * name another would otherwise have us ask machines of our own network.
 *
 * @module
 */
import { isPublicAddress } from "../mail/public_address.ts";
import { PortError } from "../ports.ts";
import type { Fetch } from "./http_bytes.ts";

/** The IP addresses of a host. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/** With what it is downloaded. */
export type DownloadMeans = {
  readonly fetch: Fetch;
  readonly lookup: Lookup;
  /** The origin that the operator has chosen, which may be anywhere. */
  readonly ownPlace: string;
  readonly signal: AbortSignal;
};

/** The content, as it comes. Throws `PortError`, retryable; so does its stream when it breaks off. */
export async function download(url: string, means: DownloadMeans): Promise<ReadableStream<Uint8Array>> {
  await assertAllowed(url, means);
  const response = await means.fetch(url, { redirect: "manual", signal: means.signal }).catch((cause) => {
    means.signal.throwIfAborted();
    throw broken("no connection", cause);
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw broken(`status ${response.status}`);
  }
  return ReadableStream.from(whole(response.body));
}

async function* whole(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw broken("it broke off", cause);
  }
}

async function assertAllowed(url: string, { lookup, ownPlace }: DownloadMeans): Promise<void> {
  if (!URL.canParse(url)) throw broken("its address is none");
  const { protocol, hostname, port, username, password, origin } = new URL(url);
  if (origin === ownPlace) return;
  if (protocol !== "https:" || port !== "" || username !== "" || password !== "") {
    throw broken("its address is no plain https");
  }
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, "")).catch((cause) => {
    throw broken("its host is not known", cause);
  });
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) {
    throw broken("its host is not in the public network");
  }
}

function broken(state: string, cause?: unknown): PortError {
  return new PortError("unavailable", `Cannot download the mail: ${state}`, { retryable: true, cause });
}
