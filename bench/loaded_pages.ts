/**
 * The terms page and the document page under load.
 *
 * @module
 */
import { withLoadedSite } from "./loaded_site.ts";
import type { Figure } from "./measure.ts";
import { BROWSER, playRounds, RETURNING, type Round, shareFigures, statedFigure } from "./page_load.ts";

const TERMS_SHARE = 0.75;
const DOCUMENT_SHARE = 0.55;

function assertSameSize<Name extends string>(rounds: readonly Round<Name>[], one: Name, other: Name): void {
  if (rounds.some((round) => round[one].bytes !== round[other].bytes)) {
    throw new Error("Cannot compare: the pages differ in size");
  }
}

/** The first page: for who comes back with the cookie, and for who comes first. */
export async function termsPage(): Promise<readonly Figure[]> {
  const rounds = await withLoadedSite(async ({ port, request, bare, lookupOf }) =>
    await playRounds(port, {
      lookup: { path: await lookupOf(request), headers: RETURNING },
      returning: { path: request, headers: RETURNING },
      first: { path: request, headers: BROWSER },
      bare: { path: bare, headers: RETURNING },
    })
  );
  assertSameSize(rounds, "first", "lookup");
  const claim = { beside: "lookup", leastShare: TERMS_SHARE } as const;
  return [
    ...shareFigures(rounds, {
      ...claim,
      page: "returning",
      words: "terms page, browser that was here before",
    }),
    ...shareFigures(rounds, { ...claim, page: "first", words: "terms page, first visit" }),
    statedFigure(rounds, "bare"),
  ];
}

/** The document of six pages, with its text. */
export async function documentPage(): Promise<readonly Figure[]> {
  const rounds = await withLoadedSite(async ({ port, request, bare, lookupOf }) => {
    const path = `${request}/document`;
    return await playRounds(port, {
      lookup: { path: await lookupOf(path), headers: RETURNING },
      document: { path, headers: RETURNING },
      bare: { path: bare, headers: RETURNING },
    });
  });
  assertSameSize(rounds, "document", "lookup");
  const size = `${((rounds[0]?.document.bytes ?? 0) / 1000).toFixed(0)} kB`;
  const words = `document page, 6 pages with text (${size})`;
  return [
    ...shareFigures(rounds, { page: "document", beside: "lookup", words, leastShare: DOCUMENT_SHARE }),
    statedFigure(rounds, "bare"),
  ];
}
