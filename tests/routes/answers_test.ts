import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { type PageRenderer, PortError } from "../../lib/ports.ts";
import { testSite, Visitor } from "../support/test_site.ts";

Deno.test("every page carries the headers that keep it private and harmless", async () => {
  const site = await testSite("asked");
  const token = await site.link("request", { party: "Confirmer2" });
  for (const path of ["/", "/help", "/terms", `/c/${token}`, `/s/${token}`, "/nowhere"]) {
    const { headers } = await site.app.request(path);
    const policy = headers.get("content-security-policy") ?? "";
    ok(policy.startsWith("default-src 'none'") && !policy.includes("unsafe"), path);
    match(policy, /frame-ancestors 'none'/);
    equal(headers.get("referrer-policy"), "no-referrer");
    equal(headers.get("cache-control"), "no-store");
    equal(headers.get("x-content-type-options"), "nosniff");
    equal(headers.get("strict-transport-security"), null);
  }
});

Deno.test("https brings Strict-Transport-Security and secure cookies", async () => {
  const site = await testSite("asked", {}, { publicUrl: "https://keiyaku.example.lg.jp" });
  const token = await site.link("request", { party: "Confirmer2" });
  const { headers } = await site.app.request(`/c/${token}`);
  match(headers.get("strict-transport-security") ?? "", /max-age=31536000/);
  match(headers.get("set-cookie") ?? "", /HttpOnly; Secure; SameSite=Lax/);
});

Deno.test("all unknown tokens get one answer, links of another purpose too", async () => {
  const site = await testSite("asked");
  const officer = await site.link("officer");
  const answers = await Promise.all(
    ["/c/x", `/c/${"A".repeat(51)}`, `/c/${officer}`, `/s/${officer}`, "/o/x", "/d/x", "/f/x", "/nowhere"]
      .map(
        async (path) => {
          const response = await site.app.request(path);
          return [response.status, await response.text()];
        },
      ),
  );
  for (const answer of answers) deepEqual(answer, answers[0]);
  equal(answers[0]?.[0], 404);
});

Deno.test("who guesses tokens is slowed down; a good link is not", async () => {
  const site = await testSite("asked");
  const token = await site.link("request", { party: "Confirmer2" });
  const from = (hostname: string, path: string, forwarded?: string) =>
    site.app.request(path, forwarded ? { headers: { "x-forwarded-for": forwarded } } : {}, {
      remoteAddr: { hostname },
    });
  for (let tries = 0; tries < 30; tries++) equal((await from("192.0.2.1", "/c/x")).status, 404);
  const slowed = await from("192.0.2.1", "/c/x");
  equal(slowed.status, 429);
  ok(Number(slowed.headers.get("retry-after")) > 0);
  equal((await from("192.0.2.1", `/c/${token}`)).status, 200);
  equal((await from("192.0.2.2", "/c/x", "192.0.2.1")).status, 404);
  equal((await from("10.0.0.1", "/c/x", "1.2.3.4, 192.0.2.1, 10.0.0.2")).status, 429);
  site.clock.advance(61_000);
  equal((await from("192.0.2.1", "/c/x")).status, 404);
});

Deno.test("the PDF comes whole, in part, or not at all", async () => {
  const site = await testSite("asked");
  const token = await site.link("officer");
  const path = `/o/${token}/documents/1.pdf`;
  const ask = (headers: Record<string, string> = {}, method = "GET") =>
    site.app.request(path, { headers, method });
  const whole = await ask();
  deepEqual(await whole.bytes(), site.pdf);
  const etag = whole.headers.get("etag") ?? "";
  const { length } = site.pdf;
  const cases: [string, number, Uint8Array][] = [
    ["bytes=0-9", 206, site.pdf.subarray(0, 10)],
    [`bytes=${length - 12}-`, 206, site.pdf.subarray(length - 12)],
    ["bytes=-5", 206, site.pdf.subarray(length - 5)],
    ["bytes=5-2", 200, site.pdf],
    ["bytes=0-1,4-5", 200, site.pdf],
    [`bytes=${length}-`, 416, new Uint8Array()],
  ];
  for (const [range, status, body] of cases) {
    const part = await ask({ range });
    equal(part.status, status, range);
    deepEqual(await part.bytes(), body, range);
  }
  equal((await ask({ range: "bytes=0-1", "if-range": '"old"' })).status, 200);
  equal((await ask({ "if-none-match": etag })).status, 304);
  const head = await ask({}, "HEAD");
  deepEqual([head.headers.get("content-length"), await head.text()], [String(length), ""]);
});

Deno.test("forms of another type or size are refused", async () => {
  const site = await testSite("asked");
  const token = await site.link("request", { party: "Confirmer2" });
  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    site.app.request(`/c/${token}/open`, { method: "POST", body, headers });
  equal((await post("{}", { "content-type": "application/json" })).status, 415);
  equal((await post(new URLSearchParams({ a: "x".repeat(300_000) }))).status, 413);
});

Deno.test("an ended download link offers a fresh one, by mail alone", async () => {
  const site = await testSite("completed");
  const good = await site.link("download", { expiresAt: "2026-12-24T00:00:00.000Z" });
  const page = await (await site.app.request(`/d/${good}`)).text();
  match(page, /業務委託契約書（締結済）\.pdf/);
  const file = await site.app.request(`/d/${good}/files/1.pdf`);
  equal(file.status, 200);
  await file.body?.cancel();
  const ended = await site.link("download", { expiresAt: "2026-11-24T02:00:00.000Z" });
  const visitor = new Visitor(site.app);
  equal((await visitor.send(`/d/${ended}`)).status, 410);
  equal((await visitor.send(`/d/${ended}/files/1.pdf`)).status, 410);
  equal((await visitor.post(`/d/${ended}`, `/d/${ended}/renew`)).status, 303);
});

Deno.test("a bug tells nothing of the inside, a broken world asks for patience", async () => {
  const broken = await testSite("asked");
  broken.app.get("/bug", () => {
    throw new TypeError("secret detail");
  });
  const response = await broken.app.request("/bug");
  equal(response.status, 500);
  ok(!(await response.text()).includes("secret"));

  const renderer: PageRenderer = {
    ...broken.world.renderer,
    png: () => Promise.reject(new PortError("unavailable", "secret", { retryable: true })),
  };
  const site = await testSite("asked", {}, { renderer });
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const visitor = new Visitor(site.app);
  equal((await visitor.post(path, `${path}/open`)).status, 303);
  const busy = await visitor.send(`${path}/documents/1/pages/1.png`);
  equal(busy.status, 503);
  ok(Number(busy.headers.get("retry-after")) > 0);
  const words = await busy.text();
  match(words, /一時的に処理できませんでした/);
  ok(!words.includes("secret"));
});

Deno.test("HEAD says how long the page is", async () => {
  const site = await testSite("asked");
  const token = await site.link("request", { party: "Confirmer2" });
  for (const path of ["/", "/help", `/c/${token}`, "/nowhere"]) {
    const page = await site.app.request(path);
    const head = await site.app.request(path, { method: "HEAD" });
    equal(await head.text(), "");
    const { length } = await page.bytes();
    // A page with a form differs in the hidden field's value alone, not in its length.
    deepEqual([head.status, head.headers.get("content-length")], [page.status, String(length)], path);
  }
});
