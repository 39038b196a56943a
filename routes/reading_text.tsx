/**
 * The text of a document, page by page, to be read aloud or in large letters.
 *
 * @module
 */
import type { VNode } from "preact";
import { isClauseTitle, joinedLines } from "./joined_lines.ts";

/** Pages as paragraphs; clauses are headings, so that one can leap from one to the next. */
export function ReadingText({ texts, first = 1 }: {
  readonly texts: readonly string[];
  /** Number of the first page. */
  readonly first?: number;
}): VNode {
  return (
    <>
      {texts.map((text, index) => (
        <section key={index} class="plain">
          <h2>{first + index}ページ</h2>
          {joinedLines(text).map((words, place) =>
            isClauseTitle(words) ? <h3 key={place}>{words}</h3> : <p key={place}>{words}</p>
          )}
        </section>
      ))}
    </>
  );
}
