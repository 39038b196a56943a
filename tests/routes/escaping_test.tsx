/**
 * Signs that mean something in HTML reach people as they were written: escaped once, not never and not twice.
 * Texts that stand beside elements are a list, whose strings the precompiled templates escape on their own.
 *
 * @module
 */
import { strictEqual as equal } from "node:assert/strict";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { TextWithLinks } from "../../routes/dev/mail_parts.tsx";
import { Note } from "../../routes/layout.tsx";
import { Markdown } from "../../routes/markdown.tsx";
import { ThanksPage } from "../../routes/recipient/last_pages.tsx";
import { Tick } from "../../routes/recipient/parts.tsx";

const HOSTILE = '<img src=x onerror="alert(1)"> & A&lt;B';
const ONCE = "&lt;img src=x onerror=&quot;alert(1)&quot;> &amp; A&amp;lt;B";

/** How often the text stands in the page as it should, and how often any "<img" or a sign escaped twice does. */
function shown(page: VNode): readonly [right: number, wrong: number] {
  const html = renderToString(page);
  const right = html.split(ONCE).length - 1;
  const rest = html.replaceAll(ONCE, "");
  return [right, rest.match(/<img src=x|&amp;(?:lt|gt|quot|amp);/g)?.length ?? 0];
}

Deno.test("texts of the operator are escaped once, in every kind of block", () => {
  const text =
    `# ${HOSTILE}\n\n${HOSTILE} **${HOSTILE}**\n\n- ${HOSTILE}\n\n1. [${HOSTILE}](https://a.example/)`;
  equal(shown(<Markdown text={text} topLevel={1} />).join(), "5,0");
});

Deno.test("what stands beside an element in a note, a tick or a word of thanks is escaped once", () => {
  equal(shown(<Note tone="info">{HOSTILE}</Note>).join(), "1,0");
  equal(
    shown(
      <Note tone="info">
        <b>{HOSTILE}</b>
        {HOSTILE}
      </Note>,
    ).join(),
    "2,0",
  );
  equal(
    shown(
      <Tick name="read">
        {HOSTILE}
        <b>{HOSTILE}</b>
      </Tick>,
    ).join(),
    "2,0",
  );
  const thanks = (
    <ThanksPage base="/c" heading="受付">
      {HOSTILE}
      <br />
      {HOSTILE}
    </ThanksPage>
  );
  equal(shown(thanks).join(), "2,0");
});

Deno.test("a text with links is escaped once", () => {
  equal(shown(<TextWithLinks text={`${HOSTILE} https://a.example/ ${HOSTILE}`} />).join(), "2,0");
});
