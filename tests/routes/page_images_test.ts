import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { PageRenderer } from "../../lib/ports.ts";
import { testSite, Visitor } from "../support/test_site.ts";

/** A renderer whose images say what they are, and which tells what it was asked for. */
function scribe() {
  const asked: string[] = [];
  const answer = <T>(what: string, value: T) => {
    asked.push(what);
    return Promise.resolve(value);
  };
  const renderer: PageRenderer = {
    pages: () => answer("pages", Array.from({ length: 6 }, () => ({ width: 595, height: 842 }))),
    png: (_pdf, _content, page, width) => answer(`png ${page} ${width}`, Uint8Array.of(1)),
    image: (_pdf, _content, page, width) =>
      answer(`image ${page} ${width}`, { type: "image/jpeg", bytes: Uint8Array.of(2) }),
    text: (_pdf, _content, page) => answer(`text ${page}`, "本文"),
    close: () => Promise.resolve(),
  };
  return { asked, renderer };
}

async function opened() {
  const { asked, renderer } = scribe();
  const site = await testSite("asked", {}, { renderer });
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const visitor = new Visitor(site.app);
  equal((await visitor.post(path, `${path}/open`)).status, 303);
  return { asked, visitor, path };
}

const CHROME = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";

Deno.test("page images: browsers get the smaller file, programs that name no format get PNG", async () => {
  const { visitor, path } = await opened();
  const image = `${path}/documents/1/pages/2.png?w=828`;
  const tags = new Map<string, string>();
  for (
    const [accept, type] of [
      [CHROME, "image/jpeg"],
      ["image/jpeg", "image/jpeg"],
      ["*/*", "image/png"],
      ["image/png,image/webp", "image/png"],
      ["", "image/png"],
    ] as const
  ) {
    const answer = await visitor.send(image, { headers: { accept } });
    equal(answer.headers.get("content-type"), type, accept);
    equal(answer.headers.get("vary"), "accept");
    const etag = answer.headers.get("etag") ?? "";
    const again = await visitor.send(image, { headers: { accept, "if-none-match": etag } });
    equal(again.status, 304);
    tags.set(type, etag);
  }
  equal(new Set(tags.values()).size, 2);
});

Deno.test("page images: the page names widths and version; an image of another version is not given", async () => {
  const { visitor, path } = await opened();
  for (const base of ["/c/", "/s/"]) {
    const at = `${path.replace("/c/", base)}/document`;
    const html = await (await visitor.send(at)).text();
    const image = /<img[^>]*>/.exec(html)?.[0] ?? "";
    match(image, /loading="(eager|lazy)"/);
    match(image, /width="595" height="842"/);
    const src = (/src="([^"]+)"/.exec(image)?.[1] ?? "").replaceAll("&amp;", "&");
    match(src, /pages\/1\.png\?w=1240&v=[0-9a-f]{8}$/);
    const url = new URL(src, `http://localhost${at}`);
    equal((await visitor.send(url.pathname + url.search)).status, 200);
    equal((await visitor.send(`${url.pathname}?w=1240&v=00000000`)).status, 404);
    if (base === "/c/") {
      deepEqual([...image.matchAll(/ (\d+)w/g)].map(([, width]) => width), ["828", "1240", "1860"]);
    }
  }
});

Deno.test("page images: the first page is drawn when the first button is pressed", async () => {
  const { asked } = await opened();
  while (!asked.includes("text 6")) await new Promise((resolve) => setTimeout(resolve));
  ok(asked.includes("image 1 1240"));
});

Deno.test("page images: any width is answered with the next one that is drawn", async () => {
  const { asked, visitor, path } = await opened();
  for (const [width, drawn] of [[1, 828], [829, 1240], [1240, 1240], [1241, 1860], [99999, 1860]]) {
    equal((await visitor.send(`${path}/documents/1/pages/3.png?w=${width}`)).status, 200);
    ok(asked.includes(`png 3 ${drawn}`), `${width}`);
  }
  equal(asked.filter((what) => what.startsWith("png 3 ")).length, 3);
});

Deno.test("page images: what is no width, and pages that are not there, are unknown", async () => {
  const { visitor, path } = await opened();
  for (const rest of ["2.png?w=0", "2.png?w=-5", "2.png?w=x", "7.png", "0.png"]) {
    equal((await visitor.send(`${path}/documents/1/pages/${rest}`)).status, 404, rest);
  }
});
