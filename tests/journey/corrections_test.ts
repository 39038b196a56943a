import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { parse } from "node-html-parser";
import { readCase } from "../../lib/flows/case_records.ts";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import { buildPages } from "../../lib/tasks/build.ts";
import { postMail } from "../../lib/tasks/post_mail.ts";
import { makeApp } from "../../routes/app.ts";
import { GUARD_FIELD } from "../../routes/form_guard.ts";
import { listening } from "../support/smtp_listening.ts";
import { Visitor } from "../support/test_site.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const VENDOR = "jimu@shop.example.jp";
const OFFICER = "officer@pref.example.lg.jp";
const BOT = "keiyaku@bot.example.lg.jp";

/** A form in the body that lacks 商号, which must be there, and 電話番号, which should. */
const INCOMPLETE = [
  "物品・役務",
  "提出日：令和8年11月24日",
  "宛名：見本県知事",
  "住所又は所在地：見本市本町1-2-3",
  "代表者職氏名：代表取締役　割符 一郎",
  "担当者氏名：割符 三郎",
  "契約名：事務用品の購入",
  "確認者１氏名：割符 一郎",
  "確認者１メールアドレス：ichiro@shop.example.jp",
].join("\n");

type Journey = TestWorld & { readonly visitor: Visitor; readonly send: (mail: Sent) => Promise<void> };
type Sent = { readonly to: string; readonly subject: string; readonly text: string };

/** The service with its door for mail and its pages. */
async function inService(play: (journey: Journey) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  const { world, drain } = service;
  const assets = await buildPages();
  const app = makeApp(world, { assets, trustedProxies: [], ready: () => Promise.resolve([]) });
  let count = 0;
  try {
    await listening({
      clock: world.clock,
      receive: (envelope, content, transport) => receiveMail(world, { envelope, content, transport }),
    }, async (intake) => {
      const port = Number(intake.address.split(":").at(-1));
      await play({
        ...service,
        visitor: new Visitor(app),
        async send(mail) {
          await postMail(port, { id: `correction-${count++}`, from: VENDOR, files: [], ...mail });
          await drain();
        },
      });
    });
  } finally {
    await service.close();
  }
}

/** What the form of a page holds, by the names of its fields. */
function filledIn(html: string, action: string): Record<string, string> {
  const form = parse(html).querySelectorAll("form").find((each) => each.getAttribute("action") === action);
  ok(form);
  const inputs = form.querySelectorAll("input").map((input) => [
    input.getAttribute("name") ?? "",
    input.getAttribute("value") ?? "",
  ]);
  const selects = form.querySelectorAll("select").map((select) => [
    select.getAttribute("name") ?? "",
    select.querySelector("option[selected]")?.getAttribute("value") ?? "",
  ]);
  return Object.fromEntries([...inputs, ...selects].filter(([name]) => name !== GUARD_FIELD));
}

Deno.test("R4 R7 a form is completed step by step: by a reply with one line, then on the web; the officer sees each version", () =>
  inService(async (journey) => {
    const { world, send, mailTo, letters, visitor, drain } = journey;
    await send({ to: BOT, subject: "同意書の提出", text: INCOMPLETE });
    const first = await mailTo(VENDOR, "form-problem");
    match(first.mail.text, /「商号又は名称」が読み取れませんでした/);
    match(first.mail.text, /「電話番号」が読み取れませんでした/);

    await send({
      to: first.mail.replyTo!,
      subject: `Re: ${first.mail.subject}`,
      text: "商号又は名称：株式会社割符商店\n",
    });
    const second = await mailTo(VENDOR, "form-problem");
    equal((await letters(VENDOR, "form-problem")).length, 2);
    doesNotMatch(second.mail.text, /「商号又は名称」が読み取れませんでした/);
    match(second.mail.text, /「電話番号」が読み取れませんでした/);
    match(second.mail.text, /商号又は名称：株式会社割符商店/);
    equal(second.entry.caseNumber, first.entry.caseNumber);

    const path = `/f/${second.token("/f/")}`;
    const values = filledIn(await (await visitor.send(path)).text(), `${path}/submit`);
    equal(values["company"], "株式会社割符商店");
    equal(values["phone"], "");
    const posted = await visitor.post(path, `${path}/submit`, { ...values, phone: "000-000-0000" });
    equal(posted.status, 303);
    await drain();
    match((await mailTo(VENDOR, "receipt")).mail.text, /電話番号：000-000-0000/);

    const notices = await letters(OFFICER, "case-notice");
    equal(notices.length, 3);
    const page = `/o/${notices.at(-1)!.token("/o/")}`;
    const html = await (await visitor.send(page)).text();
    match(html, /同意書の版（3件）/);
    match(html, /商号又は名称：（空欄） → 株式会社割符商店/);
    match(html, /電話番号：（空欄） → 000-000-0000/);
    equal((await visitor.post(page, `${page}/accept`)).status, 303);
    const state = (await readCase(world.store, first.entry.caseNumber!))!.value;
    deepEqual([state.proposal, state.form?.vendors[0]?.company, state.form?.phone], [
      null,
      "株式会社割符商店",
      "000-000-0000",
    ]);
  }));
