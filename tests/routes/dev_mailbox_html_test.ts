import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { harmlessHtml } from "../../routes/dev/harmless_html.ts";
import { EVIL, HOSTILE_HTML, receiveHtml } from "../support/hostile_html.ts";
import { DRAFT, form, withMailbox } from "../support/mailbox_site.ts";

/** The tags of a document that was written anew, as a browser finds them. */
const tagsOf = (html: string) => [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name!);

/** What may not stand within any tag, whatever went in. */
const ACTING = /<[^>]*\s(?:on\w+|srcset|background|ping|action|poster|srcdoc|formaction)=/i;

Deno.test("the HTML of a mail that came in is shown in a frame that runs and loads nothing", async () => {
  await withMailbox(async ({ get, world }) => {
    const id = await receiveHtml(world, HOSTILE_HTML);
    const path = `/dev/mailbox/arrived/${id}`;
    const page = await (await get(path)).text();
    ok(page.includes(`src="${path}/html"`) && !page.includes("文字だけの本文"));
    equal(/<iframe[^>]*sandbox="([^"]*)"/.exec(page)?.[1], "allow-popups allow-popups-to-escape-sandbox");
    const text = await (await get(`${path}?view=text`)).text();
    ok(text.includes("文字だけの本文") && !text.includes("<iframe"));

    const framed = await get(`${path}/html`);
    equal(framed.headers.get("content-type"), "text/html; charset=UTF-8");
    const rules = framed.headers.get("content-security-policy")!.split("; ");
    deepEqual(rules, [
      "sandbox allow-popups allow-popups-to-escape-sandbox",
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "img-src data:",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ]);
    const html = await framed.text();
    ok(!html.includes(EVIL), html);
    ok(!/javascript:|http-equiv|<(?:script|iframe|form|svg|object|link)|alert\(8\)/i.test(html), html);
    ok(!ACTING.test(html), html);
    ok(html.includes('<p style="color: red">見える <span class="u">下線</span></p>'));
    ok(html.includes("<style>.u { text-decoration: underline }</style>"));
    ok(html.includes('<a href="https://www.example.lg.jp/?a=1&b=2">正しい</a>'));
    ok(html.includes('<img src="data:image/gif;base64,') && html.includes('<img alt="絵">'));
  });
});

Deno.test("a mail without HTML, or with too much of it, is shown as text", async () => {
  await withMailbox(async ({ get, post, arrived, world }) => {
    await post(form(DRAFT));
    const plain = (await arrived())[0]!.id;
    const long = await receiveHtml(world, `<p>${"長".repeat(500_000)}</p>`, "短い");
    const just = await receiveHtml(world, `<p>${"長".repeat(400_000)}</p>`, "短い");
    for (const id of [plain, long]) {
      equal((await get(`/dev/mailbox/arrived/${id}/html`)).status, 404);
      ok(!(await (await get(`/dev/mailbox/arrived/${id}`)).text()).includes("<iframe"));
    }
    equal((await get(`/dev/mailbox/arrived/${just}/html`)).status, 200);
    equal((await get("/dev/mailbox/arrived/none/html")).status, 404);
  });
});

Deno.test("reading a mail gives its HTML only where it is asked for", async () => {
  await withMailbox(async ({ world, arrived }) => {
    await receiveHtml(world, "<p>見える</p>");
    const raw = (await arrived())[0]!.raw;
    const plain = await world.reader.read(raw, "a@example.jp");
    ok(!("html" in plain));
    deepEqual(await world.reader.read(raw, "a@example.jp", { html: true }), {
      ...plain,
      html: "<p>見える</p>",
    });
  });
});

Deno.test("whatever pieces HTML is made of, only what looks is left of it", () => {
  const known = new Set(tagsOf(harmlessHtml("<p></p><a></a><img><style>a{}</style><body><u>")));
  const piece = fc.constantFrom(
    ...["<p", "<a", "<img", "<style>", "</style>", "<script>", "</script", "<body", "<!--", "-->", "<svg"],
    ...[">", "<", "/", '"', "'", "=", " ", "\n", "&quot;", "&#60;", "&lt;", "\\", "url(", "u&#114;l(//e)"],
    ...[
      " href=",
      " src=",
      " style=",
      " onload=",
      " title=",
      "javascript:",
      "https://e/",
      "data:image/png;base64,",
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const html = harmlessHtml(pieces.join(""));
      deepEqual(tagsOf(html.replace(/<style>[^]*?<\/style>/g, "")).filter((name) => !known.has(name)), []);
      const written = html.slice(harmlessHtml("").indexOf("<body>"));
      for (const [, tag = ""] of written.matchAll(/<(style>[^]*?(?=<\/style>)|[^>]*)/g)) {
        ok(/^\/?[a-z0-9]+(?: (?:href|src|style|title)="[^"<>]*")*$|^style>/.test(tag), tag);
        const links = tag.replace(/ (?:style|title)="[^"]*"/g, "");
        ok(!/ (?:href|src)="(?!https:\/\/|data:image\/)/.test(links), tag);
        ok(!/ style="[^"]*(?:url\(|\\)|^style>[^]*(?:url\(|\\)/.test(tag), tag);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("long hostile HTML takes time in proportion to its length", () => {
  const data = `<img src="data:image/png;base64,${"A".repeat(400_000)}">`;
  ok(harmlessHtml(data).includes(data));
  for (
    const piece of [
      "<",
      "<p ",
      '<p a="',
      "<p a='\"",
      "<script>",
      "<style>",
      "<!--",
      "</style",
      "<p a=b ",
      "=",
      " a",
    ]
  ) {
    const whole = piece.repeat(Math.floor(500_000 / piece.length));
    for (const html of [whole, `<p ${whole}`, `<p style="${whole}`]) {
      const begun = performance.now();
      harmlessHtml(html);
      ok(performance.now() - begun < 3_000, piece);
    }
  }
});
