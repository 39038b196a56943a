/**
 * Cookies of an answer. They are kept beside the request until the answer is made, whoever makes it.
 *
 * @module
 */
import type { Context } from "hono";
import { getCookie } from "hono/cookie";

const fresh = new WeakMap<Context, Map<string, { readonly value: string; readonly line: string }>>();

/** What a cookie may be told besides its value. */
export type CookieOptions = {
  /** Whether it goes over https only. */
  readonly secure: boolean;
  /** How long it lasts, in seconds; without it, as long as the browser is open. */
  readonly maxAge?: number;
};

/** The cookie's value: as this answer will set it, else as it came. */
export function cookieOf(c: Context, name: string): string | null {
  return fresh.get(c)?.get(name)?.value ?? getCookie(c, name) ?? null;
}

/**
 * Sets a cookie that scripts can't read and foreign pages don't send. Name and value are base64url: neither is
 * encoded.
 */
export function putCookie(c: Context, name: string, value: string, options: CookieOptions): void {
  const lasts = options.maxAge === undefined ? "" : `; Max-Age=${options.maxAge}`;
  const line = `${name}=${value}${lasts}; Path=/; HttpOnly${options.secure ? "; Secure" : ""}; SameSite=Lax`;
  const kept = fresh.get(c) ?? new Map();
  kept.set(name, { value, line });
  fresh.set(c, kept);
}

/** The `Set-Cookie` lines of this answer. */
export function cookieLines(c: Context): string[] {
  return [...fresh.get(c)?.values() ?? []].map(({ line }) => line);
}
