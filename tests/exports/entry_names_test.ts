import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { entryName, uniqueNames } from "../../lib/exports/entry_names.ts";

Deno.test("paths, controls, device names and trailing dots are taken out of names", () => {
  equal(entryName("../../etc/passwd"), "_.._etc_passwd");
  equal(entryName("C:\\契約\\書.pdf"), "C__契約_書.pdf");
  equal(entryName("con.a（締結済）.pdf"), "_con.a（締結済）.pdf");
  equal(entryName("a\u202Efdp.exe"), "afdp.exe");
  equal(entryName("R8-000123_契約..."), "R8-000123_契約");
});

Deno.test("a long name keeps its ending", () => {
  const name = entryName(`${"長".repeat(200)}（締結済）.pdf`);
  equal([...name].length, 80);
  ok(name.endsWith("長（締結済）.pdf"));
});

Deno.test("the second of a name gets a number before its ending, whatever the case of its letters", () => {
  const unique = uniqueNames();
  deepEqual(
    ["a.pdf", "A.pdf", "a (2).pdf", "a.pdf", "b"].map(unique),
    ["a.pdf", "A (2).pdf", "a (2) (2).pdf", "a (3).pdf", "b"],
  );
});

Deno.test("whatever they are called, names are safe, and each is there once", () => {
  fc.assert(fc.property(fc.array(fc.string({ unit: "binary" })), (names) => {
    const unique = uniqueNames();
    const made = names.map((name) => unique(entryName(name)));
    equal(new Set(made.map((name) => name.toLowerCase())).size, made.length);
    for (const name of made) ok(/^[^/\\:*?"<>|\p{Cc}]+$/u.test(name) && !/^\.|[. ]$/.test(name), name);
  }));
});
