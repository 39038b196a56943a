import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { buildForm } from "../../lib/forms/build_form.ts";
import { isNoise, withoutNote } from "../../lib/forms/form_values.ts";
import type { Piece } from "../../lib/forms/piece.ts";
import { valuesOf } from "../support/form_table.ts";

/** A text on a page in points, letters of 10 wide. */
const at = (x0: number, y0: number, text: string, field = false): Piece => ({
  text,
  x0,
  x1: x0 + text.length * 10,
  y0,
  y1: y0 + 10,
  source: "1ページ",
  table: 0,
  ...(field ? { field } : {}),
});
const PARTY = [
  at(60, 300, "確認者１"),
  at(130, 300, "氏名"),
  at(220, 300, "青木 空"),
  at(130, 322, "E-mail"),
  at(220, 322, "aoki@aozora.example.jp"),
];
const CONFIRMER = { "confirmer1.name": "青木 空", "confirmer1.address": "aoki@aozora.example.jp" };
const read = (...pieces: Piece[]) => valuesOf(buildForm({ pieces: [...pieces, ...PARTY], line: 10 }));

Deno.test("a contract's name goes on in the next of widely set lines, in line with where it began", () => {
  deepEqual(
    read(
      at(60, 200, "1 契約名"),
      at(170, 200, "令和９年度青葉市住民情報システム"),
      at(170, 222, "移行支援業務委託"),
    ),
    { ...CONFIRMER, contractName: "令和９年度青葉市住民情報システム移行支援業務委託" },
  );
});

Deno.test("the text of a seal beside a name is no part of it", () => {
  const { representative } = read(
    at(60, 200, "代表者"),
    at(130, 200, "公共本部長 霧島 遥"),
    { ...at(330, 196, "公共本\n部長印"), x1: 360, y1: 216 },
    at(60, 240, "契約名"),
    at(130, 240, "清掃業務委託"),
  );
  equal(representative, "公共本部長 霧島 遥");
  for (const seal of ["公共本\n部長印", "青空産業株式会社之印", "代表取締役印"]) {
    equal(isNoise(seal), true, seal);
  }
  for (const name of ["青空産業株式会社　社印", "青木 空　印"]) equal(isNoise(name), false, name);
});

Deno.test("fields around 様 and between 年, 月 and 日 are the addressee and the day", () => {
  deepEqual(
    read(
      at(150, 80, "様"),
      at(300, 80, "令和"),
      at(350, 80, "年"),
      at(390, 80, "月"),
      at(430, 80, "日"),
      at(60, 160, "契約名"),
      at(40, 80, "青葉市下水道所長", true),
      at(325, 80, "8", true),
      at(362, 80, "12", true),
      at(405, 80, "28", true),
      at(130, 160, "清掃業務委託", true),
    ),
    { ...CONFIRMER, submittedOn: "2026-12-28", addressee: "青葉市下水道所長", contractName: "清掃業務委託" },
  );
});

Deno.test("an example or a note behind a value is no part of it", () => {
  for (
    const [written, want] of [
      ["aoki@aozora.example.jp（例：taro@example.jp）", "aoki@aozora.example.jp"],
      ["清掃業務委託　※入札公告のとおり", "清掃業務委託"],
      ["（例）清掃業務委託", "（例）清掃業務委託"],
      ["条例の調査（その２）", "条例の調査（その２）"],
    ] as const
  ) equal(withoutNote(written), want);
});
