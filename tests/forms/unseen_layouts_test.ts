import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { readConsent, readFormLines } from "../../lib/forms/read_consent.ts";
import { tableForm } from "../support/form_table.ts";

const WANT = {
  company: "青空産業株式会社",
  contract: "清掃業務委託",
  confirmers: [{ name: "青木 空", address: "aoki@aozora.example.jp" }, {
    name: "森 緑",
    address: "mori@aozora.example.jp",
  }],
};
const got = ({ form }: Pick<ReturnType<typeof tableForm>, "form">) => ({
  company: form.vendors[0]!.company,
  contract: form.contractName,
  confirmers: form.vendors[0]!.confirmers,
});

Deno.test("a matrix of confirmers under heads, numbers in brackets", () => {
  deepEqual(
    got(tableForm([
      ["会社名", "青空産業株式会社", ""],
      ["業務名", "清掃業務委託", ""],
      ["区分", "氏名（フリガナ）", "Eメール"],
      ["確認者(1)", "青木 空（アオキ ソラ）", "aoki@aozora.example.jp"],
      ["確認者(2)", "森 緑", "ｍｏｒｉ＠ａｏｚｏｒａ．ｅｘａｍｐｌｅ．ｊｐ"],
    ])),
    WANT,
  );
});

Deno.test("confirmers side by side, one a column", () => {
  deepEqual(
    got(tableForm([
      ["事業者名", "青空産業株式会社", ""],
      ["契約件名", "清掃業務委託", ""],
      ["", "第一確認者", "第二確認者"],
      ["氏名", "青木 空", "森 緑"],
      ["メール", "aoki@aozora.example.jp", "mori@aozora.example.jp"],
    ])),
    WANT,
  );
});

Deno.test("four columns, labels and values in turn", () => {
  deepEqual(
    got(tableForm([
      ["法人名", "青空産業株式会社", "代表者氏名", "青木 空"],
      ["件名", "清掃業務委託", "電話", "028-000-0000"],
      ["確認者①氏名", "青木 空", "確認者①e-mail", "aoki@aozora.example.jp"],
      ["確認者②氏名", "森 緑", "確認者②e-mail", "mori@aozora.example.jp"],
    ])),
    WANT,
  );
});

Deno.test("labels above their values", () => {
  deepEqual(
    got(tableForm([
      ["会社名", "契約名"],
      ["青空産業株式会社", "清掃業務委託"],
      ["確認者１ 氏名", "確認者１ メールアドレス"],
      ["青木 空", "aoki@aozora.example.jp"],
      ["確認者２ 氏名", "確認者２ メールアドレス"],
      ["森 緑", "mori@aozora.example.jp"],
    ])),
    WANT,
  );
});

Deno.test("label and value in one cell", () => {
  deepEqual(
    got(tableForm([
      ["商号：青空産業株式会社\n代表者職氏名：代表取締役 青木 空"],
      ["工事名：清掃業務委託"],
      ["確認者１\n氏名：青木 空\nE-mail：aoki@aozora.example.jp"],
      ["確認者２\n氏名：森 緑\nE-mail：mori@aozora.example.jp"],
    ])),
    WANT,
  );
});

Deno.test("a body with labels on lines of their own, and a signature that is no confirmer", async () => {
  const read = await readConsent({
    files: [],
    text:
      "電子契約同意書\n会社名\n青空産業株式会社\n件名\n清掃業務委託\n確認者１\n氏名：青木 空\nメール：aoki@aozora.example.jp\n" +
      "確認者２\n氏名：森 緑\nメール：mori@aozora.example.jp\n-- \n青空産業\nE-mail: info@aozora.example.jp",
  });
  deepEqual(read.read ? got({ form: read.form }) : null, WANT);
});

Deno.test("empty cells stay empty: neither a note nor the next label fills them", () => {
  const { form } = tableForm([
    ["商号又は名称", ""],
    ["契約名", "清掃業務委託"],
    ["確認者１ 氏名", ""],
    ["確認者１ メールアドレス", ""],
    ["※ 半角で記入してください", ""],
  ]);
  deepEqual(form.vendors, [{
    company: "",
    postalAddress: "",
    representative: "",
    confirmers: [{ name: "", address: "" }],
  }]);
});

Deno.test("members of a joint venture each have their confirmers", () => {
  const { form } = tableForm([
    ["代表構成員 商号", "青空産業株式会社"],
    ["確認者１ 氏名", "青木 空"],
    ["確認者１ メールアドレス", "aoki@aozora.example.jp"],
    ["構成員２ 商号", "森建設株式会社"],
    ["確認者１ 氏名", "森 緑"],
    ["確認者１ メールアドレス", "mori@mori.example.jp"],
  ]);
  deepEqual(form.vendors.map((vendor) => [vendor.company, vendor.confirmers]), [
    ["青空産業株式会社", [{ name: "青木 空", address: "aoki@aozora.example.jp" }]],
    ["森建設株式会社", [{ name: "森 緑", address: "mori@mori.example.jp" }]],
  ]);
});

Deno.test("a reply with the one missing line gives just that field", () => {
  deepEqual(readFormLines("遅くなりました。\n確認者１ メールアドレス：a@b.example.jp\n"), [
    { path: "confirmer1.address", value: "a@b.example.jp", source: "本文 2行目", confidence: 1 },
  ]);
  deepEqual(readFormLines("よろしくお願いします。"), []);
});
