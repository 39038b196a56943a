import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { loadFont } from "../../lib/adapters/fonts.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";
import { SAMPLE_FILES } from "../../routes/dev/sample_files.ts";
import { SAMPLE_VENDORS } from "../../routes/dev/sample_people.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

const world = { settings: TEST_SETTINGS, font: () => loadFont("sans") };

for (const sample of SAMPLE_FILES.filter(({ name }) => !name.startsWith("contract-"))) {
  Deno.test(`the sample ${sample.name} is small and is read whole`, async () => {
    const { filename, content } = await sample.make(world);
    ok(content.length < 400_000, `${content.length} bytes`);
    const reading = await readConsent({ files: [{ filename, content: new Uint8Array(content) }], text: "" });
    ok(reading.read, "not read");
    const kind = sample.name.startsWith("goods") ? "goods-services" : "construction";
    const { values } = SAMPLE_VENDORS[kind];
    const [vendor, ...others] = reading.form.vendors;
    deepEqual(others, []);
    const plain = (text: string | undefined) => text?.replace(/\s/g, "");
    deepEqual(
      [reading.form.kind, reading.form.contractName, vendor?.company, vendor?.confirmers].map((each) =>
        plain(JSON.stringify(each))
      ),
      [
        kind,
        values["契約名"],
        values["商号又は名称"],
        ["１", "２"].flatMap((n) => {
          const address = values[`確認者${n} メールアドレス`];
          return address === undefined ? [] : [{ name: values[`確認者${n} 氏名`], address }];
        }),
      ].map((each) => plain(JSON.stringify(each))),
    );
  });
}

Deno.test("the sample contracts are taken as contracts", async () => {
  for (const sample of SAMPLE_FILES.filter(({ name }) => name.startsWith("contract-"))) {
    const { content, filename } = await sample.make(world);
    ok(content.length < 400_000, `${content.length} bytes`);
    const source = memorySource(new Uint8Array(content));
    const checked = await checkUpload(source, { maxPdfBytes: 1_000_000, maxPages: 10 });
    deepEqual([checked.ok, checked.ok && checked.pages], [true, 1], filename);
  }
});
