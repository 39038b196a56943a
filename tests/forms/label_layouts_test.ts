import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { readTable, readText } from "../support/form_table.ts";

const BASE = { contractName: "清掃業務委託", company: "青空産業株式会社" };
const FIRST = { "confirmer1.name": "青木 空", "confirmer1.address": "aoki@aozora.example.jp" };
const SECOND = { "confirmer2.name": "森 緑", "confirmer2.address": "mori@aozora.example.jp" };
const HEAD = [["商号又は名称", "青空産業株式会社"], ["契約名", "清掃業務委託"]] as const;
const CONFIRMER = [["確認者１ 氏名", "青木 空"], [
  "確認者１ メールアドレス",
  "aoki@aozora.example.jp",
]] as const;

for (
  const [what, ...rows] of [
    [
      "before what is asked",
      ["契約権限者（確認者１） 氏名", "青木 空"],
      ["契約権限者（確認者１） メールアドレス", "aoki@aozora.example.jp"],
      ["担当者（確認者２） 氏名", "森 緑"],
      ["担当者（確認者２） メールアドレス", "mori@aozora.example.jp"],
    ],
    [
      "in a column of their own",
      ["契約権限者（確認者１）", "氏名", "青木 空"],
      ["", "メールアドレス", "aoki@aozora.example.jp"],
      ["契約担当者（確認者２）", "氏名", "森 緑"],
      ["", "メールアドレス", "mori@aozora.example.jp"],
    ],
    [
      "behind what is asked",
      ["氏名（確認者１）", "青木 空"],
      ["メールアドレス（確認者１）", "aoki@aozora.example.jp"],
      ["氏名（確認者２）", "森 緑"],
      ["メールアドレス（確認者２）", "mori@aozora.example.jp"],
    ],
    [
      "joined to another role",
      ["代表者兼確認者１ 氏名", "青木 空"],
      ["代表者兼確認者１ メールアドレス", "aoki@aozora.example.jp"],
      ["担当者・確認者２ 氏名", "森 緑"],
      ["担当者・確認者２ メールアドレス", "mori@aozora.example.jp"],
    ],
  ] as const
) {
  Deno.test(`確認者 and its number are found ${what}`, () => {
    deepEqual(readTable([...HEAD, ...rows]), { ...BASE, ...FIRST, ...SECOND });
  });
}

Deno.test("a row or line without a label goes on from the value above", () => {
  const want = {
    contractName: "令和８年度　県庁舎清掃業務委託（その２）",
    postalAddress: "栃木県宇都宮市塙田1-1-20 青空ビル３階",
    company: "青空産業株式会社",
    ...FIRST,
  };
  deepEqual(
    readTable([
      ["商号又は名称", "青空産業株式会社"],
      ["住所", "栃木県宇都宮市塙田1-1-20"],
      ["", "青空ビル３階"],
      ["契約名", "令和８年度　県庁舎清掃業務委託"],
      ["", "（その２）"],
      ...CONFIRMER,
    ]),
    want,
  );
  deepEqual(
    readText(
      "電子契約同意書\n住所：栃木県宇都宮市塙田1-1-20\n　　　青空ビル３階\n商号：青空産業株式会社\n" +
        "契約名：令和８年度　県庁舎清掃業務\n　　　委託（その２）\n確認者１\n　氏名：青木 空\n" +
        "　メールアドレス：aoki@aozora.example.jp\n",
    ),
    want,
  );
});

Deno.test("a line that may belong to the value above makes it unsure, and a note does not", () => {
  const read = (line: string) =>
    readText(`電子契約同意書\n商号：青空産業株式会社\n契約名：清掃業務\n${line}\n確認者１ 氏名：青木 空`)
      .contractName;
  deepEqual(read("委託（その２）"), "清掃業務？");
  deepEqual(read("※ 半角で記入してください。"), "清掃業務");
});

Deno.test("members side by side, one a column without a label, are members in order", () => {
  deepEqual(
    readTable([
      ["特定建設工事共同企業体名", "青空・森特定建設工事共同企業体", ""],
      ["商号又は名称", "青空産業株式会社", "森建設株式会社"],
      ["代表者職氏名", "代表取締役 青木 空", "代表取締役 森 緑"],
      ["確認者１ 氏名", "青木 空", "森 緑"],
      ["確認者１ メールアドレス", "aoki@aozora.example.jp", "mori@mori.example.jp"],
    ]),
    {
      kind: "建設工事等・建設工事関連業務委託",
      "member1.company": "青空産業株式会社",
      "member1.representative": "代表取締役 青木 空",
      "member1.confirmer1.name": "青木 空",
      "member1.confirmer1.address": "aoki@aozora.example.jp",
      "member2.company": "森建設株式会社",
      "member2.representative": "代表取締役 森 緑",
      "member2.confirmer1.name": "森 緑",
      "member2.confirmer1.address": "mori@mori.example.jp",
    },
  );
});

