import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { buildForm } from "../../lib/forms/build_form.ts";
import type { Piece } from "../../lib/forms/piece.ts";
import { readTable, readText, valuesOf } from "../support/form_table.ts";

const BASE = { contractName: "清掃業務委託", company: "青空産業株式会社" };
const FIRST = { "confirmer1.name": "青木 空", "confirmer1.address": "aoki@aozora.example.jp" };
const SECOND = { "confirmer2.name": "森 緑", "confirmer2.address": "mori@aozora.example.jp" };
const HEAD = [["商号又は名称", "青空産業株式会社"], ["契約名", "清掃業務委託"]] as const;

Deno.test("heads of a table say whose each row is, whatever stands before them", () => {
  const want = { ...BASE, ...FIRST, ...SECOND };
  deepEqual(
    readTable([
      ...HEAD.map((row) => [...row, "", ""]),
      ["確認者", "", "", ""],
      ["順番", "役職", "氏名", "メールアドレス"],
      ["１", "代表取締役", "青木 空", "aoki@aozora.example.jp"],
      ["２", "営業部", "森 緑", "mori@aozora.example.jp"],
    ]),
    want,
  );
});

Deno.test("R2 members in rows, the leader first, and blocks under headings alike", () => {
  const want = {
    contractName: "道路工事",
    kind: "建設工事等・建設工事関連業務委託",
    "member1.company": "青空建設株式会社",
    "member1.confirmer1.name": "青木 空",
    "member1.confirmer1.address": "aoki@aozora.example.jp",
    "member2.company": "森土木株式会社",
    "member2.confirmer1.name": "森 緑",
    "member2.confirmer1.address": "mori@mori.example.jp",
    "member3.company": "海工業株式会社",
    "member3.confirmer1.name": "海 渡",
    "member3.confirmer1.address": "umi@umi.example.jp",
  };
  const members = [
    ["代表者", "青空建設株式会社", "青木 空", "aoki@aozora.example.jp"],
    ["構成員", "森土木株式会社", "森 緑", "mori@mori.example.jp"],
    ["構成員", "海工業株式会社", "海 渡", "umi@umi.example.jp"],
  ] as const;
  deepEqual(
    readTable([
      ["工事名", "道路工事", "", ""],
      ["", "商号又は名称", "確認者氏名", "確認者メールアドレス"],
      ...members,
    ]),
    want,
  );
  const block = ([, company, name, mail]: (typeof members)[number], index: number) =>
    `【${
      index === 0 ? "代表構成員" : "その他の構成員"
    }】\n商号：${company}\n確認者１ 氏名：${name}\n確認者１ メール：${mail}\n`;
  deepEqual(readText(`電子契約同意書\n工事名：道路工事\n${members.map(block).join("")}`), want);
});

Deno.test("確認者 over several rows owns them all, beyond further columns", () => {
  const tall = (x: number, y: number, text: string, rows = 1): Piece => ({
    text,
    x0: x,
    x1: x + 1,
    y0: y,
    y1: y + rows,
    source: "",
    table: 1,
  });
  const rows = [
    ["商号又は名称", "青空産業株式会社", "契 約 名", "清掃業務委託"],
    ["役職名", "代表取締役", "氏 名", "青木 空"],
    ["メ ー ル ア ド レ ス", "aoki@aozora.example.jp"],
    ["役職名", "部長", "氏 名", "森 緑"],
    ["メ ー ル ア ド レ ス", "mori@aozora.example.jp"],
  ];
  const pieces = [
    ...rows.flatMap((row, y) => row.map((text, x) => tall(x + 1, y, text))),
    tall(0, 1, "確認者１", 2),
    tall(0, 3, "確認者２", 2),
  ];
  deepEqual(valuesOf(buildForm({ pieces, line: 1 })), { ...BASE, ...FIRST, ...SECOND });
});

Deno.test("a form without confirmers asks whether who may contract confirms", () => {
  deepEqual(
    readTable([
      ["電子契約同意書", ""],
      ...HEAD,
      ["契約締結権限者の氏名", "青木 空"],
      ["契約締結権限者のメールアドレス", "aoki@aozora.example.jp"],
    ]),
    {
      ...BASE,
      representative: "青木 空",
      "confirmer1.name": "青木 空？",
      "confirmer1.address": "aoki@aozora.example.jp？",
    },
  );
});

Deno.test("a label within a label's value, and a column whose head is no label", () => {
  const want = { ...BASE, ...FIRST, ...SECOND };
  deepEqual(
    readTable([
      ...HEAD,
      ["確認者１：役職", "代表取締役"],
      ["確認者１：氏名", "青木 空"],
      ["確認者１：メール", "aoki@aozora.example.jp"],
      ["確認者２：氏名", "森 緑"],
      ["確認者２：メール", "mori@aozora.example.jp"],
    ]),
    want,
  );
  deepEqual(
    readTable([
      ...HEAD.map((row) => [...row, "", ""]),
      ["", "見る順", "氏名", "メールアドレス"],
      ["確認者１", "最後", "青木 空", "aoki@aozora.example.jp"],
      ["確認者２", "最初", "森 緑", "mori@aozora.example.jp"],
    ]),
    want,
  );
});

Deno.test("notes below a label, 一人目, 同メールアドレス and a role before its holder", () => {
  const want = { ...BASE, representative: "代表取締役 青木 空", ...FIRST, ...SECOND };
  deepEqual(
    readTable([
      ...HEAD,
      ["代表", "代表取締役 青木 空"],
      ["確認者１\n※契約権\n限を有する方", "青木 空", "同メールアドレス", "aoki@aozora.example.jp"],
      ["確認者２\n※置く場合のみ", "森 緑", "同メールアドレス", "mori@aozora.example.jp"],
    ]),
    want,
  );
  deepEqual(
    readText(
      "電子契約同意書\n契約名：清掃業務委託\n相手方　名称　青空産業株式会社\n　　　　代表　代表取締役 青木 空\n" +
        "１人目　氏名　青木 空　メール　aoki@aozora.example.jp\n２人目　氏名　森 緑　メール　mori@aozora.example.jp",
    ),
    want,
  );
});
