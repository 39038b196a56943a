/**
 * A site for loads: one case in a store on disk, beside it bare Hono and a route that only looks up the same link
 * and case and returns ready HTML.
 *
 * @module
 */
import { Hono } from "hono";
import { openKvStore } from "../lib/adapters/kv_store.ts";
import { pdfiumRenderer } from "../lib/adapters/pdfium_renderer.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { readCase } from "../lib/flows/case_records.ts";
import { linkKey, type LinkRecord } from "../lib/link/link_token.ts";
import type { Store } from "../lib/ports.ts";
import { demoSettings } from "../lib/settings/demo_settings.ts";
import { minute } from "../tests/support/sample_case.ts";
import { testSite, Visitor } from "../tests/support/test_site.ts";

/** Where the parts of a site are. */
export type LoadedSite = {
  readonly port: number;
  /** Path of the request: `/c/<token>`. */
  readonly request: string;
  /** Path of bare Hono. */
  readonly bare: string;
  /** Path of a look-up that answers with the page that now stands at `page`. */
  lookupOf(page: string): Promise<string>;
};

function besides(store: Store, pages: ReadonlyMap<string, string>): Hono {
  const app = new Hono();
  app.get("/lookup/:name/:token", async (c) => {
    const link = (await store.get<LinkRecord>(linkKey(c.req.param("token"))))?.value;
    const state = link?.caseNumber ? await readCase(store, link.caseNumber) : null;
    return state ? c.html(pages.get(c.req.param("name")) ?? "") : c.notFound();
  });
  app.get("/lookup/bare", (c) => c.text("割符"));
  return app;
}

/** Serves the site, with the document opened by its reader, as long as `use` takes. */
export async function withLoadedSite<T>(use: (site: LoadedSite) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const store = await openKvStore(`${folder}/store.kv`);
  const clock = systemClock(Math.round((Date.parse(minute(120)) - Date.now()) / 1000));
  const renderer = pdfiumRenderer({ workers: 1 });
  const parts = { store, clock, chance: systemChance, settings: demoSettings, renderer };
  const site = await testSite("asked", {}, parts);
  const token = await site.link("request", { party: "Confirmer2" });
  const request = `/c/${token}`;
  const visitor = new Visitor(site.app);
  const pages = new Map<string, string>();
  const beside = besides(store, pages);
  const serve = (asked: Request, info: Deno.ServeHandlerInfo) =>
    asked.url.includes("/lookup/") ? beside.fetch(asked, info) : site.app.fetch(asked, info);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, serve);
  try {
    await visitor.post(request, `${request}/open`);
    return await use({
      port: server.addr.port,
      request,
      bare: "/lookup/bare",
      async lookupOf(page) {
        const name = `page${pages.size}`;
        pages.set(name, await (await visitor.send(page)).text());
        return `/lookup/${name}/${token}`;
      },
    });
  } finally {
    await server.shutdown();
    await renderer.close();
    store.close();
    await Deno.remove(folder, { recursive: true });
  }
}
