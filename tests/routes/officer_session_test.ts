import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import type { DueEntry } from "../../lib/due/due_index.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import type { LetterOrder } from "../../lib/letters/letter_order.ts";
import type { World } from "../../lib/flows/world.ts";
import { OFFICER } from "../support/sample_case.ts";
import { type TestSite, testSite, Visitor } from "../support/test_site.ts";

const HOUR_MS = 3_600_000;
const RESEND = { reason: "訂正のため" };

async function siteWithLink(chapter: Parameters<typeof testSite>[0] = "asked", world: Partial<World> = {}) {
  const site = await testSite(chapter, {}, world);
  const path = `/o/${await site.link("officer")}`;
  return { site, path, first: new Visitor(site.app), second: new Visitor(site.app) };
}

async function renewals({ world }: TestSite): Promise<LetterOrder[]> {
  const found: LetterOrder[] = [];
  for await (const { key, value } of world.store.list<DueEntry>({ prefix: ["due"] })) {
    if (String(key.at(-1)).includes("/renewed/")) found.push(value.payload as LetterOrder);
  }
  return found;
}

/** That a browser is offered a fresh link and told nothing of the case. */
async function assertShutOut(visitor: Visitor, path: string, status: number, words: RegExp): Promise<void> {
  for (const below of ["", "/mend", "/documents/1.pdf", "/original.eml", "/files/1.pdf"]) {
    const answer = await visitor.send(path + below);
    equal(answer.status, status, below);
    const html = await answer.text();
    match(html, words);
    match(html, /新しいリンクを請求する/);
    doesNotMatch(html, /R8-|文書管理|株式会社見本|契約 太郎|officer@/, below);
  }
}

Deno.test("a link shows its case to any browser until one acts with it; looking binds nothing", async () => {
  const { path, first, second } = await siteWithLink();
  for (const visitor of [first, second]) equal((await visitor.send(path)).status, 200);
  equal((await first.send(path, { method: "HEAD" })).status, 200);
  equal((await second.post(path, `${path}/resend`)).status, 303);
  equal((await second.send(path)).status, 200);
  await assertShutOut(first, path, 403, /このブラウザーでは開けません/);
});

Deno.test("another browser can't act through a link that is held, not even with a form it got before", async () => {
  const { site, path, first, second } = await siteWithLink();
  const guard = await second.guard(path, `${path}/withdraw`);
  equal((await first.post(path, `${path}/resend`)).status, 303);
  const late = await second.send(`${path}/withdraw`, {
    method: "POST",
    body: new URLSearchParams({ guard, ...RESEND }),
  });
  equal(late.status, 403);
  const form = new FormData();
  form.append("guard", guard);
  form.append("pdf", new File([site.pdf.slice()], "a.pdf", { type: "application/pdf" }));
  equal((await second.send(`${path}/upload`, { method: "POST", body: form })).status, 403);
  equal((await readCase(site.world.store, site.number))!.value.phase, "circulating");
});

Deno.test("two browsers that act at the same moment: one of them holds the link", async () => {
  const { path, first, second } = await siteWithLink();
  const statuses = await Promise.all([first, second].map(async (visitor) => {
    const guard = await visitor.guard(path, `${path}/resend`);
    return (await visitor.send(`${path}/resend`, { method: "POST", body: new URLSearchParams({ guard }) }))
      .status;
  }));
  deepEqual(statuses.sort(), [303, 403]);
});

Deno.test("a working day lasts eight hours from the first act; then the same browser is offered a fresh link", async () => {
  const { site, path, first } = await siteWithLink();
  equal((await first.post(path, `${path}/resend`)).status, 303);
  site.clock.advance(8 * HOUR_MS - 1);
  equal((await first.send(path)).status, 200);
  site.clock.advance(1);
  await assertShutOut(first, path, 410, /8時間/);
});

