import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { htmlText } from "../../lib/mail/html_text.ts";
import { newText } from "../../lib/mail/new_text.ts";

Deno.test("rows of a table become lines of label and value", () => {
  const html =
    "<table><tr><th>契約名</th><td>単価契約</td></tr><tr><td>電話</td><td>03-0000-0000</td></tr></table>";
  equal(htmlText(html), "契約名\t単価契約\n電話\t03-0000-0000");
});

Deno.test("paragraphs and breaks within a cell stay on the line of its label", () => {
  const html = "<table><tr><td><p>住所</p></td><td><p>見本県<br>見本市</p><p>1-2-3</p></td></tr></table>";
  equal(htmlText(html), "住所\t見本県 見本市 1-2-3");
});

Deno.test("a table that lays the page out keeps the lines within", () => {
  const inner = "<table><tr><td>契約名</td><td>工事</td></tr></table>";
  const html = `<table><tr><td><p>こんにちは</p>${inner}</td><td>横</td></tr></table>`;
  equal(htmlText(html), "こんにちは\n\n契約名\t工事\n\n横");
  equal(htmlText("<table><tr><td><p>一行目</p><p>二行目</p></td></tr></table>"), "一行目\n\n二行目");
});

Deno.test("cells and rows may be left open", () => {
  equal(htmlText("<table><tr><td>あ<td>い<tr><td>う<td>え</table>"), "あ\tい\nう\tえ");
});

Deno.test("blocks, breaks and preformatted text keep their lines", () => {
  equal(htmlText("<div>一</div><div>二</div>三<br>四"), "一\n二\n三\n四");
  equal(htmlText("<p>一\n行</p>\n\n<p>二</p>"), "一 行\n\n二");
  equal(htmlText("<pre>一\n  二</pre>"), "一\n二");
});

Deno.test("what a reader doesn't see is left out", () => {
  const html =
    "<head><title>t</title><style>p{}</style></head><script>x</script><!-- c > --><p title='a>b'>見える</p>";
  equal(htmlText(html), "見える");
  equal(htmlText("<style>見えない"), "見えない", "an open style element is not trusted");
});

Deno.test("character references are decoded once", () => {
  equal(htmlText("&lt;b&gt; &amp;amp; &#x3042;&#12356; &nbsp;&unknown; &#0;"), "<b> &amp; あい &unknown;");
});

Deno.test("quotations are marked as in plain mail", () => {
  const html = "<div>了解です。</div><div>2026年11月22日(日) 10:00 窓口 &lt;a@example.jp&gt;:</div>" +
    "<blockquote><p>契約日: 令和8年12月1日</p><blockquote>前の<br>前</blockquote></blockquote>";
  const expected =
    "了解です。\n2026年11月22日(日) 10:00 窓口 <a@example.jp>:\n\n> 契約日: 令和8年12月1日\n>\n> > 前の\n> > 前";
  equal(htmlText(html), expected);
  equal(newText(htmlText(html)), "了解です。");
});

Deno.test("any text ends as lines, without failing", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<table>",
      "</table>",
      "<tr>",
      "<td>",
      "</td>",
      "</tr>",
      "<blockquote>",
      "</blockquote>",
      "<p>",
    ),
    fc.constantFrom("<!--", "-->", "<style>", "</style>", '<a href="', ">", "<br>", "&#", "&amp", "<pre>"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
    ok(!htmlText(pieces.join("")).includes("\u0001"));
  }));
});

for (
  const [name, html] of [
    ["deep tables", "<table><tr><td>".repeat(60_000)],
    ["deep quotations", "<blockquote>".repeat(100_000) + "x"],
    ["tags that never end", '<a "'.repeat(200_000)],
    ["hidden elements that never end", "<svg><style>".repeat(80_000)],
    ["comments that never end", "<!--".repeat(200_000)],
    ["references", "&#".repeat(400_000)],
    ["cells", "<td>".repeat(200_000)],
  ] as const
) {
  Deno.test(`a megabyte of ${name} is read in moderate time`, () => {
    const before = performance.now();
    htmlText(html);
    ok(performance.now() - before < 3_000);
  });
}
