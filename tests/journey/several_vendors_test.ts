import { deepStrictEqual as deepEqual, doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import {
  APPROVER,
  BOT,
  inService,
  LINES,
  OFFICER,
  type PlayedService,
  sentContract,
  VENDOR,
} from "../support/played_service.ts";

/** 確認者 of the two members in the order in which they are asked: by member, the larger number first. */
const ORDER = [
  ["Member1Confirmer2", "sora@aozora.example.jp"],
  ["Member1Confirmer1", "aoki@aozora.example.jp"],
  ["Member2Confirmer1", "mori@mori.example.jp"],
] as const;
const CONTACT = "jimu@aozora.example.jp";

const JOINT_VENTURE = [
  "建設工事等",
  "提出日：令和8年11月24日",
  "宛名：見本県知事",
  "契約名：見本川橋りょう補修工事",
  "担当者氏名：青空 事務",
  "電話番号：000-000-0000",
  "構成員１ 住所又は所在地：見本市本町1-2-3",
  "構成員１ 商号又は名称：青空建設株式会社",
  "構成員１ 代表者職氏名：代表取締役　青木 空",
  "構成員１ 確認者１ 氏名：青木 空",
  `構成員１ 確認者１ メールアドレス：${ORDER[1][1]}`,
  "構成員１ 確認者２ 氏名：空野 二郎",
  `構成員１ 確認者２ メールアドレス：${ORDER[0][1]}`,
  "構成員２ 住所又は所在地：見本市森町4-5-6",
  "構成員２ 商号又は名称：森建設株式会社",
  "構成員２ 代表者職氏名：代表取締役　森 緑",
  "構成員２ 確認者１ 氏名：森 緑",
  `構成員２ 確認者１ メールアドレス：${ORDER[2][1]}`,
].join("\n");

async function executedPdf({ world, mailTo }: PlayedService, person: string) {
  const { attachments } = (await mailTo(person, "completion")).mail;
  return joinBytes(await Promise.all(attachments[0]!.parts.map((part) => world.blobs.get(part))));
}

Deno.test("R2 R16 a 共同企業体: each member's confirmers are asked in the order given, within each the larger number first", () =>
  inService(async (service) => {
    const { world, send, mailTo, letters, pageOf, press, agree } = service;
    await send({ from: CONTACT, to: BOT, subject: "同意書", text: JOINT_VENTURE });
    const { mail, entry } = await mailTo(OFFICER, "case-notice");
    const number = entry.caseNumber!;
    match((await mailTo(CONTACT)).mail.text, /構成員２ 確認者１ メールアドレス：mori@mori\.example\.jp/);
    await send({
      from: OFFICER,
      to: mail.replyTo!,
      subject: "契約書",
      text: LINES,
      contracts: ["契約書.pdf"],
    });
    match((await mailTo(OFFICER, "draft-summary")).mail.text, /1番目 構成員１ 確認者２/);
    const page = await pageOf(OFFICER, "draft-summary");
    equal((await press(OFFICER, page, "send", { declared: "yes" })).status, 303);

    const turns = [...ORDER.map(([, address]) => address), APPROVER];
    for (const [turn, person] of turns.entries()) {
      const asked = await Promise.all(turns.map(async (each) => (await letters(each, "request")).length));
      deepEqual(asked, turns.map((_, index) => index <= turn ? 1 : 0));
      await agree(person);
    }
    equal((await readCase(world.store, number))!.value.phase, "completed");
    for (const person of [...turns, OFFICER]) {
      equal((await letters(person, "completion")).length, 1, person);
    }
    const pdf = await executedPdf(service, ORDER[2][1]);
    const report = await verifyPdf(memorySource(pdf), {
      trustRoots: world.trustRoots,
      at: world.clock.now(),
    });
    equal(report.verdict, "valid");
    deepEqual(report.revisions.map(({ field }) => field).slice(0, 5), [
      "Sender",
      ...ORDER.map(([field]) => field),
      "Approver1",
    ]);
  }));

Deno.test("R30 共有先 hear of the contract when it is executed and not before, in no way; then they get what all get", () =>
  inService(async (service) => {
    const { world, send, mailTo, letters, browser, pageOf, agree } = service;
    const copies = ["keiri@shop.example.jp", "kansa@pref.example.lg.jp"];
    const number = await sentContract(service, { lines: `${LINES}共有: ${copies.join("、")}\n` });
    match((await mailTo(OFFICER, "draft-summary")).mail.text, /共有先：keiri@shop\.example\.jp、kansa/);
    const silent = async () => {
      for (const copy of copies) equal((await letters(copy)).length, 0, copy);
    };
    await silent();
    // Asking by mail tells them nothing of it either.
    await send({ from: copies[0]!, to: BOT, subject: `状況 ${number}`, text: "" });
    for (const { mail } of await letters(copies[0]!)) {
      doesNotMatch(`${mail.subject}${mail.text}`, /事務用品|割符商店/);
    }
    const before = (await letters(copies[0]!)).length;
    await agree(VENDOR.confirmer);
    equal((await letters(copies[0]!)).length, before);
    await agree(APPROVER);

    for (const copy of copies) {
      equal((await letters(copy, "completion")).length, 1, copy);
      equal((await letters(copy, "request")).length, 0, copy);
      const { mail } = await mailTo(copy, "completion");
      deepEqual(mail.attachments.map(({ filename }) => filename), [
        "契約書（締結済）.pdf",
        `合意締結証明書_${number}.pdf`,
      ]);
      const page = await pageOf(copy, "completion", "d");
      equal((await browser(copy).send(page)).status, 200);
      const file = await browser(copy).send(`${page}/files/1.pdf`);
      equal(file.status, 200);
      deepEqual(new Uint8Array(await file.arrayBuffer()), await executedPdf(service, copy));
    }
    const opened = (await readHistory(world.store, number)).flatMap(({ event }) =>
      event.did === "fileOpened" && event.as === "copy" ? [event.who] : []
    );
    deepEqual(opened, copies);
  }));

Deno.test("R3 a form in which one confirmer signs for both members is asked back", () =>
  inService(async ({ send, mailTo }) => {
    const doubled = JOINT_VENTURE.replaceAll(ORDER[2][1], ORDER[1][1].toUpperCase());
    await send({ from: CONTACT, to: BOT, subject: "同意書", text: doubled });
    match((await mailTo(CONTACT, "form-problem")).mail.text, /ほかの確認者と同じ/);
  }));
