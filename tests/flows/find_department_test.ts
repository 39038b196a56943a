import { strictEqual as equal } from "node:assert/strict";
import { findDepartment } from "../../lib/flows/find_department.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

const find = (addressee: string, writtenTo: string | null = null) =>
  findDepartment(TEST_SETTINGS, writtenTo, addressee);

Deno.test("the address written to decides, whatever the 宛名 says", () => {
  equal(find("北部土木事務所長", "zaisan"), "zaisan");
});

Deno.test("the head of a branch office names it, with blanks, name and honorific behind", () => {
  equal(find("北部土木事務所長"), "doboku");
  equal(find("　北部土木 事務所長　山田 太郎　様"), "doboku");
});

Deno.test("知事 names many: the default desk gets it", () => {
  equal(find("見本県知事"), "bukken");
  equal(find("見本県知事　見本　太郎　様"), "bukken");
});

Deno.test("知事 with the department's own name is that department", () => {
  equal(find("見本県知事（総務部財産課）"), "zaisan");
});

Deno.test("what names nobody goes to the default desk", () => {
  equal(find(""), "bukken");
  equal(find("隣県知事"), "bukken");
});
