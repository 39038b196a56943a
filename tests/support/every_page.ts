/**
 * Every page of the service, as far as a chapter of a case has it, and the states of a link that leads nowhere.
 *
 * @module
 */
import { withdraw } from "../../lib/flows/officer_acts.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { hashAccessCode } from "../../lib/link/access_code.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { openedLink } from "./put_case.ts";
import { OFFICER } from "./sample_case.ts";
import { seededChance } from "./seeded_chance.ts";
import { type Chapter, type TestSite, Visitor } from "./test_site.ts";

/** A page: what it is called in messages, and its path. */
export type NamedPage = readonly [name: string, path: string];

/** A site in some state, made from a chapter, and the pages worth looking at then. */
export type PageState = {
  readonly name: string;
  readonly chapter: Chapter;
  readonly facts?: () => Promise<{ readonly accessCode: string }>;
  readonly pages: (site: TestSite) => Promise<readonly NamedPage[]>;
};

const DAY_MS = 86_400_000;

const request = async (site: TestSite) => `/c/${await site.link("request", { party: "Confirmer2" })}`;
const simple = (path: string) => path.replace("/c/", "/s/");

async function openIt(site: TestSite, path: string): Promise<Visitor> {
  const visitor = new Visitor(site.app);
  await (await visitor.post(path, `${path}/open`)).body?.cancel();
  return visitor;
}

async function agreeTo(site: TestSite, path: string): Promise<void> {
  const visitor = await openIt(site, path);
  const html = await (await visitor.send(`${path}/confirm`)).text();
  const documents = /name="documents" value="([^"]*)"/.exec(html)?.[1] ?? "";
  await (await visitor.post(`${path}/confirm`, `${path}/agree`, { documents, read: "yes" })).body?.cancel();
}

const people = async (site: TestSite): Promise<NamedPage[]> => {
  await reindex(site.world.store, site.world.keys);
  const officer = `/o/${await site.link("officer")}`;
  return [
    ["officer", officer],
    ["mend", `${officer}/mend`],
    ["form", `/f/${await site.link("form")}`],
    ["own contracts", `/documents/${await site.link("documents")}`],
  ];
};

const PUBLIC = ["/", "/help", "/terms", "/forms", "/documents", "/verify", "/nowhere", "/dev/styles"];

/** Steps of reading and answering, in one of the two views. */
const steps = (path: string, view: string): NamedPage[] =>
  ["", "/document", "/documents/1/text", "/confirm", "/decline", "/question", "/question/sent"]
    .map((rest) => [`${view}${rest}`, path + rest]);

/** A link whose holder may not go on, in both views. */
const standing = (
  name: string,
  prepare: (site: TestSite, path: string) => Promise<void> | void,
): PageState => ({
  name,
  chapter: "asked",
  async pages(site) {
    const path = await request(site);
    await prepare(site, path);
    return [[name, path], [`${name}, simple`, simple(path)]];
  },
});

/** All of them. */
export const PAGE_STATES: readonly PageState[] = [
  {
    name: "public",
    chapter: "opened",
    pages: async (site) => [...PUBLIC.map((path): NamedPage => [path, path]), ...await people(site)],
  },
  { name: "drafted", chapter: "drafted", pages: people },
  {
    name: "asked",
    chapter: "asked",
    async pages(site) {
      const path = await request(site);
      await openIt(site, path);
      return [
        ...steps(path, "request"),
        ...steps(simple(path), "simple"),
        ["officer", `/o/${await site.link("officer")}`],
      ];
    },
  },
  {
    name: "completed",
    chapter: "completed",
    async pages(site) {
      const ended = await site.link("download", { expiresAt: "2026-11-24T02:00:00.000Z" });
      return [
        ...await people(site),
        ["download", `/d/${await site.link("download")}`],
        ["download, ended", `/d/${ended}`],
      ];
    },
  },
  {
    name: "code",
    chapter: "asked",
    facts: async () => ({
      accessCode: await hashAccessCode(keyringOf(new Uint8Array(32).fill(7)), seededChance(), "hinoki-4821"),
    }),
    async pages(site) {
      const path = await request(site);
      return [["code", path], ["code, simple", simple(path)]];
    },
  },
  standing("done", agreeTo),
  standing("withdrawn", async ({ world, number }) => {
    const purpose = { purpose: "officer", address: OFFICER.address } as const;
    await withdraw(world, await openedLink(world.store, number, purpose), "誤送信のため");
  }),
  standing("declined", async (site, path) => {
    const visitor = await openIt(site, path);
    const values = { kind: "その他", reason: "金額が違います。" };
    await (await visitor.post(`${path}/decline`, `${path}/decline`, values)).body?.cancel();
  }),
  standing("day over", (site) => site.clock.advance(8 * DAY_MS)),
  standing("expired", (site) => site.clock.advance(11 * DAY_MS)),
];
