import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { minute } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const openingsOf = async ({ world, number }: TestSite) =>
  (await readHistory(world.store, number)).flatMap(({ event }) =>
    event.did === "fileOpened" ? [`${event.as} ${event.file} ${event.what} ${event.who}`] : []
  );
const VENDOR = "jimu@vendor.example.jp";
const OFFICER = "officer@pref.example.lg.jp";

async function take(visitor: Visitor, path: string, headers: Record<string, string> = {}, method = "GET") {
  const answer = await visitor.send(path, { method, headers });
  await answer.body?.cancel();
  return answer.status;
}

Deno.test("R20 a request's link tells nothing of the PDF, and records nothing, before the first button", async () => {
  const site = await testSite("asked");
  const visitor = new Visitor(site.app);
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  const length = (await readCase(site.world.store, site.number))!.value.length;
  for (const method of ["GET", "HEAD"]) {
    equal(await take(visitor, path, {}, method), 200);
    equal(await take(visitor, `${path}/documents/1.pdf`, {}, method), 303);
  }
  equal((await readCase(site.world.store, site.number))!.value.length, length);
});

Deno.test("who reads the PDF of a request is in the history; its parts and HEAD add nothing", async () => {
  const site = await testSite("asked");
  const visitor = new Visitor(site.app);
  const path = `/c/${await site.link("request", { party: "Confirmer2" })}`;
  equal((await visitor.post(path, `${path}/open`)).status, 303);
  const pdf = `${path}/documents/1.pdf`;
  equal(await take(visitor, pdf, {}, "HEAD"), 200);
  equal(await take(visitor, pdf, { range: "bytes=5-9" }), 206);
  equal(await take(visitor, pdf, { range: "bytes=99999999-" }), 416);
  deepEqual(await openingsOf(site), []);
  equal(await take(visitor, pdf), 200);
  equal(await take(visitor, pdf, { range: "bytes=0-9" }), 206);
  equal(await take(visitor, `${pdf}?save=1`), 200);
  deepEqual(await openingsOf(site), [`confirmer 0 view ${VENDOR}`, `confirmer 0 download ${VENDOR}`]);
  equal(await take(visitor, `${path}/documents/1/pages/1.png?w=0`), 404);
  equal((await openingsOf(site)).length, 2);
});

Deno.test("a whole file asked for in ways of one's own counts: from the first byte, by its end, as known already", async () => {
  for (
    const headers of [{ range: "bytes=0-" }, { range: "bytes=-99999999" }, { range: "bytes=9-1" }, {
      "if-none-match": "*",
    }]
  ) {
    const site = await testSite("drafted");
    await take(new Visitor(site.app), `/o/${await site.link("officer")}/documents/1.pdf`, headers);
    deepEqual(await openingsOf(site), [`officer 0 view ${OFFICER}`]);
  }
});

Deno.test("executed files are told of whoever takes them: by the mail's link, from the list, as officer", async () => {
  const site = await testSite("completed");
  const { world, clock } = site;
  await reindex(world.store, world.keys);
  const visitor = new Visitor(site.app);
  const download = `/d/${await site.link("download", { party: "Confirmer1" })}/files/1.pdf`;
  equal(await take(visitor, download), 200);
  equal(await take(visitor, `/o/${await site.link("officer")}/files/1.pdf`), 200);
  equal(await take(visitor, download), 200);
  clock.set(minute(150));
  equal(await take(visitor, download), 200);
  const known = [`confirmer 0 download ${VENDOR}`, `officer 0 download ${OFFICER}`];
  deepEqual(await openingsOf(site), [...known, known[0]]);
  const state = (await readCase(world.store, site.number))!.value;
  equal(state.phase, "completed");
  equal(state.openings, 3);
  const html = await (await visitor.send(`/o/${await site.link("officer")}`)).text();
  match(html, /jimu@vendor\.example\.jp（確認者）が書類1「業務委託契約書\.pdf」をダウンロードしました。/);
});

Deno.test("two requests at the same moment are one opening", async () => {
  const site = await testSite("drafted");
  const visitor = new Visitor(site.app);
  const path = `/o/${await site.link("officer")}/documents/1.pdf`;
  deepEqual(await Promise.all([take(visitor, path), take(visitor, path), take(visitor, path)]), [
    200,
    200,
    200,
  ]);
  equal((await openingsOf(site)).length, 1);
});
