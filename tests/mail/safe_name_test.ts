import { ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { safeName } from "../../lib/mail/safe_name.ts";

Deno.test("names are shown as they are when they are harmless", () => {
  equal(safeName("契約書（物品・役務）①.pdf"), "契約書（物品・役務）①.pdf");
});

Deno.test("paths, controls, turned text and decomposed characters go", () => {
  equal(safeName("../../etc/passwd"), "passwd");
  equal(safeName("C:\\Users\\a\\契約書.pdf"), "契約書.pdf");
  equal(safeName("契約\u202Efdp.exe"), "契約fdp.exe");
  equal(safeName("a\u0000b\r\nc.pdf"), "abc.pdf");
  equal(safeName("テ\u3099ータ.docx"), "データ.docx".normalize("NFC"));
  equal(safeName("...hidden.pdf"), "hidden.pdf");
  equal(safeName('a<b>:"|?*.pdf'), "a_b______.pdf");
});

Deno.test("what has no name gets one with the ending of its kind", () => {
  equal(safeName("", "application/pdf"), "添付ファイル.pdf");
  equal(safeName(" \u200b/", "x/y"), "添付ファイル");
});

Deno.test("a long name keeps its ending", () => {
  const name = safeName(`${"契".repeat(300)}.docx`);
  equal([...name].length, 120);
  ok(name.endsWith("契.docx"));
});

Deno.test("whatever comes in, the name is short, visible and without a path", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (given) => {
    const name = safeName(given);
    ok(name.length > 0 && [...name].length <= 120);
    ok(!/[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name) && !name.startsWith("."));
    equal(safeName(name), name);
  }));
});

Deno.test("kana and letters are composed, kanji of names stay as they are", () => {
  equal(
    safeName("ガス・プロジェクト café \ufa19社.pdf".normalize("NFD").replace("\u795e", "\ufa19")),
    "ガス・プロジェクト café \ufa19社.pdf",
  );
});
