/**
 * The body of a mail that has HTML: in a frame where it can do nothing, or as text.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";

/** How a mail is looked at. */
export type BodyView = "html" | "text";

/** Pixels that the frame is high: about as many as the mail, so that it seldom scrolls within. */
function frameHeight(text: string): number {
  const lines = text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 34)), 0);
  return Math.min(2_400, 150 + lines * 28);
}

const pathOf = (page: string, person: string, view: BodyView): string => {
  const query = new URLSearchParams({ ...person === "" ? {} : { to: person }, view });
  return `${page}?${query}`;
};

/** The body with the choice of its view. The HTML is served at `html` below `page`; `children` show the text. */
export function ViewedBody({ page, person, view, text, children }: {
  /** Path of the mail's page. */
  readonly page: string;
  /** Whose mailbox it is seen from; empty for all. */
  readonly person: string;
  readonly view: BodyView;
  /** Tells how long the mail is. */
  readonly text: string;
  readonly children: ComponentChildren;
}): VNode {
  const tab = (each: BodyView, words: string) => (
    <a href={pathOf(page, person, each)} aria-current={each === view ? "true" : undefined}>{words}</a>
  );
  return (
    <section class="mail-body">
      <h2 class="vh">本文</h2>
      <nav class="tabs" aria-label="本文の表示">
        {tab("html", "HTML")}
        {tab("text", "テキスト")}
      </nav>
      {view === "text" ? children : (
        <iframe
          title="HTML形式の本文"
          src={`${page}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          height={frameHeight(text)}
        >
        </iframe>
      )}
    </section>
  );
}
