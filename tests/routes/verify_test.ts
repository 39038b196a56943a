import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { parse } from "node-html-parser";
import { executedSets } from "../../lib/flows/executed_index.ts";
import { AFTER, devRoots, executedFile, FIELDS, sealedFile } from "../support/sealed_pdf.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const base = await Deno.readFile(new URL("../fixtures/contracts/keiyakusho_buppin.pdf", import.meta.url));
const { bytes: executed } = await executedFile(base);
const JSON_WANTED = { accept: "application/json" };

async function verifySite(overrides: Parameters<typeof testSite>[2] = {}): Promise<TestSite> {
  const site = await testSite("asked", {}, { trustRoots: await devRoots(), ...overrides });
  site.clock.set(AFTER);
  return site;
}

function bodyOf(pdf: Bytes, fields: Record<string, string> = {}, name = "契約書.pdf"): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append("pdf", new File([pdf], name, { type: "application/pdf" }));
  return form;
}

const ask = (site: TestSite, body: FormData, headers: Record<string, string> = JSON_WANTED) =>
  site.app.request("/verify", { method: "POST", body, headers });

/** Posts the form of the page as a browser does. */
async function press(site: TestSite, pdf: Bytes, visitor = new Visitor(site.app)): Promise<Response> {
  const guard = await visitor.guard("/verify", "/verify");
  return await visitor.send("/verify", { method: "POST", body: bodyOf(pdf, { guard }) });
}

const textOf = async (response: Response) => parse(await response.text()).querySelector("main")!.textContent;

function bent(pdf: Bytes, at: number): Bytes {
  const copy = pdf.slice();
  copy[at]! ^= 1;
  return copy;
}

Deno.test("a program gets exactly what it may rely on", async () => {
  const response = await ask(await verifySite(), bodyOf(executed));
  equal(response.status, 200);
  match(response.headers.get("content-type") ?? "", /^application\/json/);
  const report = await response.json();
  deepEqual(Object.keys(report), ["verdict", "revisions", "onRecord"]);
  deepEqual([report.verdict, report.onRecord], ["valid", false]);
  const fields = [...FIELDS, "Conclusion", "DocTimeStamp"];
  deepEqual(report.revisions.map((each: { field: string }) => each.field), fields);
  const keys = ["field", "reason", "who", "at", "level", "intact", "timestamp", "covers"];
  for (const revision of report.revisions) deepEqual(Object.keys(revision), keys);
  deepEqual([report.revisions[0].level, report.revisions[0].intact], ["LTA", true]);
});

Deno.test("each kind of file gets its verdict", async () => {
  const site = await verifySite();
  const cases: [string, Bytes][] = [
    ["tampered", bent(executed, 1_000)],
    ["changed-after", new Uint8Array([...executed, 10, 10])],
    ["unsigned", base],
    ["unreadable", new TextEncoder().encode("no PDF at all")],
    ["unreadable", new Uint8Array()],
  ];
  for (const [verdict, pdf] of cases) {
    equal((await (await ask(site, bodyOf(pdf))).json()).verdict, verdict);
  }
  const strangers = await verifySite({ trustRoots: [] });
  equal((await (await ask(strangers, bodyOf(executed))).json()).verdict, "not-ours");
});

Deno.test("a file on record is called so, and one byte less is not", async () => {
  const site = await verifySite();
  const sha256 = createHash("sha256").update(executed).digest("hex");
  const event = { did: "certified", at: AFTER, sha256, size: executed.length } as const;
  const sets = executedSets(site.number, { seq: 0, previous: "", hash: "", event });
  await site.world.store.commit({ sets });
  equal((await (await ask(site, bodyOf(executed))).json()).onRecord, true);
  equal((await (await ask(site, bodyOf(executed.slice(0, -1)))).json()).onRecord, false);
  match(await textOf(await press(site, executed)), /このサービスの記録と一致します/);
});

