import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { DRAFT, form, LETTER, withMailbox } from "../support/mailbox_site.ts";

const OTHER = {
  ...LETTER,
  id: "other",
  messageId: "<letter-2@bot.example.lg.jp>",
  to: "suzuki@example.co.jp",
};

const count = (page: string, part: string) => page.split(part).length - 1;

Deno.test("a case is one thread, and each person has a mailbox of their own", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    await world.mailer.send(OTHER);
    await world.mailer.send({ ...OTHER, id: "alone", subject: "使い方", headers: {} });
    const all = await (await get("/dev/mailbox")).text();
    equal(count(all, 'class="mail-row"'), 2);
    ok(all.includes("2通"));
    const suzuki = await (await get("/dev/mailbox?to=Suzuki@example.co.jp")).text();
    equal(count(suzuki, 'class="mail-row"'), 2);
    ok(!suzuki.includes("2通"), "another person's mail is in the mailbox");
    equal(count(suzuki, '?to=Suzuki%40example.co.jp"><span class="who"'), 2, "rows leave the mailbox");
  });
});

Deno.test("a letter is new until it was opened, and programs open none", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    await get(`/dev/mailbox/messages/${id}`);
    ok((await (await get("/dev/mailbox")).text()).includes('<li class="unread">'));
    await get(`/dev/mailbox/letters/${id}`);
    ok(!(await (await get("/dev/mailbox")).text()).includes('<li class="unread">'));
  });
});

Deno.test("an answer refers to all before it, and its quotation is known as one", async () => {
  await withMailbox(async ({ get, post, arrived, world }) => {
    await world.mailer.send({
      ...LETTER,
      headers: { ...LETTER.headers, References: "<root@bot.example.lg.jp>" },
    });
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    const page = await (await get(`/dev/mailbox/compose?reply=${id}&word=${encodeURIComponent("状況")}`))
      .text();
    const text = /<textarea[^>]*>([^]*)<\/textarea>/.exec(page)![1]!;
    ok(text.includes("> 以上"), text);
    const references = /name="references" value="([^"]*)"/.exec(page)![1]!;
    const plain = text.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    await post(form({ ...DRAFT, text: plain, references, inReplyTo: "letter-1@bot.example.lg.jp" }));
    const [entry] = await arrived();
    const mail = await world.reader.read(entry!.raw, DRAFT.from);
    equal(mail.newText, "状況");
    deepEqual(mail.references, ["root@bot.example.lg.jp", "letter-1@bot.example.lg.jp"]);
    const shown = await (await get(`/dev/mailbox/arrived/${entry!.id}`)).text();
    ok(shown.includes("&lt;keiyaku@bot.example.lg.jp>:"), "the text is escaped once");
  });
});

Deno.test("sample files are attached by their names, and no others", async () => {
  await withMailbox(async ({ post, arrived, world }) => {
    const data = form(DRAFT, new File([new Uint8Array(10)], "own.pdf"));
    for (const name of ["construction.xlsx", "contract-goods-services", "none"]) data.append("samples", name);
    equal((await post(data)).status, 303);
    const [entry] = await arrived();
    const { attachments } = await world.reader.read(entry!.raw, DRAFT.from);
    deepEqual(attachments.map(({ filename }) => filename), [
      "電子契約同意書.xlsx",
      "庁内事務用品単価契約.pdf",
      "own.pdf",
    ]);
  });
});

Deno.test("a letter can't be made to bounce from another site", async () => {
  await withMailbox(async ({ get, request, world }) => {
    await world.mailer.send(LETTER);
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    const path = `/dev/mailbox/letters/${id}/bounce`;
    equal((await request(path, { method: "POST", headers: { "sec-fetch-site": "cross-site" } })).status, 403);
    equal((await request("/dev/mailbox/letters/none/bounce", { method: "POST" })).status, 404);
  });
});

Deno.test("the words to answer with are those that the reader may use", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    await world.mailer.send({ ...LETTER, id: "o", to: world.settings.departments[0]!.officers[0]!.email });
    await world.mailer.send({ ...LETTER, id: "help", headers: {} });
    const list = await (await get("/dev/mailbox/messages")).json() as { id: string }[];
    const pages = await Promise.all(
      list.map(async ({ id }) => await (await get(`/dev/mailbox/letters/${id}`)).text()),
    );
    const words = pages.map((page) => ["「状況」", "「取消"].map((word) => page.includes(word)).join())
      .sort();
    deepEqual(words, ["false,false", "true,false", "true,true"]);
  });
});
