/**
 * Counts requests by the pattern of their route, and gives the operator's figures (`/metrics`) to this machine only:
 * numbers, but numbers of the operator.
 *
 * @module
 */
import type { Context, Hono, MiddlewareHandler } from "hono";
import { exposition, EXPOSITION_TYPE, type Family } from "../lib/metrics/exposition.ts";
import type { ServiceMeters } from "../lib/flows/service_meters.ts";

/** What `/metrics` tells, and what counts for it. */
export type SiteMetrics = {
  readonly meters: ServiceMeters;
  /** Reads what is not counted but stands at this moment. */
  readonly figures: () => Promise<readonly Family[]>;
};

/** Headers by which a proxy tells that it passes a request on. */
const FORWARDING = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
];

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether a request was made on this machine itself, for it, and passed on by nobody. */
function isLocal(c: Context, peer: string): boolean {
  if (!LOOPBACK.test(peer) || !LOOPBACK_HOST.test(new URL(c.req.url).hostname)) return false;
  return FORWARDING.every((name) => c.req.header(name) === undefined);
}

/** Counts every answer. A path that matches no route is counted as `none`, so that no path makes a label. */
export function countRequests({ meters }: SiteMetrics): MiddlewareHandler {
  return async (c, next) => {
    const beganAt = meters.seconds();
    await next();
    const route = c.req.routePath;
    meters.request(route === "/*" ? "none" : route, c.res.status, beganAt);
  };
}

/** Adds the path. Whoever may not read it finds nothing there. */
export function metricsRoute(
  app: Hono,
  { meters, figures }: SiteMetrics,
  peerOf: (c: Context) => string,
): void {
  app.get("/metrics", async (c) => {
    if (!isLocal(c, peerOf(c))) return c.notFound();
    const counted = meters.all().map((meter) => meter.family());
    const text = exposition([...await figures(), ...counted]);
    return c.body(text, 200, { "content-type": EXPOSITION_TYPE });
  });
}