Deno.test("the page reads like a signature panel, as the server made it", async () => {
  const site = await verifySite();
  const response = await press(site, executed);
  equal(response.status, 200);
  const html = await response.text();
  ok(!/<script(?! type="module" src="\/static\/)/.test(html));
  const words = parse(html).querySelector("main")!.textContent;
  match(words, /有効です。/);
  match(words, /このサービスの記録とは一致しません/);
  match(words, /ファイル名契約書\.pdf/);
  ok(words.includes(createHash("sha256").update(executed).digest("hex")));
  equal(parse(html).querySelectorAll(".revision").length, 6);
  match(words, /水準PAdES-B-LTA/);
  match(words, /この後の追加署名・タイムスタンプの追加のみ/);
  match(words, /改ざんありません（対象：ファイル全体）/);
});

Deno.test("what a signature says of a person is told apart, unless the signature can't be trusted", async () => {
  const reason =
    "見本 一郎（ichiro@vendor.example.jp）が2026年12月1日 14:03:22 JSTに同意、認証方法：メール認証";
  const file = await sealedFile(base);
  await file.sign("Confirmer1", { reason });
  const pdf = file.bytes;
  const words = await textOf(await press(await verifySite(), pdf));
  match(
    words,
    /誰が見本 一郎（ichiro@vendor\.example\.jp）いつ2026年12月1日 14:03:22 JST何を同意認証方法メール認証/,
  );
  const strange = await textOf(await press(await verifySite({ trustRoots: [] }), pdf));
  match(strange, /理由（未確認）見本 一郎/);
  ok(!strange.includes("誰が"));
});

Deno.test("text out of a file can't become part of the page", async () => {
  const site = await verifySite();
  const visitor = new Visitor(site.app);
  const guard = await visitor.guard("/verify", "/verify");
  const body = bodyOf(base, { guard }, "<b>x\u202e.pdf");
  const html = await (await visitor.send("/verify", { method: "POST", body })).text();
  ok(html.includes("&lt;b>x") && !html.includes("<b>x") && !html.includes("\u202e"));
});

Deno.test("a form that is not ours is refused; an old one or one without a cookie is not", async () => {
  const site = await verifySite();
  const browser = { accept: "text/html" };
  equal((await ask(site, bodyOf(base), browser)).status, 403);
  equal((await ask(site, bodyOf(base, { guard: "x.y.z" }), browser)).status, 403);
  const visitor = new Visitor(site.app);
  const guard = await visitor.guard("/verify", "/verify");
  const foreign = { ...browser, "sec-fetch-site": "cross-site" };
  equal((await ask(site, bodyOf(base, { guard }), foreign)).status, 403);
  equal((await ask(site, bodyOf(base, { guard }), browser)).status, 200);
});

Deno.test("no file, two files, another form or too large a file are refused in words", async () => {
  const { limits } = TEST_SETTINGS;
  const settings = { ...TEST_SETTINGS, limits: { ...limits, maxPdfBytes: 1_000 } };
  const site = await verifySite({ settings });
  const empty = await press(site, new Uint8Array());
  equal(empty.status, 400);
  match(await textOf(empty), /PDFファイルが選ばれていない/);
  equal((await ask(site, new FormData())).status, 400);
  const two = bodyOf(base);
  two.append("pdf", new File([base], "b.pdf"));
  equal((await ask(site, two)).status, 400);
  const plain = await site.app.request("/verify", {
    method: "POST",
    body: new URLSearchParams({ pdf: "x" }),
    headers: JSON_WANTED,
  });
  equal(plain.status, 415);
  const large = new Uint8Array(1_001 + (4 << 20));
  const answer = await ask(site, bodyOf(large));
  equal(answer.status, 413);
  equal(typeof (await answer.json()).error, "string");
  equal((await press(site, large)).status, 413);
  equal((await ask(site, bodyOf(large.subarray(1) as Bytes))).status, 200);
});

Deno.test("nothing that was uploaded is kept", async () => {
  const site = await verifySite();
  const kept = async () => {
    const entries: unknown[] = [];
    for await (const { sha256 } of site.world.blobs.list()) entries.push(sha256);
    for await (const { key, version } of site.world.store.list({ prefix: [] })) entries.push([key, version]);
    return entries;
  };
  const before = await kept();
  ok(before.length > 0);
  await (await press(site, executed)).text();
  await (await ask(site, bodyOf(bent(executed, 99)))).text();
  deepEqual(await kept(), before);
});

Deno.test("who sends file after file must wait, others need not", async () => {
  const site = await verifySite();
  const from = (hostname: string) =>
    site.app.request("/verify", { method: "POST", body: bodyOf(new Uint8Array([1])), headers: JSON_WANTED }, {
      remoteAddr: { hostname },
    });
  for (let count = 0; count < 60; count++) equal((await from("192.0.2.1")).status, 200);
  const slowed = await from("192.0.2.1");
  equal(slowed.status, 429);
  ok(Number(slowed.headers.get("retry-after")) > 0);
  equal(typeof (await slowed.json()).error, "string");
  equal((await from("192.0.2.2")).status, 200);
  site.clock.advance(61_000);
  equal((await from("192.0.2.1")).status, 200);
});

Deno.test("the memory for uploads is bounded and given back", async () => {
  const { limits } = TEST_SETTINGS;
  const settings = { ...TEST_SETTINGS, limits: { ...limits, maxPdfBytes: 1_000 } };
  const site = await verifySite({ settings });
  const most = 1_000 + (4 << 20);
  const held: (() => void)[] = [];
  const allHeld = Promise.withResolvers<void>();
  /** A file of the largest size, whose last byte is held back until it is let go. */
  function slow(): Promise<Response> {
    const head = new TextEncoder().encode(
      '--b\r\nContent-Disposition: form-data; name="pdf"; filename="a.pdf"\r\n\r\n',
    );
    const pieces = [head, new Uint8Array(most), new TextEncoder().encode("\r\n--b--\r\n")];
    const body = new ReadableStream({
      async pull(controller) {
        const piece = pieces.shift();
        if (!piece) return controller.close();
        if (pieces.length === 0) {
          await new Promise<void>((resolve) => {
            if (held.push(resolve) === 3) allHeld.resolve();
          });
        }
        controller.enqueue(piece);
      },
    }, { highWaterMark: 0 });
    const headers = { ...JSON_WANTED, "content-type": "multipart/form-data; boundary=b" };
    return Promise.resolve(site.app.request("/verify", { method: "POST", body, headers }));
  }
  const first = [slow(), slow(), slow()];
  await allHeld.promise;
  equal((await ask(site, bodyOf(base))).status, 503);
  for (const go of held) go();
  for (const answer of await Promise.all(first)) equal(answer.status, 200);
  equal((await ask(site, bodyOf(base))).status, 200);
});

Deno.test("home and footer lead to the page", async () => {
  const site = await verifySite();
  for (const path of ["/", "/help", "/terms"]) {
    match(await (await site.app.request(path)).text(), /href="\/verify"/);
  }
});
