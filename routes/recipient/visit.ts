/**
 * Who stands before the document: a link of a request, opened, and how far its holder may go.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import { type Authentication, awaitedParty, type Case, type Party, partyOf } from "../../lib/domain/case.ts";
import type { RefusalCode } from "../../lib/domain/refusal.ts";
import { agreementClosed, asksCode, linkFault } from "../../lib/domain/rules_of_circulation.ts";
import { type OpenedLink, openLink } from "../../lib/flows/links.ts";
import { now, type World } from "../../lib/flows/world.ts";
import { cookieOf, putCookie } from "../cookies.ts";

/** The two views of a request: normal, and 簡易表示版. */
export type Base = "/c" | "/s";

/** An opened request. */
export type Visit = {
  readonly token: string;
  readonly base: Base;
  /** Where the visit's pages begin: `/c/<token>`. */
  readonly path: string;
  readonly opened: OpenedLink;
  readonly state: Case;
  readonly party: Party;
  /** Whether this browser gave the right access code, or none is asked. */
  readonly admitted: boolean;
  readonly authentication: Authentication;
};

/** Name of the cookie that holds who gave the right code; one per link, since a browser may hold several. */
const cookieName = (opened: OpenedLink): string => `warifu_code_${opened.link.id.slice(0, 12)}`;

/** Good for this issue of this link and this code only. */
function admission(world: World, { link, state }: OpenedLink): string {
  const text = `code\n${link.id}\n${link.issue}\n${state.draft?.accessCode ?? ""}`;
  return Buffer.from(world.keys.mac("session", text)).toString("base64url");
}

function admittedBy(world: World, opened: OpenedLink, cookie: string | null): boolean {
  const [given, right] = [Buffer.from(cookie ?? ""), Buffer.from(admission(world, opened))];
  return given.length === right.length && timingSafeEqual(given, right);
}

/** Lets this browser in, because it gave the right access code (R24). */
export function admit(world: World, c: Context, { opened }: Visit): void {
  putCookie(c, cookieName(opened), admission(world, opened), {
    secure: world.publicUrl.startsWith("https:"),
    maxAge: 8 * 3600,
  });
}

/** The visit of a token, or null when it opens nothing. */
export async function visitOf(world: World, c: Context, base: Base): Promise<Visit | null> {
  const token = c.req.param("token") ?? "";
  const opened = await openLink(world, token, "request");
  const party = opened?.link.party ? partyOf(opened.state, opened.link.party) : null;
  if (!opened || !party) return null;
  const coded = asksCode(opened.state, party);
  const admitted = !coded || admittedBy(world, opened, cookieOf(c, cookieName(opened)));
  const authentication = coded ? "mailAndAccessCode" : "mail";
  const { state } = opened;
  return { token, base, path: `${base}/${token}`, opened, state, party, admitted, authentication };
}

/** How far the holder of a link may go now. */
export type Standing =
  /** The access code is asked first; nothing of the contract may be shown. */
  | { readonly is: "code" }
  /** May read and answer. */
  | { readonly is: "ready" }
  /** Has agreed. */
  | { readonly is: "agreed" }
  | { readonly is: "refused"; readonly refused: RefusalCode };

/** Judges a visit at a moment. */
export function standingOf(world: World, { opened, state, party, admitted }: Visit): Standing {
  const at = now(world);
  const fault = linkFault(state, party, opened.link.issue ?? 0, at);
  if (fault) return { is: "refused", refused: fault.refused };
  if (!admitted) return { is: "code" };
  if (party.agreedAt !== null) return { is: "agreed" };
  if (awaitedParty(state)?.id !== party.id) return { is: "refused", refused: "not_awaited" };
  return agreementClosed(state, at) ? { is: "refused", refused: "agreement_closed" } : { is: "ready" };
}
