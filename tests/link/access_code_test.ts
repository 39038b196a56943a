import { notStrictEqual as notEqual, strictEqual as equal } from "node:assert/strict";
import { accessCodeFits, hashAccessCode, isUsableCode } from "../../lib/link/access_code.ts";
import { keyringOf } from "../../lib/link/keyring.ts";
import { seededChance } from "../support/seeded_chance.ts";

const KEYS = keyringOf(new Uint8Array(32).fill(1));

Deno.test("a code fits however its digits were typed", async () => {
  const kept = await hashAccessCode(KEYS, seededChance(), "1234-ab");
  equal(await accessCodeFits(KEYS, kept, "1234-ab"), true);
  equal(await accessCodeFits(KEYS, kept, "　１２３４-ab "), true);
  for (const typed of ["1234ab", "１２３４ーａｂ", "1234−ab", "1 2 3 4 – a b", "12-34-ab"]) {
    equal(await accessCodeFits(KEYS, kept, typed), true, typed);
  }
  equal(await accessCodeFits(KEYS, kept, "1234-AB"), false);
  equal(await accessCodeFits(KEYS, kept, ""), false);
});

Deno.test("blanks and dashes alone are no code", () => {
  for (const nothing of ["", "　", "-", "ー ―"]) equal(isUsableCode(nothing), false, nothing);
  equal(isUsableCode("-1-"), true);
});

Deno.test("what is kept of a code differs each time and shows nothing of it", async () => {
  const chance = seededChance();
  const first = await hashAccessCode(KEYS, chance, "98765");
  notEqual(first, await hashAccessCode(KEYS, chance, "98765"));
  equal(first.includes("98765"), false);
});

Deno.test("a code that was kept under another key fits nothing", async () => {
  const kept = await hashAccessCode(KEYS, seededChance(), "98765");
  equal(await accessCodeFits(keyringOf(new Uint8Array(32).fill(2)), kept, "98765"), false);
});

Deno.test("a damaged record fits nothing", async () => {
  for (const kept of ["", ".", "abc", "abc.def"]) equal(await accessCodeFits(KEYS, kept, "abc"), false);
});
