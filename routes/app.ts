/**
 * All pages of the service on one router.
 *
 * @module
 */
import { type Context, Hono } from "hono";
import { now, type World } from "../lib/flows/world.ts";
import { PortError } from "../lib/ports.ts";
import { type Answer, ANSWERS } from "./answer.ts";
import type { Desk } from "./desk.ts";
import { documentsRoutes } from "./documents/routes.tsx";
import { downloadRoutes } from "./downloads/routes.tsx";
import { formGuard } from "./form_guard.ts";
import { formRoutes } from "./forms/routes.tsx";
import { officerRoutes } from "./officer/routes.tsx";
import { countRequests, metricsRoute } from "./metrics.ts";
import { pageImages } from "./page_images.ts";
import { publicRoutes } from "./public/routes.tsx";
import { RequestFault } from "./read_form.ts";
import { recipientRoutes } from "./recipient/routes.tsx";
import { answerPage, slowDownPage } from "./refusal_page.tsx";
import { makePages, type Pages } from "./render.tsx";
import { securityHeaders } from "./security_headers.ts";
import type { SiteOptions } from "./site.ts";
import { clientAddress, unknownTokens } from "./unknown_tokens.ts";
import { vendorRoutes } from "./vendor/routes.tsx";
import { verifyRoutes } from "./verify/routes.tsx";

const FAULTS = { 400: ANSWERS.badForm, 413: ANSWERS.tooLarge, 415: ANSWERS.wrongType } as const;

/** The answer to what was thrown: a request that can't be read, a broken world, or a bug. */
function thrownAnswer(error: unknown): Answer {
  if (error instanceof RequestFault) return FAULTS[error.status];
  return error instanceof PortError && error.retryable ? ANSWERS.unavailable : ANSWERS.broken;
}

/** The address of who asks, as the server tells it with the request. */
function peerOf(c: Context): string {
  const info = c.env as { readonly remoteAddr?: { readonly hostname?: string } } | undefined;
  return info?.remoteAddr?.hostname ?? "";
}

function makeDesk(world: World, site: SiteOptions, pages: Pages): Desk {
  const unknown = unknownTokens();
  const client = clientAddress(site.trustedProxies);
  const clientOf = (c: Context) => client(peerOf(c), c.req.header("x-forwarded-for") ?? null);
  return {
    world,
    pages,
    guard: formGuard(world),
    images: pageImages(world),
    clientOf,
    noSuchLink(c) {
      const wait = unknown.count(clientOf(c), now(world));
      return wait === null ? answerPage(pages, ANSWERS.unknown) : slowDownPage(pages, wait);
    },
  };
}

/** Makes the router. More routes may be added to it; its headers and its error page hold for them too. */
export function makeApp(world: World, site: SiteOptions): Hono {
  const app = new Hono();
  const pages = makePages({ assets: site.assets, settings: world.settings });
  const desk = makeDesk(world, site, pages);
  if (site.metrics) app.use(countRequests(site.metrics));
  app.use(securityHeaders(world.publicUrl));
  app.notFound(() => answerPage(pages, ANSWERS.unknown));
  app.onError((error, c) => {
    const answer = thrownAnswer(error);
    if (answer === ANSWERS.broken) world.log.error("page_failed", error, { route: c.req.routePath });
    if (answer === ANSWERS.unavailable) world.log.warn("page_unavailable", { route: c.req.routePath });
    const response = answerPage(pages, answer);
    if (answer === ANSWERS.unavailable) response.headers.set("retry-after", "30");
    return response;
  });
  publicRoutes(app, desk, site);
  if (site.metrics) metricsRoute(app, site.metrics, peerOf);
  verifyRoutes(app, desk);
  formRoutes(app, desk);
  recipientRoutes(app, desk, "/c");
  recipientRoutes(app, desk, "/s");
  officerRoutes(app, desk);
  vendorRoutes(app, desk);
  downloadRoutes(app, desk);
  documentsRoutes(app, desk);
  return app;
}
