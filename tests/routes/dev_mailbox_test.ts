import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { sampleMails } from "../../routes/dev/sample_mails.ts";
import { DRAFT, form, LETTER, withMailbox } from "../support/mailbox_site.ts";
import { rawMail } from "../support/raw_mail.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

Deno.test("programs get the list and each letter as interface.md says", async () => {
  await withMailbox(async ({ get, world }) => {
    const parts = [
      (await world.blobs.put(new Uint8Array(7))).sha256,
      (await world.blobs.put(new Uint8Array(5))).sha256,
    ];
    const attachment = { filename: "契約書（締結済）.pdf", contentType: "application/pdf", parts };
    await world.mailer.send({ ...LETTER, attachments: [attachment] });
    await world.mailer.send({ ...LETTER, id: "other", to: "suzuki@example.co.jp", headers: {} });
    const list = await (await get("/dev/mailbox/messages?to=Tanaka@example.co.jp")).json();
    equal(list.length, 1);
    deepEqual(Object.keys(list[0]).sort(), ["at", "caseNumber", "id", "kind", "subject", "to"]);
    deepEqual([list[0].kind, list[0].caseNumber, list[0].to], ["request", "R8-000123", LETTER.to]);
    equal((await (await get("/dev/mailbox/messages")).json()).length, 2);

    const letter = await (await get(`/dev/mailbox/messages/${list[0].id}`)).json();
    deepEqual(Object.keys(letter).sort(), ["attachments", "headers", "html", "text"]);
    equal(letter.text, LETTER.text);
    equal(letter.headers["Reply-To"], LETTER.replyTo);
    equal(letter.headers["Message-ID"], LETTER.messageId);
    equal(letter.headers["X-Warifu-Kind"], "request");
    const url = `/dev/mailbox/messages/${list[0].id}/attachments/0`;
    deepEqual(letter.attachments, [{
      filename: attachment.filename,
      contentType: "application/pdf",
      size: 12,
      url,
    }]);
    const file = await get(url);
    equal((await file.bytes()).length, 12);
    ok(file.headers.get("content-disposition")?.startsWith("attachment"));
  });
});

Deno.test("what isn't there is not found", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    for (
      const path of [
        `messages/${"0".repeat(24)}`,
        `messages/${id}/attachments/0`,
        `messages/${id}/attachments/x`,
        "letters/none",
        "letters/none/html",
        "arrived/none",
        "arrived/none/raw",
      ]
    ) equal((await get(`/dev/mailbox/${path}`)).status, 404, path);
  });
});

Deno.test("a letter shows its text with links and its HTML in a frame that runs nothing", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    ok((await (await get("/dev/mailbox")).text()).includes(`/dev/mailbox/letters/${id}`));
    const page = await (await get(`/dev/mailbox/letters/${id}`)).text();
    ok(!page.includes('<a href="http://localhost:8000/c/TOKEN"'), "the text is a view of its own");
    const text = await (await get(`/dev/mailbox/letters/${id}?view=text`)).text();
    ok(text.includes('<a href="http://localhost:8000/c/TOKEN" target="_blank" rel="noopener">'));
    ok(!text.includes("<iframe"));
    ok(page.includes("確認依頼 &lt;b>"), "the subject is markup");
    ok(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/.test(page));
    const framed = await get(`/dev/mailbox/letters/${id}/html`);
    const policy = framed.headers.get("content-security-policy") ?? "";
    ok(policy.startsWith("sandbox ") && policy.includes("default-src 'none'"));
    ok((await framed.text()).includes('<base target="_blank">'));
  });
});

Deno.test("what is composed comes in as mail and can be looked at", async () => {
  await withMailbox(async ({ get, post, arrived, world }) => {
    const file = new File([new Uint8Array(1_000)], "同意書.docx");
    const answer = await post(form({ ...DRAFT, inReplyTo: "letter-1@bot.example.lg.jp" }, file));
    equal(answer.status, 303);
    const [entry] = await arrived();
    deepEqual(entry?.envelope, { from: DRAFT.from, to: [DRAFT.to] });
    const mail = await world.reader.read(entry!.raw, DRAFT.from);
    deepEqual([mail.subject, mail.text, mail.references], [DRAFT.subject, DRAFT.text, [
      "letter-1@bot.example.lg.jp",
    ]]);
    deepEqual(mail.attachments.map(({ filename, size }) => [filename, size]), [["同意書.docx", 1_000]]);
    ok((await (await get("/dev/mailbox")).text()).includes(`/dev/mailbox/arrived/${entry!.id}`));
    const page = await (await get(`/dev/mailbox/arrived/${entry!.id}`)).text();
    ok(page.includes("本文です。") && page.includes("同意書.docx"));
    equal((await (await get(`/dev/mailbox/arrived/${entry!.id}/0`)).bytes()).length, 1_000);
    equal((await (await get(`/dev/mailbox/arrived/${entry!.id}/raw`)).bytes()).length, entry!.size);
  });
});

Deno.test("two mails of the same words are two", async () => {
  await withMailbox(async ({ post, arrived }) => {
    for (let again = 0; again < 2; again++) await post(form(DRAFT));
    equal((await arrived()).length, 2);
  });
});

Deno.test("forms of other sites and bad addresses are refused", async () => {
  await withMailbox(async ({ post, arrived }) => {
    equal((await post(form(DRAFT), { "sec-fetch-site": "cross-site" })).status, 403);
    equal((await post(form({ ...DRAFT, to: "nobody" }))).status, 400);
    deepEqual(await arrived(), []);
  });
});

Deno.test("a mail that can't be read is still shown as what came", async () => {
  await withMailbox(async ({ get, world, arrived }) => {
    const { receiveMail } = await import("../../lib/flows/receive_mail.ts");
    const files = Array.from({ length: 250 }, (_, n) => ({ filename: `${n}`, content: new Uint8Array(1) }));
    const content = new Blob([rawMail({ ...DRAFT, files })]).stream();
    await receiveMail(world, { envelope: { from: DRAFT.from, to: [DRAFT.to] }, content });
    const [entry] = await arrived();
    ok((await (await get(`/dev/mailbox/arrived/${entry!.id}`)).text()).includes("読み取れませんでした"));
  });
});

Deno.test("the composer begins with a sample or an answer", async () => {
  await withMailbox(async ({ get, world }) => {
    await world.mailer.send(LETTER);
    const [{ id }] = await (await get("/dev/mailbox/messages")).json();
    const reply = await (await get(`/dev/mailbox/compose?reply=${id}`)).text();
    ok(reply.includes(LETTER.replyTo!) && reply.includes('value="letter-1@bot.example.lg.jp"'));
    ok(
      (await (await get("/dev/mailbox/compose?sample=construction-text")).text()).includes(
        "鈴木建設株式会社",
      ),
    );
  });
});

Deno.test("the sample forms are read whole", async () => {
  const samples = sampleMails(TEST_SETTINGS);
  for (
    const [name, kind, confirmers] of [["goods-services-text", "goods-services", 2], [
      "construction-text",
      "construction",
      1,
    ]]
  ) {
    const sample = samples.find((each) => each.name === name)!;
    const reading = await readConsent({ files: [], text: sample.text });
    ok(reading.read);
    equal(reading.form.kind, kind);
    equal(reading.form.vendors[0]?.confirmers.length, confirmers);
    ok(reading.form.contractName !== "" && reading.form.vendors[0]?.company !== "");
  }
});