for (const seal of ["　社印", " ㊞", "（代表者印）", "㊞"]) {
  Deno.test(`a seal is no part of a name: ${seal}`, () => {
    const want = { ...BASE, representative: "代表取締役 青木 空", ...FIRST };
    const [company, contract] = HEAD;
    const person = ["代表者職氏名", "代表取締役 青木 空"] as const;
    deepEqual(
      readTable([[company[0], company[1] + seal], [person[0], person[1] + seal], contract, ...CONFIRMER]),
      want,
    );
    deepEqual(readTable([[...company, seal], [...person, seal], contract, ...CONFIRMER]), want);
  });
}

Deno.test("several labels in one line without a colon", () => {
  const want = { ...BASE, ...FIRST, ...SECOND, staff: "森 緑", phone: "028-000-0000" };
  deepEqual(
    readText(
      "電子契約同意書\n商号又は名称 青空産業株式会社\n契約名 清掃業務委託\n" +
        "確認者１ 氏名 青木 空 メールアドレス aoki@aozora.example.jp\n" +
        "確認者２ 氏名 森 緑　メールアドレス mori@aozora.example.jp\n担当者 森 緑 電話 028-000-0000 FAX 028-000-0001",
    ),
    want,
  );
  deepEqual(
    readTable([
      ...HEAD,
      ["確認者１", "氏名 青木 空 メールアドレス aoki@aozora.example.jp"],
      ["確認者２", "氏名 森 緑　メール mori@aozora.example.jp"],
      ["担当者", "氏名 森 緑 電話 028-000-0000 FAX 028-000-0001"],
    ]),
    want,
  );
});

Deno.test("dot leaders, lines to write on and numbering of every kind around labels", () => {
  const want = {
    ...BASE,
    postalAddress: "栃木県宇都宮市1-1",
    representative: "代表取締役 青木 空",
    ...FIRST,
  };
  deepEqual(
    readText(
      "電子契約同意書\n１．商号又は名称……………青空産業株式会社\n(2) 住所………栃木県宇都宮市1-1\n" +
        "（３）代表者職氏名＿＿代表取締役 青木 空＿＿＿\n④ 契約名　・・・・・・清掃業務委託\nオ　確認者１\n" +
        "　　(ア) 氏名…………青木 空\n　　(イ) メールアドレス____aoki@aozora.example.jp____",
    ),
    want,
  );
  deepEqual(
    readText(
      "電子契約同意書\n一　商号又は名称　青空産業株式会社\n二、住所　栃木県宇都宮市1-1\n（三）代表者職氏名　代表取締役 青木 空\n" +
        "IV. 契約名 → 清掃業務委託\n【必須】確認者１　氏名　青木 空\n必須 確認者１　メールアドレス　aoki@aozora.example.jp",
    ),
    want,
  );
});

for (
  const [what, ...rows] of [
    ["under a heading", [
      "連絡先",
      "営業部 森 緑\n028-000-0000（内線 12）\nFAX 028-000-0001\nmori@aozora.example.jp",
    ]],
    ["in one line", ["担当者・連絡先", "営業部 森 緑　TEL 028-000-0000（内線 12） FAX：028-000-0001"]],
    ["with labels", ["連絡先", "担当", "営業部 森 緑"], [
      "",
      "TEL/FAX",
      "028-000-0000(内線 12)／028-000-0001",
    ]],
    ["below the company", [
      "商号又は名称",
      "青空産業株式会社\n担当：営業部 森 緑\nTEL：028-000-0000（内線 12）",
    ]],
  ] as const
) {
  Deno.test(`the contact person is found ${what}`, () => {
    const want = { ...BASE, ...FIRST, staff: "営業部 森 緑", phone: "028-000-0000(内線 12)" };
    deepEqual(readTable([...(what === "below the company" ? [HEAD[1]] : HEAD), ...CONFIRMER, ...rows]), want);
  });
}

Deno.test("cells of one value: 姓 and 名, the groups of a number, brackets to write into", () => {
  deepEqual(
    readTable([
      ["商号又は名称", "（　青空産業株式会社　）", "", "", "", ""],
      ["契約名", "（　清掃業務委託　）", "", "", "", ""],
      ["確認者１氏名", "姓", "青木", "名", "空", ""],
      ["確認者１", "メールアドレス（　aoki@aozora.example.jp　）", "", "", "", ""],
      ["担当者 所属・氏名", "営業部 森 緑", "", "", "", ""],
      ["電話", "028", "－", "000", "－", "0000"],
    ]),
    { ...BASE, ...FIRST, staff: "営業部 森 緑", phone: "028-000-0000" },
  );
});

Deno.test("the public body's own desk at the foot is no contact of the vendor's", () => {
  const foot = "\n問合せ先　見本県会計局　028-999-9999";
  deepEqual(
    readText(
      `電子契約同意書\n商号又は名称：青空産業株式会社\n契約名：清掃業務委託\n確認者１ 氏名：青木 空\n` +
        `確認者１ メールアドレス：aoki@aozora.example.jp${foot}`,
    ),
    { ...BASE, ...FIRST },
  );
});
