import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { convertingReader } from "../../lib/adapters/converting_reader.ts";
import { type Converter, sofficeConverter } from "../../lib/adapters/soffice_converter.ts";
import { oldFormatOf } from "../../lib/forms/old_format.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

const formFile = (name: string) => Deno.readFile(new URL(`../fixtures/forms/${name}`, import.meta.url));
const mailWith = async (...names: string[]) => ({
  text: "",
  files: await Promise.all(names.map(async (filename) => ({ filename, content: await formFile(filename) }))),
});
const plain = { read: readConsent, close: () => Promise.resolve() };

Deno.test("old files are told apart by their bytes, and those behind a password are none", async () => {
  const found: Record<string, string | undefined> = {};
  for (
    const name of [
      "L1_legacy.doc",
      "L2_legacy.xls",
      "L3_open.odt",
      "L4_rich.rtf",
      "A1_goods_2conf.docx",
      "N5_password.docx",
    ]
  ) found[name] = oldFormatOf(await formFile(name))?.ending;
  deepEqual(found, {
    "L1_legacy.doc": "doc",
    "L2_legacy.xls": "xls",
    "L3_open.odt": "odt",
    "L4_rich.rtf": "rtf",
    "A1_goods_2conf.docx": undefined,
    "N5_password.docx": undefined,
  });
});

Deno.test("an old file is read as what it is converted to, under its own name", async () => {
  const into: string[] = [];
  const convert: Converter = async (_, { into: kind }) => {
    into.push(kind);
    return await formFile("A1_goods_2conf.docx");
  };
  const reading = await convertingReader(plain, convert).read(await mailWith("L1_legacy.doc"));
  ok(reading.read);
  equal(reading.file, "L1_legacy.doc");
  deepEqual(into, ["docx"]);
});

Deno.test("what can't be converted keeps its reason, and a form of today is never converted", async () => {
  const refuse: Converter = () => Promise.resolve(null);
  deepEqual(await convertingReader(plain, refuse).read(await mailWith("L2_legacy.xls")), {
    read: false,
    why: "old_format",
    file: "L2_legacy.xls",
  });
  const never: Converter = () => Promise.reject(new Error("called"));
  ok(
    (await convertingReader(plain, never).read(await mailWith("L1_legacy.doc", "A1_goods_2conf.docx"))).read,
  );
});

const hasOffice = await new Deno.Command("soffice", { args: ["--version"] }).output()
  .then(({ success }) => success, () => false);

Deno.test({
  name: "LibreOffice converts in a process of its own, and is ended when it is late",
  ignore: !hasOffice,
  fn: async () => {
    const reader = convertingReader(plain, await sofficeConverter());
    const reading = await reader.read(await mailWith("L4_rich.rtf"));
    ok(reading.read);
    equal(reading.form.vendors[0]!.confirmers.length, 2);
    const hurried = await sofficeConverter(1);
    equal(await hurried(await formFile("L4_rich.rtf"), { ending: "rtf", into: "docx" }), null);
  },
});
