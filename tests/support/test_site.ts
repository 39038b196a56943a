/**
 * The pages over a case with a real PDF, without sockets: histories are put in, links are made.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Hono } from "hono";
import type { CaseEvent, DraftFacts } from "../../lib/domain/case_event.ts";
import type { World } from "../../lib/flows/world.ts";
import { type LinkPurpose, linkSets, tokenFor } from "../../lib/link/link_token.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import type { FakeClock } from "./fake_clock.ts";
import { paperWorld } from "./paper_world.ts";
import { putCase } from "./put_case.ts";
import {
  agreedBy,
  CONTRACT,
  draftedWith,
  minute,
  OFFICER,
  PARTIES,
  requestedOf,
  START,
} from "./sample_case.ts";

const PDF = new URL("../fixtures/contracts/keiyakusho_itaku_6p.pdf", import.meta.url);
const assets = await buildPages();

/** How far the case has come. */
export type Chapter = "opened" | "drafted" | "asked" | "completed";

/** The pages with a case behind them. */
export type TestSite = {
  readonly app: Hono;
  readonly world: World;
  readonly clock: FakeClock;
  readonly number: string;
  /** Makes a link; its token. `expiresAt` is null unless said. */
  link(
    purpose: LinkPurpose,
    facts?: { readonly party?: string; readonly expiresAt?: string },
  ): Promise<string>;
  /** What the whole PDF now is. */
  readonly pdf: Uint8Array;
};

/** A further document of the case. */
export type FurtherPdf = {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pages: number;
};

/** The PDF and one tail, as a seal would have appended it. */
async function documents(world: World) {
  const bytes = await Deno.readFile(PDF);
  const base = await world.blobs.put(bytes);
  const tailBytes = new TextEncoder().encode("% a seal\n");
  const tail = await world.blobs.put(tailBytes);
  const whole = new Uint8Array([...bytes, ...tailBytes]);
  const sha256 = createHash("sha256").update(whole).digest("hex");
  const file = { ...CONTRACT, name: "業務委託契約書.pdf", ...base, pages: 6 };
  const sealed = (step: string, before: string): CaseEvent => ({
    did: "sealed",
    at: minute(25),
    document: 0,
    step,
    previousSha256: before,
    sha256,
    blob: tail.sha256,
    size: tail.size,
  });
  return { file, whole, sha256, sealed };
}

function historyUntil(
  chapter: Chapter,
  facts: Partial<DraftFacts>,
  sealed: (step: string, before: string) => CaseEvent,
  sha256: string,
): CaseEvent[] {
  const drafted = draftedWith(facts);
  if (chapter === "opened") return drafted.slice(0, 1);
  if (chapter === "drafted") return drafted;
  const term = { from: "2026-12-01", to: "2027-03-31" };
  const asked: CaseEvent[] = [
    ...drafted,
    { did: "sent", at: minute(20), by: OFFICER, parties: PARTIES, contractDate: "2026-12-01", term },
    sealed("Sender", CONTRACT.sha256),
    ...requestedOf("Confirmer2", minute(30)),
  ];
  if (chapter === "asked") return asked;
  const agreed = PARTIES.map(({ id }, index): CaseEvent[] => [
    ...index === 0 ? [] : requestedOf(id, minute(40 + index)),
    { ...agreedBy(id, "Sender", minute(50 + index)), documents: [sha256] } as CaseEvent,
    sealed(id, sha256),
  ]);
  return [
    ...asked,
    ...agreed.flat(),
    ...["Conclusion", "DSS", "DocTimeStamp"].map((step) => sealed(step, sha256)),
    { did: "completed", at: minute(70) },
  ];
}

/** Makes the site. The clock stands at the second hour after the beginning. */
export async function testSite(
  chapter: Chapter,
  facts: Partial<DraftFacts> = {},
  overrides: Partial<World> = {},
  further: readonly FurtherPdf[] = [],
): Promise<TestSite> {
  const { world, clock } = paperWorld(overrides);
  clock.set(minute(120));
  const { file, whole, sha256, sealed } = await documents(world);
  const files = await Promise.all(further.map(async ({ name, bytes, pages }) => ({
    ...CONTRACT,
    ...await world.blobs.put(bytes),
    name,
    pages,
  })));
  const history = historyUntil(chapter, { documents: [file, ...files], ...facts }, sealed, sha256);
  const number = await putCase(world.store, history);
  const app = makeApp(world, { assets, trustedProxies: ["10.0.0.0/8"], ready: () => Promise.resolve([]) });
  let count = 0;
  return {
    app,
    world,
    clock,
    number,
    pdf: whole,
    async link(purpose, { party, expiresAt } = {}) {
      const link = {
        id: createHash("sha256").update(`link ${count++}`).digest("base64url"),
        purpose,
        caseNumber: number,
        party: party ?? null,
        issue: party === undefined ? null : 1,
        address: purpose === "officer" ? OFFICER.address : "jimu@vendor.example.jp",
        issuedAt: START,
        expiresAt: expiresAt ?? null,
      };
      await world.store.commit({ sets: linkSets(world.keys, link) });
      return tokenFor(world.keys, link.id);
    },
  };
}

/** Sends requests with the cookies of one browser, and fills in forms by their action. */
export class Visitor {
  readonly #app: Hono;
  #cookies: Record<string, string> = {};
  /** Visits a site. */
  constructor(app: Hono) {
    this.#app = app;
  }
  /** Sends one request. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set(
      "cookie",
      Object.entries(this.#cookies).map(([name, value]) => `${name}=${value}`).join("; "),
    );
    const response = await this.#app.request(path, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies[name] = value;
    }
    return response;
  }
  /** Drops all cookies, as an in-app browser does. */
  forget(): void {
    this.#cookies = {};
  }
  /** The guard of the form that posts to `action`, on the page at `path`. */
  async guard(path: string, action: string): Promise<string> {
    const html = await (await this.send(path)).text();
    const form = html.split("<form").find((part) => part.includes(`action="${action}"`)) ?? "";
    return /name="guard" value="([^"]*)"/.exec(form)?.[1] ?? "";
  }
  /** Posts a form that stands on the page at `path`. */
  async post(path: string, action: string, values: Record<string, string> = {}): Promise<Response> {
    const guard = await this.guard(path, action);
    return await this.send(action, { method: "POST", body: new URLSearchParams({ guard, ...values }) });
  }
}
