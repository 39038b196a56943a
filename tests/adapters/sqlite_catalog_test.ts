import { rejects, strictEqual as equal, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { sqliteCatalog } from "../../lib/adapters/sqlite_catalog.ts";
import { CatalogFile } from "../../lib/adapters/sqlite_catalog_file.ts";
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

Deno.test("a folder that can't be made is tried again with the next call", async () => {
  const place = `${folder}/taken`;
  await Deno.writeTextFile(place, "a file where the folder should be");
  await reopened(`${place}/catalog`, async (catalog) => {
    await rejects(catalog.whole(), PortError);
    await Deno.remove(place);
    equal(await catalog.whole(), false);
  });
});

Deno.test("a file that was put in another's place since it was begun is not finished", async () => {
  const place = `${folder}/replaced`;
  await reopened(place, (catalog) => catalog.begin());
  await reopened(place, async (catalog) => {
    await rejects(catalog.finish(), PortError);
    equal(await catalog.whole(), false);
    await catalog.begin();
    await catalog.finish();
    equal(await catalog.whole(), true);
  });
});

Deno.test("emptying that fails halfway leaves the file as it was, and succeeds later", () => {
  const path = `${folder}/halfway.sqlite`;
  const file = new CatalogFile(path);
  file.begin();
  file.finish();
  const other = new DatabaseSync(path);
  // A view in the place of a table of the layout: dropping it as a table fails in the middle.
  other.exec("DROP TABLE state; CREATE VIEW state AS SELECT 1 AS whole");
  throws(() => file.begin());
  equal(file.whole, true);
  other.exec("DROP VIEW state");
  other.close();
  file.begin();
  equal(file.whole, false);
  file.close();
});

Deno.test("a closed catalog says so", async () => {
  const catalog = sqliteCatalog(`${folder}/closed`);
  catalog.close();
  await rejects(catalog.whole(), PortError);
});

Deno.test("the folder of these tests is removed", () => Deno.remove(folder, { recursive: true }));
