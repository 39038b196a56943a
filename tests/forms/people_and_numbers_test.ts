import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { readTable, readText } from "../support/form_table.ts";

const HEAD = { contractName: "清掃業務委託", company: "青空産業株式会社" };
const ROWS = [["会社名", "青空産業株式会社"], ["契約名", "清掃業務委託"]] as const;
const FIRST = { "confirmer1.name": "青木 空", "confirmer1.address": "aoki@aozora.example.jp" };

Deno.test("of two numbers the one of the person in charge is taken, and told as unsure", () => {
  const { phone } = readTable([
    ["会社名", "青空産業株式会社", "電話番号", "028-000-0001"],
    ["契約名", "清掃業務委託", "", ""],
    ["担当者名", "森 緑", "電話番号", "028-000-0002"],
  ]);
  equal(phone, "028-000-0002？");
  equal(readTable([...ROWS, ["担当者名", "森 緑"], ["電話番号", "028-000-0002"]]).phone, "028-000-0002");
});

Deno.test("a full name below a heading, above an address, is a confirmer's", () => {
  deepEqual(
    readText(
      "電子契約同意書\n契約名：清掃業務委託\n会社名：青空産業株式会社\n■確認者１\n青木 空\naoki@aozora.example.jp",
    ),
    { ...HEAD, ...FIRST },
  );
});

for (
  const [name, address] of [
    ["メール確認者の氏名", "メール確認者のアドレス"],
    ["契約締結担当者氏名", "契約締結担当者メールアドレス"],
    ["契約確認者", "上記確認者のメールアドレス"],
  ] as const
) {
  Deno.test(`a confirmer by another name: ${name}`, () => {
    deepEqual(
      readTable([...ROWS, [name, "青木 空"], [address, "aoki@aozora.example.jp"]]),
      { ...HEAD, ...FIRST },
    );
  });
}

Deno.test("a name in two cells under 氏 and 名 is told as unsure when one of them is lost", () => {
  const read = readTable([
    ...ROWS.map((row) => [...row, ""]),
    ["確認者１", "氏", "青木"],
    ["", "名", "空"],
    ["", "メール", "aoki@aozora.example.jp"],
  ]);
  equal(read["confirmer1.name"], "青木？");
});

Deno.test("所属 in a list of people is nobody's name", () => {
  deepEqual(
    readTable([
      ...ROWS.map((row) => [...row, "", ""]),
      ["区分", "所属", "氏名", "メールアドレス"],
      ["確認者１", "総務部", "青木 空", "aoki@aozora.example.jp"],
      ["担当者", "営業部", "森 緑", "mori@aozora.example.jp"],
    ]),
    { ...HEAD, ...FIRST, staff: "森 緑" },
  );
  deepEqual(
    readTable([["項目", "記入欄"], ...ROWS, ["担当者", "森 緑"]]),
    { ...HEAD, staff: "森 緑" },
  );
});

Deno.test("whom a mail greets is no addressee, or an unsure one", () => {
  const form = "契約名：清掃業務委託\n会社名：青空産業株式会社\n確認者１：青木 空（aoki@aozora.example.jp）";
  equal(readText(`青葉市 契約課 ご担当者様\n\n${form}`)["addressee"], undefined);
  equal(readText(`青葉市 契約課 御中\n\n${form}`)["addressee"], "青葉市 契約課？");
  equal(readText(`青葉市長 様\n\n${form}`)["addressee"], "青葉市長");
});
