import { strictEqual as equal } from "node:assert/strict";
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import type { RevisionChange } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import type { PdfFile } from "../../lib/pdf/pdf_file.ts";
import { textString } from "../../lib/pdf/text_string.ts";
import { stream } from "../support/attacks.ts";
import { handmadePdf, streamBody } from "../support/handmade_pdf.ts";
import { AFTER, devRoots, sealedFile } from "../support/sealed_pdf.ts";
import { refTo } from "../../lib/pdf/values.ts";

const xmp = (date: string, title = "契約", more = "") =>
  `<?xpacket begin="" id="W5M0"?><x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="${date}"><rdf:RDF><rdf:Description ` +
  `xmp:ModifyDate="${date}" pdf:Producer='p ${date}' xmlns:dc="${date}"><dc:title>${title}</dc:title>` +
  `<xmp:MetadataDate>${date}</xmp:MetadataDate>${more}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const INFO = 8, PACKET = 9;
const base = handmadePdf({
  catalog: `/Metadata ${PACKET} 0 R`,
  trailer: `/Info ${INFO} 0 R`,
  objects: {
    [INFO]: "<</Title(contract)/ModDate(D:2026)/Producer(one)>>",
    [PACKET]: streamBody(xmp("2026-01-01", "contract"), "/Type/Metadata/Subtype/XML"),
  },
});

async function changeBy(
  change: (update: Increment, pdf: PdfFile) => void,
): Promise<RevisionChange | undefined> {
  const file = await sealedFile(base);
  await file.sign("Sender");
  const tail = appendUpdate(memorySource(file.bytes), (pdf, update) => change(update, pdf)).bytes;
  const changed = joinBytes([file.bytes, tail]);
  const report = await verifyPdf(memorySource(changed), { trustRoots: await devRoots(), at: AFTER });
  const after = report.revisions[0]?.changedAfter;
  equal(report.verdict, after === "file-info" ? "valid" : "changed-after");
  return after;
}

const withPacket = (text: string) =>
  changeBy((update, pdf) => void update.edit(pdf.catalogRef).set("Metadata", stream(update, text)));

Deno.test("R39 when and by what a file was last written may change, as programs that sign do it", async () => {
  const info = await changeBy((update) => {
    update.edit(refTo(INFO)).set("ModDate", textString("D:2027")).set("Producer", textString("two"));
  });
  equal(info, "file-info");
  equal(await withPacket(xmp("2027-01-01", "contract")), "file-info");
  equal(await changeBy((update, pdf) => void update.edit(pdf.catalogRef).set("Version", null)), "file-info");
});

Deno.test("R39 a title may not change, in either place, nor anything be said besides", async () => {
  equal(
    await changeBy((update) => void update.edit(refTo(INFO)).set("Title", textString("other"))),
    "metadata",
  );
  equal(await withPacket(xmp("2027-01-01", "other")), "metadata");
  equal(await withPacket(xmp("2027-01-01", "contract", "<dc:creator>x</dc:creator>")), "metadata");
  equal(await withPacket(xmp("2027-01-01", "contract", '<a pdf:Keywords="x"/>')), "metadata");
  equal(await changeBy((update, pdf) => void update.edit(pdf.catalogRef).delete("Metadata")), "metadata");
});

Deno.test("a packet made to be slow costs its length", async () => {
  const many = (text: string) => text.repeat(Math.floor(250_000 / text.length));
  for (const text of ["<xmp:ModifyDate", "<<", "a-", 'x:y="', "<?", "xmpMM:a", "x:y= ", "pdf:Producer='"]) {
    equal(await withPacket(many(text)), "metadata", text);
  }
});
