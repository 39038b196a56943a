/**
 * Facts of letters that list cases: a department's for its officer, a person's own for anyone (R37, R38). They are
 * looked up when the letter is written, by the address that it goes to.
 *
 * @module
 */
import { awaitedParty, type Case } from "../domain/case.ts";
import { type ListedCase, writeCaseList } from "../letters/case_list.ts";
import { writeDocumentsLink } from "../letters/documents_link.ts";
import type { LetterHead } from "../letters/letter.ts";
import type { LetterOrder } from "../letters/letter_order.ts";
import { phaseWords, plainPhaseWords } from "../letters/phase_words.ts";
import { dayWords, oneLine } from "../letters/words.ts";
import { plainSearchFacts, searchFacts, searchTest } from "./case_search.ts";
import { findCases, type FoundCases } from "./find_cases.ts";
import type { LetterDraft } from "./letter_facts.ts";
import { companyIn } from "./letter_facts_party.ts";
import type { LinkMint } from "./letter_links.ts";
import { officerIn } from "./staff.ts";
import type { World } from "./world.ts";

/** Most cases of one letter. */
const MOST = 20;

/** What lists are written from. */
export type ListSource = {
  readonly world: World;
  readonly order: LetterOrder;
  readonly head: LetterHead;
  readonly links: LinkMint;
};

const searchIn = ({ about }: LetterOrder): string => about && "search" in about ? about.search : "";

/** What opens a list with the search that was asked for, within the length of its field. */
const searched = (search: string): string =>
  search === "" ? "" : `?q=${encodeURIComponent([...search].slice(0, 100).join("").toWellFormed())}`;

const OVER: ReadonlySet<Case["phase"]> = new Set<Case["phase"]>([
  "completed",
  "paper",
  "refused",
  "withdrawn",
]);

/** The cases of all departments of an officer: those that are open, or all that fit a search. */
async function departmentCases(world: World, ids: readonly string[], search: string): Promise<FoundCases> {
  const test = searchTest(search);
  const fits = (state: Case) => search === "" ? !OVER.has(state.phase) : test(searchFacts(state));
  const found = await Promise.all(
    ids.map((departmentId) => findCases(world, { by: { departmentId }, fits, most: MOST })),
  );
  const cases = found.flatMap((each) => each.cases).sort((a, b) => a.openedAt < b.openedAt ? 1 : -1);
  return { cases: cases.slice(0, MOST), more: cases.length > MOST || found.some((each) => each.more) };
}

function listed(state: Case, links: LinkMint): ListedCase {
  const party = awaitedParty(state);
  const date = state.draft?.contractDate ?? null;
  const waits = party ? `（${oneLine(party.name, 40)} 様の番です）` : "";
  return {
    number: state.number,
    title: searchFacts(state).title,
    company: companyIn(state),
    contractDate: date === null ? "" : dayWords(date),
    words: phaseWords(state.phase) + waits,
    url: links.mint("officer", { caseNumber: state.number }).url("o"),
  };
}

/** The list of an officer's departments; null for who is no officer any more. */
export async function departmentListLetter(
  { world, order, head, links }: ListSource,
): Promise<LetterDraft | null> {
  const departments = officerIn(world.settings, order.to);
  if (departments.length === 0) return null;
  const search = searchIn(order);
  const { cases, more } = await departmentCases(world, departments, search);
  const days = world.settings.limits.downloadLinkDays;
  const list = links.mint("officer", { caseNumber: null, days });
  const facts = {
    search,
    cases: cases.map((state) => listed(state, links)),
    more,
    listUrl: `${list.url("o")}/list${searched(search)}`,
    untilWords: list.until,
  };
  return { letter: writeCaseList(head, facts) };
}

/** The link to the contracts on which an address stands, with the newest of them. */
export async function documentsLetter({ world, order, head, links }: ListSource): Promise<LetterDraft> {
  const search = searchIn(order);
  const test = searchTest(search);
  const fits = (state: Case) => test(plainSearchFacts(state));
  const { cases, more } = await findCases(world, { by: { address: order.to }, fits, most: MOST });
  const link = links.mint("documents");
  const contracts = cases.map((state) => ({
    number: state.number,
    title: plainSearchFacts(state).title,
    words: plainPhaseWords(state.phase),
  }));
  const documentsUrl = link.url("documents") + searched(search);
  const facts = { search, contracts, more, documentsUrl, untilWords: link.until };
  return { letter: writeDocumentsLink(head, facts) };
}
