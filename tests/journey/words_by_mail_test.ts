import { doesNotMatch, match, notStrictEqual as differs, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { linkEnded, openLink } from "../../lib/flows/links.ts";
import { openDocuments, ownCases } from "../../lib/flows/own_documents.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const JIRO = "jiro@vendor.example.jp";
const OFFICER = "officer@pref.example.lg.jp";
const STRANGER = "someone@other.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";

async function inWorld(play: (service: TestWorld, number: string) => Promise<void>): Promise<void> {
  const service = await makeWorld();
  try {
    const number = await sendSample(service);
    await reindex(service.world.store, service.world.keys);
    await service.drain();
    await play(service, number);
  } finally {
    await service.close();
  }
}

Deno.test("R19 a confirmer who lost the mail writes 再送: a second link comes, ends with the first, and either agrees", () =>
  inWorld(async (service, number) => {
    const { world, post, mailTo, letters, clock } = service;
    const first = await mailTo(JIRO, "request");
    clock.advance(3 * 86_400_000);
    await post({
      from: JIRO,
      to: BOT,
      subject: "再送",
      text: "メールが見つかりません。再送をお願いします。",
    });
    equal((await letters(JIRO, "request")).length, 2);
    const second = await mailTo(JIRO, "request");
    differs(second.token("/c/"), first.token("/c/"));
    equal(second.mail.subject, first.mail.subject);
    const links = await Promise.all(
      [first, second].map((each) => openLink(world, each.token("/c/"), "request")),
    );
    equal(links[0]?.link.expiresAt, links[1]?.link.expiresAt);
    ok(links.every((opened) => opened && !linkEnded(world, opened.link)));
    const until = /令和\d+年\d+月\d+日 \d+時\d+分/.exec(first.mail.text)?.[0];
    ok(until && second.mail.text.includes(until));
    await agreeThrough(service, JIRO);
    equal((await readCase(world.store, number))!.value.parties[0]?.authentication, "mail");
  }));

Deno.test("R37 R38 一覧: a party comes to its own contracts, an officer to the department's, a stranger to none", () =>
  inWorld(async ({ world, post, mailTo }, number) => {
    for (const from of [JIRO, STRANGER, OFFICER]) {
      await post({ from, to: BOT, subject: "一覧", text: "" });
    }
    const own = await mailTo(JIRO, "documents-link");
    match(own.mail.text, new RegExp(`${number}：文書管理システム保守業務委託`));
    const link = await openDocuments(world, own.token("/documents/"));
    equal((await ownCases(world, link!, "")).cases[0]?.number, number);
    const none = await mailTo(STRANGER, "documents-link");
    doesNotMatch(none.mail.text, /文書管理|R8-/);
    const nothing = await openDocuments(world, none.token("/documents/"));
    equal((await ownCases(world, nothing!, "")).cases.length, 0);
    const list = await mailTo(OFFICER, "status");
    const opened = await openLink(world, list.token("/o/"), "officer");
    equal(opened?.state.number, number);
    equal(list.mail.headers["Auto-Submitted"], "auto-replied");
  }));
