/**
 * A catalog that lasts as long as its process: for tests and trials.
 *
 * @module
 */
import type { Catalog, CatalogPlace, CatalogRow } from "../catalog_port.ts";
import { rowFits } from "../catalog/row_fits.ts";
import { PortError } from "../ports.ts";

const NOT_WHOLE = "Cannot search the catalog: it is not whole";

/** Makes an empty catalog. It looks at every row, so what it finds is what a search means. */
export function memoryCatalog(): Catalog {
  const rows = new Map<string, CatalogRow>();
  let isWhole = false;
  return {
    whole: () => Promise.resolve(isWhole),
    begin() {
      rows.clear();
      isWhole = false;
      return Promise.resolve();
    },
    finish() {
      isWhole = true;
      return Promise.resolve();
    },
    put(more) {
      for (const row of more) rows.set(row.number, row);
      return Promise.resolve();
    },
    find(query, behind, most) {
      if (!isWhole) return Promise.reject(new PortError("unavailable", NOT_WHOLE, { retryable: true }));
      const found = [...rows.values()]
        .filter((row) => rowFits(query, row) && (behind === null || later(behind, row)))
        .sort((a, b) => later(a, b) ? -1 : 1);
      return Promise.resolve(found.slice(0, most).map(({ openedAt, number }) => ({ openedAt, number })));
    },
    close() {},
  };
}

const later = (a: CatalogPlace, b: CatalogPlace): boolean =>
  a.openedAt > b.openedAt || (a.openedAt === b.openedAt && a.number > b.number);
