import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { newText } from "../../lib/mail/new_text.ts";

const CASES: readonly (readonly [string, string, string])[] = [
  ["a text without quotations stays", "一行目\n\n二行目", "一行目\n\n二行目"],
  ["nothing but quotations", "> 引用\n> 引用", ""],
  ["Gmail", "了解\n\n2026年11月22日(日) 10:00 見本県 <a@example.jp>:\n\n> 引用", "了解"],
  [
    "Gmail in two lines",
    "了解\n\n2026年11月22日(日) 10:00 見本県電子契約（会計局）\n<a@example.jp>:\n\n> 引用",
    "了解",
  ],
  ["Gmail in English", "OK\n\nOn Sun, Nov 22, 2026 at 10:00 AM Keiyaku <a@example.jp> wrote:\n> x", "OK"],
  [
    "Outlook in Japanese",
    "了解\n\n________________________________\n差出人: a\n送信日時: 2026年\n宛先: b",
    "了解",
  ],
  ["Outlook with bold labels", "了解\n\n*差出人:* a\n*送信日時:* 2026年\n*件名:* x", "了解"],
  ["Outlook's old rule", "了解\n-----Original Message-----\nFrom: a\nx", "了解"],
  [
    "a forwarded message",
    "転送します\n---------- Forwarded message ---------\nFrom: a\n契約日: 令和8年12月1日",
    "転送します",
  ],
  ["Thunderbird in Japanese", "はい\n\n2026/11/22 10:00 に 窓口 さんは書きました:\n> x", "はい"],
  [
    "iPhone, unquoted",
    "承知\n\niPhoneから送信\n\n2026/11/22 10:00、窓口 <a@example.jp>のメール:\n\n本文",
    "承知",
  ],
  [
    "Android",
    "承知\n\nAndroid版Outlookの入手\n________________________________\nFrom: a\nSent: b",
    "承知",
  ],
  ["answers between the lines", "> 契約日は？\n12月1日です\n> 金額は？\n100円です", "12月1日です\n100円です"],
  [
    "answers below",
    "2026/11/22 10:00、窓口 <a@example.jp>のメール:\n> 契約日は？\n12月1日です",
    "12月1日です",
  ],
  [
    "what is below a quotation that follows an answer stays out",
    "取消 間違い\n\n2026年11月22日 10:00 窓口 <a@example.jp>:\n> 長い行が\n折れた行\n> 続き",
    "取消 間違い",
  ],
  ["a signature after its mark", "承知\n-- \n山田\nTEL 03", "承知"],
  [
    "a form with rules and labels stays",
    "契約名：工事\n__________\n送信者：山田\n電話：03",
    "契約名：工事\n__________\n送信者：山田\n電話：03",
  ],
  [
    "a date in the text is no beginning",
    "2026年12月1日に契約します。\n以上",
    "2026年12月1日に契約します。\n以上",
  ],
  ["full-width marks of quotation", "承知\n＞ 引用", "承知"],
];

for (const [name, text, expected] of CASES) {
  Deno.test(`new text: ${name}`, () => {
    equal(newText(text), expected);
    equal(newText(text.replaceAll("\n", "\r\n")), expected);
  });
}

Deno.test("new text never holds a quoted line, and is found in the text", () => {
  const line = fc.oneof(
    fc.constantFrom("> 引用", "-- ", "差出人: a", "件名: b", "On Sun, Nov 22, 2026 at 10:00 a wrote:", ""),
    fc.string(),
  );
  fc.assert(fc.property(fc.array(line), (lines) => {
    const text = newText(lines.join("\n"));
    equal(text.split("\n").some((each) => /^\s*[>＞|｜]/.test(each)), false);
  }));
});
