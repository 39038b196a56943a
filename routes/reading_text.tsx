/**
 * The text of a document, page by page, to be read aloud or in large letters.
 *
 * @module
 */
import type { VNode } from "preact";
import { isClauseTitle, joinedLines } from "./joined_lines.ts";

/** Pages as paragraphs; clauses are headings, so that one can leap from one to the next. */
export function ReadingText({ texts, level, first = 1 }: {
  readonly texts: readonly string[];
  /** Of the heading of each page; clauses stand one below. */
  readonly level: 2 | 3;
  /** Number of the first page. */
  readonly first?: number;
}): VNode {
  const [Page, Clause] = level === 2 ? ["h2", "h3"] as const : ["h3", "h4"] as const;
  return (
    <>
      {texts.map((text, index) => (
        <section key={index} class="plain">
          <Page>{first + index}ページ</Page>
          {joinedLines(text).map((words, place) =>
            isClauseTitle(words) ? <Clause key={place}>{words}</Clause> : <p key={place}>{words}</p>
          )}
        </section>
      ))}
    </>
  );
}
