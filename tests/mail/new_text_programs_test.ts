/**
 * Replies as each mail program writes them: whatever people put above, below or between, what they wrote is found,
 * and nothing of the original counts as theirs.
 */
import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { newText } from "../../lib/mail/new_text.ts";

const NAME = "見本県電子契約";
const ADDRESS = "keiyaku@bot.example.lg.jp";
const ORIGINAL = [
  "契約 太郎 様",
  "",
  "案件番号：R8-000123",
  "取消 とだけ書いて返信できます。",
  "契約日: 令和8年12月1日",
  "https://keiyaku.example.lg.jp/o/x",
].join("\n");
const quoted = ORIGINAL.split("\n").map((line) => `> ${line}`).join("\n");

/** The line or lines with which a program introduces an original that it quotes. */
const QUOTING: Readonly<Record<string, string>> = {
  "Gmail": `2026年11月24日(火) 10:00 ${NAME} <${ADDRESS}>:\n`,
  "Gmail, wrapped": `2026年11月24日(火) 10:00 ${NAME}（会計局会計管理課）\n<${ADDRESS}>:\n`,
  "Gmail, no name": `2026年11月24日(火) 10:00 <${ADDRESS}>:\n`,
  "Gmail in English": `On Tue, Nov 24, 2026 at 10:00 AM ${NAME} <${ADDRESS}> wrote:\n`,
  "Gmail in English, wrapped": `On Tue, Nov 24, 2026 at 10:00 AM ${NAME} <${ADDRESS}>\nwrote:\n`,
  "Apple Mail": `2026/11/24 10:00、${NAME} <${ADDRESS}>のメール:\n`,
  "Apple Mail, full-width colon": `2026/11/24 10:00、${NAME} <${ADDRESS}>のメール：\n`,
  "Apple Mail in English": `On Nov 24, 2026, at 10:00, ${NAME} <${ADDRESS}> wrote:\n`,
  "iPhone": `2026/11/24 午前10:00、${NAME} <${ADDRESS}>のメール:\n`,
  "Thunderbird": `2026/11/24 10:00 に ${NAME} さんは書きました:`,
  "Thunderbird, address only": `2026/11/24 10:00, ${ADDRESS} wrote:`,
  "Thunderbird in English": `On 2026/11/24 10:00, ${NAME} wrote:`,
  "Becky": `On Tue, 24 Nov 2026 10:00:00 +0900\n${NAME} <${ADDRESS}> wrote:\n`,
  "Becky in Japanese": `${NAME} <${ADDRESS}> さんは書きました:\n`,
  "Shuriken": `${NAME}さんは書きました：`,
  "Yahoo": `2026年11月24日火曜日 10:00:00 JST、${NAME} <${ADDRESS}>さんは書きました：\n`,
  "a plain one": `${ADDRESS} wrote:`,
};

/** What a program puts between an answer and an original that it does not mark line by line. */
const COPYING: Readonly<Record<string, string>> = {
  "Outlook":
    `差出人: ${NAME} <${ADDRESS}>\n送信日時: 2026年11月24日 10:00\n宛先: 契約 太郎\n件名: 【電子契約】`,
  "Outlook with a rule":
    `________________________________\n差出人: ${NAME} <${ADDRESS}>\n送信日時: 2026年11月24日\n宛先: x\n件名: y`,
  "Outlook, new":
    `差出人: ${NAME} <${ADDRESS}>\n日付: 火曜日, 2026年11月24日 10:00\n宛先: 契約 太郎\n件名: 【電子契約】`,
  "Outlook in English": `From: ${NAME} <${ADDRESS}>\nSent: Tuesday, November 24, 2026\nTo: x\nSubject: y`,
  "Outlook, old": `-----Original Message-----\nFrom: ${NAME}\nSent: Tuesday`,
  "Outlook, old, in Japanese": `-----元のメッセージ-----\n差出人: ${NAME}\n送信日時: 火曜日`,
  "Outlook mobile":
    `iOS 版 Outlook を入手\n________________________________\n差出人: ${NAME} <${ADDRESS}>\n送信日時: 火曜日\n宛先: x`,
  "Outlook mobile in English":
    `Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: ${NAME}\nSent: Tuesday\nTo: x`,
  "Samsung": `-------- 元のメッセージ --------\n差出人: ${NAME}\n日付: 2026/11/24 10:00\n宛先: x`,
  "Yahoo's original": `----- Original Message -----\nFrom: ${NAME}\nTo: x\nDate: 2026/11/24`,
  "iPhone without marks": `iPhoneから送信\n\n2026/11/24 10:00、${NAME} <${ADDRESS}>のメール:\n`,
};

/** What people write. Every line begins with a letter that no mark of quotation begins with. */
const line = fc.tuple(
  fc.constantFrom(
    "承知しました。",
    "契約日: 令和8年12月1日",
    "取消 日付の誤りのため",
    "確認者１は山田です。",
    "A社 御中",
  ),
  fc.string({ unit: fc.constantFrom("あ", "ア", "漢", "1", "a", " ", "、", "。", "（", "@"), maxLength: 20 }),
).map(([begin, rest]) => (begin + rest).trimEnd());
const answer = fc.array(fc.oneof({ weight: 4, arbitrary: line }, fc.constant("")), { maxLength: 6 })
  .chain((lines) => line.map((first) => [first, ...lines].join("\n").replace(/\n{2,}/g, "\n\n").trim()));

for (const [program, beginning] of Object.entries({ ...QUOTING })) {
  Deno.test(`${program}: an answer above, below or between the lines is found`, () => {
    fc.assert(
      fc.property(answer, answer, (one, other) => {
        equal(newText(`${one}\n\n${beginning}\n${quoted}\n`), one, "above");
        equal(newText(`${beginning}\n${quoted}\n\n${one}\n`), one, "below");
        const between = `${beginning}\n${quoted}\n${one}\n${quoted}\n${other}\n`;
        equal(newText(between), `${one}\n${other}`, "between");
      }),
      { numRuns: 40 },
    );
  });
}

for (const [program, beginning] of Object.entries(COPYING)) {
  Deno.test(`${program}: an answer above an original without marks is found`, () => {
    fc.assert(
      fc.property(answer, (one) => equal(newText(`${one}\n\n${beginning}\n\n${ORIGINAL}\n`), one)),
      { numRuns: 40 },
    );
  });
}
