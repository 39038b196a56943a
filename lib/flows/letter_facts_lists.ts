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
import { type CasePage, casePage } from "./browse_cases.ts";
import { type CaseFilter, EVERY_CASE } from "./case_filter.ts";
import { plainSearchFacts, searchFacts } from "./case_search.ts";
import type { LetterDraft } from "./letter_facts.ts";
import { companyIn } from "./letter_facts_party.ts";
import type { LinkMint } from "./letter_links.ts";
import { officerIn } from "./staff.ts";
import type { World } from "./world.ts";

/** Most cases of one letter. */
const FIRST = { behind: null, most: 20 } as const;

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

/** The cases of all departments of an officer: those that are open, or all that fit a search. */
function departmentCases(world: World, departments: readonly string[], search: string): Promise<CasePage> {
  const filter: CaseFilter = search === ""
    ? { ...EVERY_CASE, state: "open" }
    : { ...EVERY_CASE, words: search };
  return casePage(world, { departments }, filter, FIRST);
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
  const { cases, next } = await departmentCases(world, departments, search);
  const days = world.settings.limits.downloadLinkDays;
  const list = links.mint("officer", { caseNumber: null, days });
  const facts = {
    search,
    cases: cases.map((state) => listed(state, links)),
    more: next !== null,
    listUrl: `${list.url("o")}/list${searched(search)}`,
    untilWords: list.until,
  };
  return { letter: writeCaseList(head, facts) };
}

/** The link to the contracts on which an address stands, with the newest of them. */
export async function documentsLetter({ world, order, head, links }: ListSource): Promise<LetterDraft> {
  const search = searchIn(order);
  const owner = { address: order.to };
  const { cases, next } = await casePage(world, owner, { ...EVERY_CASE, words: search }, FIRST);
  const link = links.mint("documents");
  const contracts = cases.map((state) => ({
    number: state.number,
    title: plainSearchFacts(state).title,
    words: plainPhaseWords(state.phase),
  }));
  const documentsUrl = link.url("documents") + searched(search);
  const facts = { search, contracts, more: next !== null, documentsUrl, untilWords: link.until };
  return { letter: writeDocumentsLink(head, facts) };
}
