import { rejects, strictEqual as equal } from "node:assert/strict";
import { sqliteCatalog } from "../../lib/adapters/sqlite_catalog.ts";
import type { Catalog } from "../../lib/catalog_port.ts";
import { PortError } from "../../lib/ports.ts";
import { catalogConformance } from "../conformance/catalog.ts";

const folder = await Deno.makeTempDir();
let made = 0;

catalogConformance("catalog on disk", () => Promise.resolve(sqliteCatalog(`${folder}/${made++}`)));

const reopened = async (place: string, test: (catalog: Catalog) => Promise<void>) => {
  const catalog = sqliteCatalog(place);
  try {
    await test(catalog);
  } finally {
    catalog.close();
  }
};

Deno.test("a catalog on disk stays whole when it is opened again", async () => {
  const place = `${folder}/again`;
  await reopened(place, async (catalog) => {
    await catalog.begin();
    await catalog.finish();
  });
  await reopened(place, async (catalog) => equal(await catalog.whole(), true));
});

Deno.test("a file that is no catalog is thrown away, since all of it can be made anew", async () => {
  const place = `${folder}/broken`;
  await Deno.mkdir(place);
  await Deno.writeTextFile(
    `${place}/catalog.sqlite`,
    "no database at all, but longer than a header".repeat(99),
  );
  await reopened(place, async (catalog) => {
    equal(await catalog.whole(), false);
    await catalog.begin();
  });
});

Deno.test("a closed catalog says so", async () => {
  const catalog = sqliteCatalog(`${folder}/closed`);
  catalog.close();
  await rejects(catalog.whole(), PortError);
});

Deno.test("the folder of these tests is removed", () => Deno.remove(folder, { recursive: true }));
