/**
 * What the catalog and its worker say to each other.
 *
 * @module
 */
import type { CatalogPlace, CatalogQuery, CatalogRow } from "../catalog_port.ts";

/** What the worker is asked, one after another. */
export type CatalogCall =
  | { readonly ask: "open"; readonly path: string }
  | { readonly ask: "whole" }
  | { readonly ask: "begin" }
  | { readonly ask: "finish" }
  | { readonly ask: "put"; readonly rows: readonly CatalogRow[] }
  | {
    readonly ask: "find";
    readonly query: CatalogQuery;
    readonly behind: CatalogPlace | null;
    readonly most: number;
  };

/** What it says: one for each call, in order. */
export type CatalogReply =
  | { readonly say: "done"; readonly value: boolean | readonly CatalogPlace[] | null }
  | { readonly say: "failed"; readonly message: string };
