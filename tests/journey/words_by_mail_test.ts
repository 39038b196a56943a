import { doesNotMatch, match, notStrictEqual as differs, ok, strictEqual as equal } from "node:assert/strict";
import { readCase } from "../../lib/flows/case_records.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { linkEnded, openLink } from "../../lib/flows/links.ts";
import { casePage } from "../../lib/flows/browse_cases.ts";
import { openDocuments } from "../../lib/flows/own_documents.ts";
import { agreeThrough, sendSample } from "../support/sent_case.ts";
import { makeWorld, type TestWorld } from "../support/world.ts";

const JIRO = "jiro@vendor.example.jp";
const OFFICER = "officer@pref.example.lg.jp";
const STRANGER = "someone@other.example.jp";
const BOT = "keiyaku@bot.example.lg.jp";

const EVERYTHING = {
  words: "",
  from: null,
  to: null,
  least: null,
  most: null,
  counterparty: "",
  state: null,
};

/** The cases behind a link to one's own documents. */
async function ownCases({ world }: TestWorld, token: string) {
  const { address } = (await openDocuments(world, token))!;
  return (await casePage(world, { address }, EVERYTHING, { behind: null, most: 10 })).cases;
}

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
  inWorld(async (service, number) => {
    const { world, post, mailTo } = service;
    for (const from of [JIRO, STRANGER, OFFICER]) {
      await post({ from, to: BOT, subject: "一覧", text: "" });
    }
    const own = await mailTo(JIRO, "documents-link");
    match(own.mail.text, new RegExp(`${number}：文書管理システム保守業務委託`));
    equal((await ownCases(service, own.token("/documents/")))[0]?.number, number);
    const none = await mailTo(STRANGER, "documents-link");
    doesNotMatch(none.mail.text, /文書管理|R8-/);
    equal((await ownCases(service, none.token("/documents/"))).length, 0);
    const list = await mailTo(OFFICER, "status");
    const opened = await openLink(world, list.token("/o/"), "officer");
    equal(opened?.state.number, number);
    equal(list.mail.headers["Auto-Submitted"], "auto-replied");
  }));