Deno.test("the fresh link goes to the registered address, once in ten minutes, whoever asks", async () => {
  const { site, path, first, second } = await siteWithLink();
  equal((await first.post(path, `${path}/resend`)).status, 303);
  for (const visitor of [second, second, new Visitor(site.app)]) {
    const asked = await visitor.post(path, `${path}/renew`);
    equal(asked.status, 303);
    equal((await visitor.send(asked.headers.get("location") ?? "")).status, 200);
  }
  const [order, ...more] = await renewals(site);
  deepEqual([order?.letter, order?.to, more.length], ["status", OFFICER.address, 0]);
  site.clock.advance(600_000);
  await second.post(path, `${path}/renew`);
  equal((await renewals(site)).length, 2);
  equal((await second.send(path)).status, 403);
});

Deno.test("no client asks without end", async () => {
  const { path, first, second } = await siteWithLink();
  await first.post(path, `${path}/resend`);
  const statuses: number[] = [];
  for (let times = 0; times < 22; times++) {
    const answer = await second.post(path, `${path}/renew`);
    statuses.push(answer.status);
    if (answer.status === 429) ok(Number(answer.headers.get("retry-after")) > 0);
  }
  deepEqual(statuses.filter((status) => status !== 303), [429, 429]);
});

Deno.test("where cookies are blocked the form is shown again and then taken; nothing is bound", async () => {
  const { site, path, first } = await siteWithLink();
  const guard = await first.guard(path, `${path}/resend`);
  const post = async (value: string) => {
    first.forget();
    return await first.send(`${path}/resend`, {
      method: "POST",
      body: new URLSearchParams({ guard: value }),
    });
  };
  const again = await post(guard);
  equal(again.status, 403);
  const [, second = ""] = /name="guard" value="([^"]*)"/.exec(await again.text()) ?? [];
  equal((await post(second)).status, 303);
  first.forget();
  equal((await first.send(path)).status, 200);
  equal((await readCase(site.world.store, site.number))!.value.parties[0]?.issue, 2);
});

Deno.test("where cookies are blocked an upload is asked for again, with its file, and then taken", async () => {
  const { site, path, first } = await siteWithLink("opened");
  const upload = async (guard: string) => {
    first.forget();
    const form = new FormData();
    form.append("guard", guard);
    form.append("pdf", new File([site.pdf.slice(0, -9)], "契約書.pdf", { type: "application/pdf" }));
    return await first.send(`${path}/upload`, { method: "POST", body: form });
  };
  const again = await upload(await first.guard(path, `${path}/upload`));
  equal(again.status, 403);
  const html = await again.text();
  match(html, /<form method="post" action="[^"]+\/upload" class="stack" enctype="multipart\/form-data"/i);
  match(html, /<input type="file"/);
  equal((await upload(/name="guard" value="([^"]*)"/.exec(html)?.[1] ?? "")).status, 303);
  equal((await readCase(site.world.store, site.number))!.value.draft?.documents.length, 1);
});

Deno.test("the browser is known by a cookie that scripts can't read, for eight hours, over https only", async () => {
  const { path, first } = await siteWithLink("asked", { publicUrl: "https://keiyaku.example.lg.jp" });
  const done = await first.post(path, `${path}/resend`);
  match(
    done.headers.getSetCookie().join("\n"),
    /^warifu=[\w-]{22}; Max-Age=28800; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

Deno.test("the link of who is no officer any more opens nothing, and brings no fresh one", async () => {
  const { site, path, first } = await siteWithLink();
  await first.post(path, `${path}/resend`);
  const { departments } = site.world.settings;
  const gone = {
    ...site.world.settings,
    departments: departments.map((each) => ({ ...each, officers: [] })),
  };
  Object.assign(site.world, { settings: gone });
  for (const below of ["", "/mend", "/renew/sent"]) equal((await first.send(path + below)).status, 404);
  equal((await first.send(`${path}/renew`, { method: "POST", body: new URLSearchParams() })).status, 404);
  equal((await renewals(site)).length, 0);
});
