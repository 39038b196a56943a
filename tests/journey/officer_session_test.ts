import { doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { reindex } from "../../lib/flows/reindex.ts";
import { linkIn } from "../../lib/tasks/mailbox_client.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { makeApp } from "../../routes/app.ts";
import { sendSample } from "../support/sent_case.ts";
import { Visitor } from "../support/test_site.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const OFFICER = "officer@pref.example.lg.jp";
const BOT = "keiyaku@bot.example.lg.jp";
const HOUR_MS = 3_600_000;

type Office = TestWorld & {
  readonly number: string;
  /** Another browser. */
  readonly browser: () => Visitor;
  /** Asks by a word, and gives the path of the officer's link in the answer. */
  readonly asked: (word: string, text?: string) => Promise<string>;
  /** Presses 「新しいリンクを請求する」, and gives the path of the link that comes. */
  readonly renewed: (visitor: Visitor, path: string) => Promise<string>;
};

async function inOffice(play: (office: Office) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  const assets = await buildPages();
  const app = makeApp(service.world, { assets, trustedProxies: [], ready: () => Promise.resolve([]) });
  const newest = async () =>
    new URL(linkIn((await service.mailTo(OFFICER, "status")).mail.text, "/o/")).pathname;
  try {
    const number = await sendSample(service);
    await reindex(service.world.store, service.world.keys);
    await service.drain();
    await play({
      ...service,
      number,
      browser: () => new Visitor(app),
      async asked(word, text = "") {
        service.clock.advance(60_000);
        await service.post({ from: OFFICER, to: BOT, subject: word, text });
        return await newest();
      },
      async renewed(visitor, path) {
        service.clock.advance(60_000);
        const [, token = ""] = /^\/o\/([^/]+)/.exec(path) ?? [];
        equal((await visitor.post(path, `/o/${token}/renew`)).status, 303);
        await service.drain();
        return await newest();
      },
    });
  } finally {
    await service.close();
  }
}

Deno.test("the link of a case goes over to the next browser only by a fresh mail to the officer", () =>
  inOffice(async ({ asked, renewed, browser, number, letters }) => {
    const path = await asked(`状況 ${number}`);
    const [desk, home] = [browser(), browser()];
    equal((await desk.post(path, `${path}/resend`)).status, 303);
    const shut = await home.send(path);
    equal(shut.status, 403);
    doesNotMatch(await shut.text(), new RegExp(number));
    const before = (await letters(OFFICER, "status")).length;
    const fresh = await renewed(home, path);
    equal((await letters(OFFICER, "status")).length, before + 1);
    match(await (await home.send(fresh)).text(), new RegExp(number));
    equal((await home.post(fresh, `${fresh}/withdraw`, { reason: "訂正のため" })).status, 303);
    equal((await desk.send(path)).status, 200);
    equal((await desk.send(fresh)).status, 403);
  }));

Deno.test("the list's link lasts a working day in the browser that acted with it; a fresh one opens the list again", () =>
  inOffice(async ({ asked, renewed, browser, number, clock }) => {
    const list = await asked("一覧");
    const desk = browser();
    match(await (await desk.send(list)).text(), new RegExp(number));
    const path = list.replace(/\/list$/, `/cases/${number}`);
    equal((await desk.post(path, `${path}/resend`)).status, 303);
    clock.advance(8 * HOUR_MS);
    equal((await desk.send(list)).status, 410);
    const fresh = await renewed(desk, list);
    match(fresh, /^\/o\/[\w-]{51}\/list$/);
    match(await (await desk.send(fresh)).text(), new RegExp(number));
  }));
