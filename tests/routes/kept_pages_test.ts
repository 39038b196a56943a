import { notStrictEqual as notEqual, ok, strictEqual as equal } from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { withdraw } from "../../lib/flows/officer_acts.ts";
import type { PageRenderer } from "../../lib/ports.ts";
import { templateOf } from "../../routes/template.ts";
import { openedLink } from "../support/put_case.ts";
import { OFFICER } from "../support/sample_case.ts";
import { testSite, Visitor } from "../support/test_site.ts";

/** A page of a text that looks like our marks. */
const renderer: PageRenderer = {
  pages: () => Promise.resolve([{ width: 595, height: 842 }]),
  png: () => Promise.resolve(new Uint8Array()),
  image: () => Promise.resolve({ type: "image/png", bytes: new Uint8Array() }),
  text: () => Promise.resolve("本文 \uE000guard\uE001 \uE000.token\uE001 <b>"),
  close: () => Promise.resolve(),
};

async function opened(facts: Parameters<typeof testSite>[1] = {}) {
  const site = await testSite("asked", facts, { renderer });
  const token = await site.link("request", { party: "Confirmer2" });
  const visitor = new Visitor(site.app);
  const path = `/c/${token}`;
  equal((await visitor.post(path, `${path}/open`)).status, 303);
  return { site, token, path, visitor };
}

const guardIn = (html: string) => /name="guard" value="([^"]*)"/.exec(html)?.[1] ?? "";

Deno.test("kept pages: each view has a guard of its own, and each link its own addresses", async () => {
  const { site, token, path, visitor } = await opened();
  const first = await (await visitor.send(`${path}/document`)).text();
  site.clock.set("2026-11-24T05:00:00.000Z");
  const second = await (await visitor.send(`${path}/document`)).text();
  notEqual(guardIn(first), guardIn(second));
  equal(first.replaceAll(guardIn(first), ""), second.replaceAll(guardIn(second), ""));
  const other = await site.link("request", { party: "Confirmer2" });
  const html = await (await visitor.send(`/c/${other}/document`)).text();
  ok(html.includes(`/c/${other}/confirm`) && !html.includes(token));
});

Deno.test("kept pages: a text that looks like one of our marks stays a text", async () => {
  const title = "契約 \uE000guard\uE001\uE000.token\uE001\uE000nothing\uE001";
  const { token, path, visitor } = await opened({ title });
  const html = await (await visitor.send(`${path}/document`)).text();
  ok(html.includes(title));
  ok(html.includes("\uE000guard\uE001 \uE000.token\uE001 &lt;b"));
  equal(html.split(guardIn(html)).length, 3); // The form's field, and what the island is told.
  ok(!html.split("<body")[1]!.split("<h1")[1]!.split("</h1")[0]!.includes(token));
});

Deno.test("kept pages: a page that was kept is not shown once the case was withdrawn", async () => {
  const { site, path, visitor } = await opened();
  equal((await visitor.send(`${path}/document`)).status, 200);
  const officer = await openedLink(site.world.store, site.number, {
    purpose: "officer",
    address: OFFICER.address,
  });
  await withdraw(site.world, officer, "誤り");
  const after = await visitor.send(`${path}/document`, { redirect: "manual" });
  equal(after.status, 303);
  equal((await visitor.send(path)).status, 410);
});

Deno.test("kept pages: values are escaped, whatever they hold", () => {
  const page = templateOf(["a", "b"], "secret", ({ a, b }) => `<p title="${a}">${b}</p>`);
  const html = page({ a: `"<&'`, b: "\uE000secret.a\uE001" });
  equal(html, '<p title="&quot;&lt;&amp;&#39;">\uE000secret.a\uE001</p>');
});

Deno.test("kept pages: a long one goes packed to browsers that unpack it, whole to others", async () => {
  const long = { ...renderer, pages: () => Promise.resolve(Array(100).fill({ width: 595, height: 842 })) };
  const site = await testSite("asked", {}, { renderer: long });
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const visitor = new Visitor(site.app);
  await visitor.post(path, `${path}/open`);
  const packed = await visitor.send(`${path}/document`, { headers: { "accept-encoding": "br, gzip" } });
  equal(packed.headers.get("content-encoding"), "gzip");
  equal(packed.headers.get("vary"), "accept-encoding");
  const bytes = await packed.bytes();
  ok(bytes.length < 10_000, `${bytes.length}`);
  const html = gunzipSync(bytes).toString();
  equal(html.split("<figure").length, 101);
  for (const encoding of ["", "br", "identity"]) {
    const whole = await visitor.send(`${path}/document`, { headers: { "accept-encoding": encoding } });
    equal(whole.headers.get("content-encoding"), null);
    equal((await whole.text()).split("<figure").length, 101);
  }
});
