import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { readTable, readText } from "../support/form_table.ts";

const HEAD = { contractName: "清掃業務委託", company: "青空産業株式会社" };
const PEOPLE = {
  "confirmer1.name": "青木 空",
  "confirmer1.address": "aoki@aozora.example.jp",
  "confirmer2.name": "森 緑",
  "confirmer2.address": "mori@aozora.example.jp",
};

for (const notes of ["備考", "記入上のご注意", "例", "記載例", "留意事項", "摘要"]) {
  Deno.test(`a column of notes is no part of the values: ${notes}`, () => {
    deepEqual(
      readTable([
        ["No.", "区分", "項目", "記入欄", notes],
        ["1", "受注者", "商号又は名称", "青空産業株式会社", "正式名称（略称不可）"],
        ["2", "契約", "契約名", "清掃業務委託", "入札公告のとおり"],
        ["3", "担当者", "電話番号", "028-000-0001", "日中つながる番号"],
        ["4", "確認者１", "氏名", "青木 空", "実際に確認を行う方"],
        ["5", "確認者１", "メールアドレス", "aoki@aozora.example.jp", "半角 例）taro@example.co.jp"],
      ]),
      {
        ...HEAD,
        "confirmer1.name": "青木 空",
        "confirmer1.address": "aoki@aozora.example.jp",
        phone: "028-000-0001",
      },
    );
  });
}

Deno.test("without a head over the notes, a value with one beside it is told as unsure", () => {
  const read = readTable([
    ["商号又は名称", "青空産業株式会社", "正式名称"],
    ["契約名", "清掃業務委託", "公告のとおり"],
    ["電話番号", "028-000-0001", "日中"],
    ["確認者１ 氏名", "青木 空", "確認を行う方"],
    ["確認者１ メールアドレス", "aoki@aozora.example.jp", ""],
  ]);
  deepEqual(
    Object.entries(read).filter(([, value]) => !value.endsWith("？")),
    [["confirmer1.address", "aoki@aozora.example.jp"]],
  );
  deepEqual(
    readTable([["商号", "青空産業", ""], ["契約名", "清掃", ""], ["電話", "028", "000", "0001"]]).phone,
    "028-000-0001",
  );
});

for (const heading of ["電子契約に係る確認者", "契約内容確認者", ""]) {
  Deno.test(`a list of people headed No., 氏名, メールアドレス is one of confirmers: 「${heading}」`, () => {
    deepEqual(
      readTable([
        ["商号又は名称", "青空産業株式会社", ""],
        ["契約名", "清掃業務委託", ""],
        [heading, "", ""],
        ["No.", "氏名", "メールアドレス"],
        ["１", "青木 空", "aoki@aozora.example.jp"],
        ["２", "森 緑", "mori@aozora.example.jp"],
        ["３", "", ""],
      ]),
      { ...HEAD, ...PEOPLE },
    );
  });
}

Deno.test("発注者 asks for the addressee, 工事・業務の名称 and its like for the contract", () => {
  for (const label of ["工事・業務の名称", "対象となる契約の名称", "業務等の名称", "購入件名"]) {
    deepEqual(
      readTable([["発注者", "青葉市長　あて"], [label, "清掃業務委託"], ["商号", "青空産業株式会社"]]),
      { addressee: "青葉市長", ...HEAD },
    );
  }
});

Deno.test("代表 is a title beside 代表者職氏名, and 代表者 below 代表構成員 holds one, no further company", () => {
  const { representative } = readTable([
    ["商号", "青空印刷"],
    ["代表者職氏名", "代表　森　緑"],
    ["契約名", "清掃業務委託"],
  ]);
  deepEqual(representative, "代表　森　緑");
  const read = readTable([
    ["名称", "青空・森特定建設工事共同企業体"],
    ["代表構成員", "青空建設株式会社"],
    ["代表者", "代表取締役　青木　空"],
    ["工事名", "道路工事"],
  ]);
  deepEqual(Object.entries(read).filter(([path]) => /representative$/.test(path)).map(([, value]) => value), [
    "代表取締役　青木　空",
  ]);
});

for (const mark of ["記入例", "（例）", "【記載例】", "見本"]) {
  Deno.test(`a row that shows how to fill in is not read: ${mark}`, () => {
    const rows = [["商号", "青空産業株式会社", ""], ["契約名等", "清掃業務委託", ""]] as const;
    const list = [["１", "青木 空", "aoki@aozora.example.jp"], [
      "２",
      "森 緑",
      "mori@aozora.example.jp",
    ]] as const;
    const example = [mark, "契約 太郎", "taro@example.jp"] as const;
    deepEqual(readTable([...rows, ["No.", "氏名", "メールアドレス"], example, ...list]), {
      ...HEAD,
      ...PEOPLE,
    });
    deepEqual(readTable([...rows, example, ["契約締結権者", "青木 空", ""]]).representative, "青木 空");
    deepEqual(
      readTable([["", mark, "記入欄"], ["商号", "例株式会社", "青空産業株式会社"]]).company === undefined,
      false,
    );
  });
}

Deno.test("an office with the name of its holder is the addressee", () => {
  deepEqual(
    readTable([["青葉市長　青葉 太郎　様", ""], ["商号", "青空産業株式会社"]]).addressee,
    "青葉市長　青葉 太郎",
  );
});

Deno.test("a list of people without lines around it is one of confirmers, too", () => {
  deepEqual(
    readText(
      "契約名：清掃業務委託\n会社名：青空産業株式会社\nNo.\t氏名\tメールアドレス\n" +
        "１\t青木 空\taoki@aozora.example.jp\n２\t森 緑\tmori@aozora.example.jp\n",
    ),
    { ...HEAD, ...PEOPLE },
  );
});
