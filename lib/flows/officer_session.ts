/**
 * An officer's link belongs to the first browser that acts with it, for a working day (design.md, Links). Before that
 * it shows its page to whoever opens it; looking binds nothing, so that scanners of mail can't take it. A browser that
 * keeps no cookies can't be told from another one, so its acts bind nothing either.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { type Instant, plusMs } from "../domain/instant.ts";
import type { LinkRecord } from "../link/link_token.ts";
import type { Key } from "../ports.ts";
import { now, type World } from "./world.ts";

/** Length of a working day, in seconds (8 h). */
export const WORKING_DAY_SECONDS = 8 * 3600;

/** Whose a link is: nobody's yet, this browser's, another one's, or nobody's any more since the day is over. */
export type Holding = "free" | "own" | "elsewhere" | "over";

/** Who holds a link: a keyed hash of what the browser is known by, and since when. */
type Session = { readonly browser: string; readonly since: Instant };

const sessionKey = ({ id }: LinkRecord): Key => ["officer-session", id];

const markOf = (world: World, { id }: LinkRecord, browser: string): string =>
  world.keys.macText("session", `officer\n${id}\n${browser}`);

function sameMark(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Whose a link is, for a browser known by a secret of its own (null: by none). The day is over *at* its end. */
export async function holdingOf(world: World, link: LinkRecord, browser: string | null): Promise<Holding> {
  const session = (await world.store.get<Session>(sessionKey(link)))?.value;
  if (!session) return "free";
  if (now(world) >= plusMs(session.since, WORKING_DAY_SECONDS * 1000)) return "over";
  const own = browser !== null && sameMark(session.browser, markOf(world, link, browser));
  return own ? "own" : "elsewhere";
}

/** Gives a link to the browser that acts with it, unless it is another one's; whose it then is. */
export async function takeHold(world: World, link: LinkRecord, browser: string | null): Promise<Holding> {
  if (browser !== null) {
    const key = sessionKey(link);
    const session: Session = { browser: markOf(world, link, browser), since: now(world) };
    // A second browser at the same moment finds the entry there, and is told so.
    await world.store.commit({ checks: [{ key, version: null }], sets: [[key, session]] });
  }
  return await holdingOf(world, link, browser);
}
