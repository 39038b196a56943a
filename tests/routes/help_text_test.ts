/**
 * The FAQ follows the settings: figures stand in it, an operator's text replaces it or adds to it.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { DEFAULT_TEXTS } from "../../lib/settings/texts.ts";
import { helpSections, helpText } from "../../routes/public/help_text.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

const withHelp = (help: string) => ({ ...TEST_SETTINGS, help });

Deno.test("every name in the built-in FAQ is filled in from the settings", () => {
  const text = helpText(withHelp(DEFAULT_TEXTS.help));
  equal(text.includes("{{"), false);
  for (const words of ["keiyaku@bot.example.lg.jp", "見本県の担当課", "10日間", "5回間違える", "6 MB以上"]) {
    ok(text.includes(words), words);
  }
});

Deno.test("the built-in FAQ answers what people ask", () => {
  const asked = helpSections(helpText(withHelp(DEFAULT_TEXTS.help)))
    .flatMap(({ questions }) => questions.map((question) => question.asked)).join("\n");
  const topics = [
    "本物",
    "迷惑メール",
    "期限が切れ",
    "確認する人が違",
    "何人も",
    "スマートフォン",
    "印刷",
    "改ざん",
  ];
  for (
    const topic of [
      ...topics,
      "いつまで保管",
      "紙|必ず電子",
      "アクセスコード",
      "誰の名義",
      "失くし",
      "取り消せ",
    ]
  ) {
    ok(new RegExp(topic).test(asked), topic);
  }
});

Deno.test("an operator's text replaces the built-in one, or takes it in where it says so", () => {
  equal(
    helpText(withHelp("# 案内\n\n窓口は{{機関名}}です。{{知らない}}")),
    "# 案内\n\n窓口は見本県です。{{知らない}}",
  );
  const both = helpSections(
    helpText(withHelp("# 案内\n\n## 当県では\n\n### 窓口は\n\n本庁です。\n\n{{よくある質問}}\n")),
  );
  equal(both[0]?.heading, "当県では");
  deepEqual(both[0]?.questions, [{ asked: "窓口は", answer: "\n本庁です。\n\n\n\n" }]);
  ok(both.some(({ heading }) => heading === "動作環境"));
});

Deno.test("words before the first heading and sections without questions are kept", () => {
  deepEqual(helpSections("はじめの言葉\r\n\r\n## 推奨環境\r\n\r\n- Edge\r\n\r\n## 空\r\n"), [
    { heading: "", lead: "はじめの言葉", questions: [] },
    { heading: "推奨環境", lead: "- Edge", questions: [] },
  ]);
});
