/**
 * Forms that nobody can send in another's place. A hidden field is the keyed hash of link, step and time; a
 * cookie adds to it. Pages send `Referrer-Policy: no-referrer`, so posts arrive with `Origin: null` and the
 * Origin tells nothing. Where an in-app browser blocks cookies the form is shown once more, with words, and
 * its second field is then good without the cookie.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { epochMs } from "../lib/domain/instant.ts";
import { now, type World } from "../lib/flows/world.ts";
import { cookieOf, putCookie } from "./cookies.ts";

/** Name of the hidden field. */
export const GUARD_FIELD = "guard";
const COOKIE = "warifu";
/** How long a page may stand open before its form is shown anew, in ms (12 hours). */
const LASTS_MS = 12 * 3_600_000;

/** The word on a posted form: good, to be shown again (no cookie, or too old), or not ours. */
export type GuardVerdict = "good" | "again" | "wrong";

/** Makes and checks the hidden fields. */
export type FormGuard = {
  /** The hidden field's value for a step's form; sets the cookie when the browser has none. */
  field(c: Context, scope: string, step: string): string;
  /** The same for a form that is shown again: good without a cookie. */
  fieldShownAgain(scope: string, step: string): string;
  /** What the browser is known by: the cookie that came with the request; null where it keeps none. */
  browser(c: Context): string | null;
  /** Has the browser keep that cookie for so many seconds, also when it is closed meanwhile. */
  keep(c: Context, seconds: number): void;
  /** Judges a posted field. */
  check(c: Context, scope: string, step: string, field: string | null): GuardVerdict;
};

/** Characters of base64url that hold 128 bits and a little more. */
const SHORT = 22;

/** What a form is stamped with: one part to be shown, and one that binds a cookie and stays here. */
type Stamp = { readonly shown: string; readonly secret: string };

/**
 * Binds a cookie to a stamp. Half of a keyed hash is as good a key as any; what comes of it is cut short, so
 * that nobody who sees it can go on hashing.
 */
const bind = ({ secret }: Stamp, cookie: string): string =>
  createHash("sha256").update(`cookie\n${secret}\n${cookie}`).digest("base64url").slice(0, SHORT);

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The guard of a site. */
export function formGuard(world: World): FormGuard {
  const secure = world.publicUrl.startsWith("https:");
  const stamp = (scope: string, step: string, time: string): Stamp => {
    const mac = world.keys.macText("form", `form\n${scope}\n${step}\n${time}`);
    return { shown: mac.slice(0, SHORT), secret: mac.slice(SHORT) };
  };
  const time = () => epochMs(now(world)).toString(36);
  const again = (step: string) => `${step} again`;

  function browserOf(c: Context): string {
    const known = cookieOf(c, COOKIE);
    if (known) return known;
    const fresh = Buffer.from(world.chance.bytes(16)).toString("base64url");
    putCookie(c, COOKIE, fresh, { secure });
    return fresh;
  }

  return {
    field(c, scope, step) {
      const at = time();
      const mark = stamp(scope, step, at);
      return `${at}.${mark.shown}.${bind(mark, browserOf(c))}`;
    },
    fieldShownAgain(scope, step) {
      const at = time();
      return `${at}.${stamp(scope, again(step), at).shown}.`;
    },
    browser: (c) => cookieOf(c, COOKIE),
    keep(c, maxAge) {
      const known = cookieOf(c, COOKIE);
      if (known) putCookie(c, COOKIE, known, { secure, maxAge });
    },
    check(c, scope, step, field) {
      if (c.req.header("sec-fetch-site") === "cross-site") return "wrong";
      const [at = "", shown = "", bound = ""] = (field ?? "").split(".");
      const repeated = same(shown, stamp(scope, again(step), at).shown);
      const mark = stamp(scope, step, at);
      if (!repeated && !same(shown, mark.shown)) return "wrong";
      const age = epochMs(now(world)) - Number.parseInt(at, 36);
      if (!(age < LASTS_MS)) return "again";
      const cookie = cookieOf(c, COOKIE);
      return repeated || (cookie && same(bound, bind(mark, cookie))) ? "good" : "again";
    },
  };
}
