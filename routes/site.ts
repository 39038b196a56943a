/**
 * What the pages need besides the world of the use cases: built files, whose word about a client's address
 * counts, and whether the service is ready.
 *
 * @module
 */
import type { Readiness } from "../lib/flows/readiness.ts";
import type { SiteMetrics } from "./metrics.ts";

/** A built file as it is served: plain, and compressed beforehand where that is smaller. */
export type Asset = {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly brotli: Uint8Array<ArrayBuffer> | null;
  readonly gzip: Uint8Array<ArrayBuffer> | null;
};

/** How a page names a built file: its path, and its hash for Subresource Integrity. */
export type AssetLink = { readonly src: string; readonly integrity: string };

/** All built files by path (`/static/style-4F2A.css`), and those that pages name. */
export type Assets = {
  readonly files: ReadonlyMap<string, Asset>;
  readonly style: AssetLink;
  readonly simple: AssetLink;
  /** On top of `style`, for the built-in mailbox of development. */
  readonly mailbox: AssetLink;
  readonly client: AssetLink;
};

/** The site of one running service. */
export type SiteOptions = {
  readonly assets: Assets;
  /** Addresses (`10.0.0.5`) or IPv4 ranges (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  /** Asks every part of `/readyz`. */
  readonly ready: () => Promise<readonly Readiness[]>;
  /** Counts requests and opens `/metrics` where it is given. */
  readonly metrics?: SiteMetrics;
};
