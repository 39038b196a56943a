/**
 * The paths that need no link: pages for anyone, built files, and what operators ask.
 *
 * @module
 */
import type { Hono } from "hono";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { answerPage } from "../refusal_page.tsx";
import type { SiteOptions } from "../site.ts";
import { staticFile } from "../static_files.ts";
import { HelpPage } from "./help_page.tsx";
import { HomePage } from "./home_page.tsx";
import { TermsOfUsePage } from "./terms_page.tsx";

/** Adds the paths. Pages that depend on the settings alone are rendered once. */
export function publicRoutes(app: Hono, desk: Desk, site: SiteOptions): void {
  const { pages, world: { settings } } = desk;
  const ready = {
    "/": pages.text(<HomePage settings={settings} />),
    "/help": pages.text(<HelpPage settings={settings} />),
    "/terms": pages.text(<TermsOfUsePage settings={settings} />),
  };
  for (const [path, html] of Object.entries(ready)) app.get(path, () => pages.ready(html));
  app.get("/static/:file", (c) => staticFile(c, site.assets) ?? answerPage(pages, ANSWERS.unknown));
  app.get("/robots.txt", (c) => c.text("User-agent: *\nDisallow: /\n"));
  app.get("/healthz", (c) => c.text("ok"));
  app.get("/readyz", async (c) => {
    const parts = await site.ready();
    return c.json(
      { ready: parts.every((part) => part.ready), parts },
      parts.every((part) => part.ready) ? 200 : 503,
    );
  });
}
