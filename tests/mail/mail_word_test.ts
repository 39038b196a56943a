import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { isBrief, isUnknownWord, mailWordIn } from "../../lib/mail/mail_word.ts";

const inText = (newText: string) => mailWordIn({ subject: "Re: 確認依頼", newText })?.word ?? null;
const inSubject = (subject: string) => mailWordIn({ subject, newText: "" })?.word ?? null;

Deno.test("a word counts at the beginning of the subject or of the new text only", () => {
  equal(inText("再送\n"), "resend");
  equal(inSubject("再送 R8-000123"), "resend");
  equal(inText("再送する。"), "resend");
  equal(inText("　状況　"), "status");
  equal(inText("取消 金額の誤りのため"), "withdraw");
  equal(inText("取り消し"), "withdraw");
  equal(inText("再送料の件です"), null);
  equal(mailWordIn({ subject: "先日の再送", newText: "よろしくお願いします。\n再送" }), null);
});

Deno.test("words are known in any width and with courtesies", () => {
  const known: readonly (readonly [string, string])[] = [
    ["再送をお願いします。", "resend"],
    ["再送してください", "resend"],
    ["再送していただけますでしょうか。", "resend"],
    ["リンクの再送をお願いいたします", "resend"],
    ["確認依頼メールを再送してください。", "resend"],
    ["R8-000123の状況を教えてください", "status"],
    ["Ｒ８－０００１２３　状況", "status"],
    ["状況を教えてください", "status"],
    ["案件の状況をお知らせください", "status"],
    ["進捗状況の確認をお願いします", "status"],
    ["状況を知りたいです", "status"],
    ["取消しをお願いします", "withdraw"],
    ["一覧をお願いします", "list"],
    ["契約書の一覧を送ってください", "list"],
    ["書類", "documents"],
    ["PDFを紛失しました", "documents"],
    ["契約書のデータをなくしてしまいました", "documents"],
    ["ヘルプ", "help"],
    ["Help", "help"],
    ["？", "help"],
    ["使い方を教えてください", "help"],
  ];
  for (const [line, word] of known) equal(inText(line), word, line);
});

Deno.test("what tells of its writer's own doing, or of something else, is no word", () => {
  for (
    const line of [
      "再送します。ご確認ください。",
      "再送いたします",
      "状況が変わりましたのでご連絡します",
      "一覧をお送りします",
      "書類をお送りします",
      "契約書を確認しました",
      "取消線の件",
      "お世話になっております。再送をお願いします。",
      "",
    ]
  ) equal(inText(line), null, line);
});

Deno.test("検索 brings what is looked for", () => {
  deepEqual(mailWordIn({ subject: "検索 文書管理　保守", newText: "" }), {
    word: "search",
    rest: "文書管理 保守",
  });
  deepEqual(mailWordIn({ subject: "", newText: "検索：令和８年１２月１日 をお願いします" }), {
    word: "search",
    rest: "令和8年12月1日",
  });
  equal(mailWordIn({ subject: "", newText: "検索" })?.rest, "");
  equal(mailWordIn({ subject: "", newText: `検索 ${"あ".repeat(500)}` })?.rest.length, 100);
});

Deno.test("a reason stands behind 取消", () => {
  equal(mailWordIn({ subject: "", newText: "取消 金額の誤り\n以上" })?.rest, "金額の誤り");
  equal(mailWordIn({ subject: "", newText: "取消：金額の誤り" })?.rest, "金額の誤り");
});

Deno.test("a long message is for people; a signature does not make it long", () => {
  ok(isBrief({ subject: "状況", newText: `お願いします。\n----------\n${"署名".repeat(300)}` }));
  ok(!isBrief({ subject: "状況", newText: "先日の件ですが、".repeat(40) }));
});

Deno.test("a single short word is unknown; what speaks of forms and questions is not", () => {
  const unknown = (newText: string, subject = "電子") => isUnknownWord({ subject, newText });
  ok(unknown("テスト"));
  ok(unknown("照会"));
  ok(!unknown(""));
  ok(!unknown("よろしくお願いします。"));
  ok(!unknown("よろしくお願いいたします"));
  ok(!unknown("質問です"));
  ok(!unknown("よろしく", "提出"));
  ok(!unknown("送ります", "同意書の提出"));
  ok(!unknown("いつごろになるかを知りたいのですがどうすればよいでしょうか"));
});

Deno.test("property: any text is read without harm", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (subject, newText) => {
      const word = mailWordIn({ subject, newText });
      ok(word === null || word.rest.length <= Math.max(subject.length, newText.length) * 20);
      isUnknownWord({ subject, newText });
    }),
  );
});
