/**
 * All pages of the service on one router.
 *
 * @module
 */
import { Hono } from "hono";
import type { World } from "../lib/flows/world.ts";
import type { SiteOptions } from "./site.ts";

/** Makes the router. More routes may be added to it; its headers and its error page hold for them too. */
export function makeApp(_world: World, site: SiteOptions): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => c.json(await site.ready()));
  return app;
}
