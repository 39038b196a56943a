import { Buffer } from "node:buffer";
import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { simpleParser } from "mailparser";
import { htmlText } from "../../lib/mail/html_text.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

const DIRECTORY = new URL("../fixtures/forms/bodies/", import.meta.url);
const truth = JSON.parse(await Deno.readTextFile(new URL("../fixtures/forms/truth.json", import.meta.url)));
const plain = (text: string) => text.normalize("NFKC").replace(/\s/g, "").replaceAll("−", "-");

/** The text of a mail, cells of a table on one line. */
async function bodyOf(name: string): Promise<string> {
  const mail = await simpleParser(Buffer.from(await Deno.readFile(new URL(name, DIRECTORY))));
  return typeof mail.html === "string" ? htmlText(mail.html) : mail.text ?? "";
}

const BODIES = {
  "20_body_form_fullwidth.eml": "A1_goods_2conf.docx",
  "21_body_form_compact.eml": "A2_works_3conf.docx",
  "22_body_form_iso2022jp.eml": "A1_goods_2conf.docx",
  "23_html_only_table.eml": "A3_goods_1conf.docx",
} as const;

for (const [name, form] of Object.entries(BODIES)) {
  Deno.test(`a form in a mail's body is read whole: ${name}`, async () => {
    const read = await readConsent({ files: [], text: await bodyOf(name) });
    const { expect } = truth[form];
    if (!read.read) throw new Error(`Cannot read the body: ${read.why}`);
    const vendor = read.form.vendors[0]!;
    deepEqual(
      [
        read.form.submittedOn ?? "",
        read.form.addressee,
        vendor.postalAddress,
        vendor.company,
        vendor.representative,
        read.form.staff,
        read.form.phone,
        read.form.contractName,
      ].map(plain),
      [
        expect.date,
        expect.addressee,
        expect.address,
        expect.company,
        expect.representative,
        expect.staff,
        expect.tel,
        expect.contract,
      ].map(plain),
    );
    deepEqual(
      vendor.confirmers.map((each) => [plain(each.name), each.address]),
      expect.confirmers.map((each: { name: string; email: string }) => [plain(each.name), each.email]),
    );
    equal(read.file, null);
  });
}
