import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { isPlausible } from "../../lib/forms/plausible.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

const FORM = [
  "電子契約同意書兼メールアドレス確認書",
  "宛名：青葉市長",
  "契約名：庁舎清掃業務委託",
  "商号又は名称：青空産業株式会社",
  "電話番号：028-000-0001",
  "確認者１ 氏名：青木 空",
  "確認者１ メールアドレス：aoki@aozora.example.jp",
].join("\n");
const SIGNED =
  "森です。転送します。\n\n森 緑\n青空産業株式会社\n電話 028-000-0009  mori@aozora.example.jp\n\n";

const HEADS = {
  "a Japanese head without a rule":
    "差出人: 青木 空 <aoki@aozora.example.jp>\n送信日時: 2026年12月10日 16:45\n宛先: 森 緑 <mori@aozora.example.jp>\n件名: 【ご依頼】同意書",
  "an English head":
    "From: Aoki <aoki@aozora.example.jp>\nSent: Thursday\nTo: Mori\nSubject: FW: 同意書のご提出",
  "a rule with a date and a subject":
    "-------- 転送メッセージ --------\n件名: 同意書のご提出\n日付: 2026年12月10日",
} as const;

for (const [what, head] of Object.entries(HEADS)) {
  Deno.test(`a form in a mail that was passed on is read without its head and the sender's own lines: ${what}`, async () => {
    const read = await readConsent({ files: [], text: `${SIGNED}${head}\n\n送ってください。\n${FORM}\n` });
    if (!read.read) throw new Error(`Cannot read the body: ${read.why}`);
    const { form, fields } = read;
    deepEqual(
      [form.addressee, form.contractName, form.phone, form.submittedOn, form.unsure ?? []],
      ["青葉市長", "庁舎清掃業務委託", "028-000-0001", null, []],
    );
    const all = `${SIGNED}${head}\n\n送ってください。\n${FORM}`.split("\n");
    equal(
      fields.find((field) => field.path === "phone")?.source,
      `本文 ${all.indexOf("電話番号：028-000-0001") + 1}行目`,
    );
  });
}

Deno.test("two numbers under one label's name, or one with other words, are told as unsure", async () => {
  const text = FORM.replace("電話番号：028-000-0001", "電話番号：028-000-0001\n電話：028-000-0002");
  const read = await readConsent({ files: [], text });
  deepEqual(read.read ? read.form.unsure?.map(({ field }) => field) : null, ["phone"]);
  for (
    const [number, good] of [
      ["0282-00-0303", true],
      ["028(000)0303（内線 12）", true],
      ["0282-00-0303（代表）", true],
      ["0282-00-0303日中つながる番号", false],
      ["0284-00-0101 a@b.example.jp", false],
    ] as const
  ) equal(isPlausible("phone", number), good, number);
});

Deno.test("a contract's name tells works from goods where the form does not", async () => {
  for (
    const [name, kind] of [["書架の購入（物品）", "goods-services"], ["道路工事", "construction"], [
      "測量業務委託",
      null,
    ]]
  ) {
    const read = await readConsent({ files: [], text: FORM.replace("庁舎清掃業務委託", name!) });
    equal(read.read ? read.form.kind : "unread", kind);
  }
});

Deno.test("件名 of a mail names no contract", async () => {
  const contract = async (text: string) => {
    const read = await readConsent({ files: [], text });
    return read.read ? [read.form.contractName, read.form.unsure?.map(({ field }) => field) ?? []] : null;
  };
  const subject = "件名：電子契約同意書の提出について";
  deepEqual(await contract(`${subject}\n\n${FORM.replace("電子契約同意書兼", "")}`), [
    "庁舎清掃業務委託",
    [],
  ]);
  deepEqual(await contract(FORM.replace("契約名：庁舎清掃業務委託", subject)), [
    "電子契約同意書の提出について",
    ["contractName"],
  ]);
});
