/**
 * Headers that every answer carries unless its handler knows better.
 *
 * @module
 */
import type { MiddlewareHandler } from "hono";
import { cookieLines } from "./cookies.ts";

/** What a page of ours may load: its own built files and page images, nothing inline, nothing foreign. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** A PDF on its own: browsers draw their viewer's frame with styles of their own. */
export const FILE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What a handler may say otherwise of its own answer. */
const UNLESS_SET = [
  ["content-security-policy", PAGE_POLICY],
  ["x-frame-options", "DENY"],
  ["cache-control", "no-store"],
] as const;

const YEAR_SECONDS = 31_536_000;

/** Puts the headers on; `Strict-Transport-Security` only where the service is reached by https. */
export function securityHeaders(publicUrl: string): MiddlewareHandler {
  const headers: (readonly [string, string])[] = [
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(), microphone=(), geolocation=()"],
  ];
  if (publicUrl.startsWith("https:")) {
    headers.push(["strict-transport-security", `max-age=${YEAR_SECONDS}; includeSubDomains`]);
  }
  return async (c, next) => {
    await next();
    const set = c.res.headers;
    // No handler sets these; appending does not look for the name once more.
    for (const [name, value] of headers) set.append(name, value);
    for (const [name, value] of UNLESS_SET) if (!set.has(name)) set.append(name, value);
    for (const line of cookieLines(c)) set.append("set-cookie", line);
    // HEAD is answered without the body, and would claim a length of 0 (RFC 9110 §9.3.2).
    if (c.req.method === "HEAD" && c.res.body && !set.has("content-length")) {
      set.set("content-length", String((await c.res.clone().bytes()).length));
    }
  };
}
