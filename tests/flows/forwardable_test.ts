import { doesNotMatch, match, strictEqual as equal } from "node:assert/strict";
import { masked } from "../../lib/flows/forwardable.ts";

Deno.test("R24 a code is masked however its line is written", () => {
  for (
    const line of [
      "アクセスコード: 4271",
      "アクセスコード：４２７１",
      "> ｱｸｾｽｺｰﾄﾞ: 4271",
      "アクセスコード（確認者用）：4271",
      "アクセス コード ： 4271",
      "ＡｃｃｅｓｓＣｏｄｅ：4271",
      "Access code: 4271",
      "アクセスコードは 4271 です。",
      "アクセスコード：\n> 4271",
      "アクセスコード＝4271",
    ]
  ) doesNotMatch(masked(line).normalize("NFKC"), /4271/, line);
});

Deno.test("what a mail says of codes in general stays as it is", () => {
  const words =
    "リンクを開くとアクセスコードの入力が必要です。\nアクセスコードを設定する\n契約日: 令和8年12月1日";
  equal(masked(words), words);
  match(masked("アクセスコード: 4271\n契約名: 物品"), /アクセスコード: …\n契約名: 物品/);
});
