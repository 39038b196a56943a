/**
 * What holds for every letter, whatever people write into its fields.
 *
 * @module
 */
import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { parse } from "node-html-parser";
import { renderLetter } from "../../lib/letters/render.ts";
import type { RenderedLetter } from "../../lib/letters/letter.ts";
import { furtherLettersOf, lettersOf, ORDINARY, URL_BASE, type Written } from "../support/sample_letters.ts";

const rendered = (written: Written) =>
  Object.entries({ ...lettersOf(written), ...furtherLettersOf(written) }).map(([kind, letter]) => ({
    kind,
    mail: renderLetter(letter),
    letter,
  }));

/** Every link of ours stands alone on a line of the text part, and there is no other address there. */
function assertLinksAlone({ text }: RenderedLetter): void {
  for (const line of text.split("\n")) {
    if (!line.includes("://")) continue;
    match(line, /^https:\/\/keiyaku\.example\.lg\.jp\/[a-z]+(\/A{51})?$/);
  }
}

/** The HTML part holds only what our renderer makes. */
function assertTameHtml({ html }: RenderedLetter): void {
  const root = parse(html);
  const tags = new Set(root.querySelectorAll("*").map((element) => element.rawTagName));
  const known = "html head meta title body main footer p h2 ul li dl dt dd span blockquote a br".split(" ");
  for (const tag of tags) ok(known.includes(tag), `<${tag}>`);
  for (const anchor of root.querySelectorAll("a")) {
    ok(anchor.getAttribute("href")?.startsWith(`${URL_BASE}/`));
  }
  const attributes = root.querySelectorAll("*").flatMap((element) => Object.keys(element.attributes));
  for (const name of attributes) {
    ok(["lang", "charset", "name", "content", "style", "href"].includes(name), name);
  }
}

const HOSTILE: Written = {
  name: 'x"><script>alert(1)</script>\r\nBcc: evil@example.com',
  title: "工事\r\nSubject: spoof\u0000\u202Etxt.exe https://evil.example/a",
  company: "<img src=x onerror=alert(1)>&amp;'\" javascript:alert(1)",
  text: "一行目\nhttp://evil.example/\n</blockquote><a href='https://evil.example'>押して</a>\n-- \n署名",
  file: "a/b\\c\n.pdf<b>",
};

Deno.test("every letter carries its case number in the body, and in the subject unless it is a request", () => {
  for (const { kind, mail } of rendered(ORDINARY)) {
    match(mail.text, /案件番号：R8-000123/, kind);
    match(mail.html, /案件番号：R8-000123/, kind);
    equal(mail.subject.includes("R8-000123"), kind !== "request", kind);
  }
});

Deno.test("every letter is signed by the department with its phone and mail", () => {
  for (const { kind, mail } of rendered(ORDINARY)) {
    for (const part of ["見本県 会計局会計管理課", "000-000-1001", "kaikei@pref.example.lg.jp"]) {
      ok(mail.text.includes(part), `${kind}: ${part}`);
      ok(mail.html.includes(part), `${kind}: ${part}`);
    }
  }
});

Deno.test("each URL stands alone on its line", () => {
  for (const { mail } of rendered(ORDINARY)) assertLinksAlone(mail);
});

Deno.test("text and HTML say the same words", () => {
  const words = (text: string) => text.replace(/[\s\u3000・■▼>※:：―]/g, "");
  for (const { kind, mail, letter } of rendered(ORDINARY)) {
    const shown = words(parse(mail.html).querySelector("main")?.textContent ?? "");
    for (const block of letter.blocks) {
      if (block.is !== "paragraph" && block.is !== "heading" && block.is !== "quote") continue;
      ok(shown.includes(words(block.text)), `${kind}: ${block.text}`);
    }
  }
});

Deno.test("hostile names, titles and reasons break neither subject, text nor HTML", () => {
  for (const { kind, mail } of rendered(HOSTILE)) {
    doesNotMatch(mail.subject, /[\r\n\p{Cc}\p{Bidi_Control}]/u, kind);
    doesNotMatch(mail.text, /(?![\n\t])[\p{Cc}\u202E]/u, kind);
    assertLinksAlone(mail);
    assertTameHtml(mail);
  }
});

Deno.test("a hostile line can't pass for one of our fields", () => {
  const forged = "可\n案件番号：R8-999999";
  for (
    const { kind, mail } of rendered({
      name: forged,
      title: forged,
      company: forged,
      text: forged,
      file: forged,
    })
  ) {
    doesNotMatch(mail.text, /^案件番号：R8-999999/m, kind);
  }
  const { text } = renderLetter(lettersOf({ ...ORDINARY, text: forged }).declined);
  match(text, /^> 案件番号：R8-999999$/m);
});

const anyText = fc.string({ unit: "binary", maxLength: 60 });

Deno.test("property: any text makes valid letters with a subject of one line", () => {
  fc.assert(
    fc.property(
      fc.record({ name: anyText, title: anyText, company: anyText, text: anyText, file: anyText }),
      (written) => {
        for (const { mail } of rendered(written)) {
          doesNotMatch(mail.subject, /[\r\n\u2028\u2029\p{Cc}\p{Bidi_Control}]/u);
          ok([...mail.subject].length <= 500);
          ok(mail.subject.isWellFormed() && mail.text.isWellFormed() && mail.html.isWellFormed());
          doesNotMatch(mail.text, /(?![\n\t])\p{Cc}/u);
          assertLinksAlone(mail);
          assertTameHtml(mail);
        }
      },
    ),
    { numRuns: 60 },
  );
});

const hostileText = fc.array(
  fc.constantFrom("<", ">", '"', "'", "&", "\n", "\r", "://", "http", "s", "</a>", "\u202E", "A", "\uD800"),
  { maxLength: 20 },
).map((parts) => parts.join(""));

Deno.test("property: no mix of marks escapes into markup or makes a link", () => {
  fc.assert(
    fc.property(hostileText, (part) => {
      const written = { name: part, title: part, company: part, text: part, file: part };
      for (const { mail } of rendered(written)) {
        assertLinksAlone(mail);
        assertTameHtml(mail);
      }
    }),
    { numRuns: 60 },
  );
});
