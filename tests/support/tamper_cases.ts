/**
 * Every way of tampering with an executed file that is known here: byte classes, appended updates, cuts,
 * transplants, and the published attacks (universal signature forgery, incremental saving, signature wrapping,
 * shadow attacks: Mladenov et al. 2019, Mainka et al. 2021).
 *
 * @module
 */
import { appendUpdate } from "../../lib/pades/append_signature.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { signedFields } from "../../lib/pdf/form_fields.ts";
import type { Increment } from "../../lib/pdf/increment.ts";
import { openPdf, type PdfFile } from "../../lib/pdf/pdf_file.ts";
import { isRef, refTo } from "../../lib/pdf/values.ts";
import { ATTACKS, ref, stream } from "./attacks.ts";
import type { SealedFile } from "./sealed_pdf.ts";
import {
  type Bytes,
  flipped,
  flippedIn,
  otherDigit,
  PARTS,
  patched,
  placeOf,
  slotOf,
} from "./tamper_marks.ts";

/** What the cases are made from: an executed file, and another one of the same service. */
export type Victim = {
  readonly file: SealedFile;
  readonly other: SealedFile;
  readonly forged: Bytes;
  readonly further: Bytes;
};

/** The file as tampered with. */
export type Case = readonly [name: string, make: (victim: Victim) => Bytes];

const appended = (bytes: Bytes, change: (pdf: PdfFile, update: Increment) => void): Bytes =>
  joinBytes([bytes, appendUpdate(memorySource(bytes), change).bytes]);
const update = (change: (pdf: PdfFile, update: Increment) => void) => ({ file }: Victim): Bytes =>
  appended(file.bytes, change);
const bytes = (change: (file: Bytes, ends: readonly number[]) => Bytes) => ({ file }: Victim): Bytes =>
  change(file.bytes, file.ends);

/** Signatures: 0 Sender … 3 Approver1, 4 Conclusion, 5 the document timestamp. */
const FLIPS: readonly Case[] = [
  ["a digit of the header's version", bytes((file) => patched(file, placeOf(file, "%PDF-1.7") + 7, "6"))],
  ["content of the page", bytes((file) => flipped(file, placeOf(file, "stream\n") + 12))],
  ["理由 of the first signature", bytes((file) => flipped(file, placeOf(file, "/Reason<FEFF") + 20))],
  ["/M of the first signature", bytes((file) => otherDigit(file, placeOf(file, "/M(D:2") + 5))],
  [
    "/M of the document timestamp's revision: its field's name",
    bytes((file) => flipped(file, placeOf(file, "(DocTimeStamp)") + 2)),
  ],
  ["value of the first signature", bytes((file) => flippedIn(file, 0, PARTS.signature))],
  ["value of the closing signature", bytes((file) => flippedIn(file, 4, PARTS.signature))],
  ["value of the document timestamp", bytes((file) => flippedIn(file, 5, PARTS.signature))],
  ["signed attributes of the second signature", bytes((file) => flippedIn(file, 1, PARTS.attributes))],
  ["signed attributes of the document timestamp", bytes((file) => flippedIn(file, 5, PARTS.attributes))],
  ["certificate in the closing signature", bytes((file) => flippedIn(file, 4, PARTS.certificate))],
  ["certificate in the document timestamp", bytes((file) => flippedIn(file, 5, PARTS.certificate))],
  ["timestamp on the closing signature", bytes((file) => flippedIn(file, 4, PARTS.token))],
  [
    "validation data",
    bytes((file, ends) => flipped(file, placeOf(file.slice(ends[5]), "stream\n") + ends[5]! + 80)),
  ],
  ["padding of the first slot", bytes((file) => patched(file, slotOf(file, 0).to - 2, "41"))],
  ["padding of the last slot", bytes((file) => patched(file, slotOf(file, 5).to - 2, "41"))],
  [
    "case of a digit in the last slot",
    bytes((file) => {
      const { from, to } = slotOf(file, 5);
      const at = from + latin1(file.subarray(from, to)).search(/[A-F]/);
      return patched(file, at, latin1(file.subarray(at, at + 1)).toLowerCase());
    }),
  ],
  [
    "an entry of the first cross-reference table",
    bytes((file) => otherDigit(file, placeOf(file, " 00000 n") - 1)),
  ],
  [
    "an entry of the last cross-reference table",
    bytes((file) => otherDigit(file, placeOf(file, " 00000 n", -1) - 1)),
  ],
  ["the last trailer: /Size", bytes((file) => otherDigit(file, placeOf(file, "/Size ", -1) + 6))],
  ["the last trailer: /Prev", bytes((file) => otherDigit(file, placeOf(file, "/Prev ", -1) + 6))],
  ["the last startxref", bytes((file) => otherDigit(file, placeOf(file, "startxref\n", -1) + 10))],
  [
    "/ByteRange of the first signature",
    bytes((file) => otherDigit(file, placeOf(file, "/ByteRange[0 ") + 14)),
  ],
  [
    "/ByteRange of the document timestamp",
    bytes((file) => otherDigit(file, placeOf(file, "/ByteRange[0 ", -1) + 14)),
  ],
  [
    "/SubFilter of the document timestamp",
    bytes((file) => flipped(file, placeOf(file, "ETSI.RFC3161", -1) + 11)),
  ],
];

const CUTS: readonly Case[] = [
  ...[1, 2, 5, 6].map((count): Case => [
    `cut off after ${count} updates: an earlier version, whole`,
    bytes((file, ends) => file.slice(0, ends[count])),
  ]),
  ["cut off within the last update", bytes((file) => file.slice(0, -300))],
  ["bytes after the end", bytes((file) => joinBytes([file, latin1Bytes("\n% more\n")]))],
  ["zeros after the end", bytes((file) => joinBytes([file, new Uint8Array(2_000)]))],
  [
    "a notice of a gateway after the end",
    bytes((file) => joinBytes([file, latin1Bytes("<html>scanned</html>")])),
  ],
];

/** The digits of two slots, each put into the other's. */
function swapped(file: Bytes, a: number, b: number): Bytes {
  const [first, second] = [slotOf(file, a), slotOf(file, b)];
  const digits = ({ from, to }: typeof first) => latin1(file.subarray(from, to)).replace(/(?:00)+$/, "");
  const into = (text: string, { from, to }: typeof first) => text.padEnd(to - from, "0").slice(0, to - from);
  const [one, two] = [into(digits(second), first), into(digits(first), second)];
  return patched(patched(file, first.from, one), second.from, two);
}

const TRANSPLANTS: readonly Case[] = [
  [
    "all seals of another file",
    ({ file, other }) => joinBytes([file.bytes.slice(0, file.ends[0]), other.bytes.slice(other.ends[0])]),
  ],
  [
    "the seals over a changed base of the same length",
    bytes((file, ends) =>
      joinBytes([flipped(file, placeOf(file, "stream\n") + 9).slice(0, ends[0]), file.slice(ends[0])])
    ),
  ],
  ["/Contents of the first and second signature swapped", bytes((file) => swapped(file, 0, 1))],
  ["/Contents of the closing signature of another file", ({ file, other }) => {
    const [from, to] = [slotOf(other.bytes, 4), slotOf(file.bytes, 4)];
    const digits = latin1(other.bytes.subarray(from.from, from.to)).slice(0, to.to - to.from);
    return patched(file.bytes, to.from, digits.padEnd(to.to - to.from, "0"));
  }],
  ["a seal by a stranger of the same name", ({ forged }) => forged],
  ["a further seal by the service's own key", ({ further }) => further],
];

const last = (pdf: PdfFile) => signedFields(pdf).at(-1)!;

const UPDATES: readonly Case[] = [
  ...Object.entries(ATTACKS).map(([name, change]): Case => [name, update(change)]),
  [
    "the document timestamp taken out of the form",
    update((pdf, it) => {
      const fields = ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields"));
      it.set(fields, (pdf.array(fields) ?? []).slice(0, -1));
    }),
  ],
  ["the value of the document timestamp taken out", update((pdf, it) => it.edit(last(pdf).ref!).delete("V"))],
  ["validation data taken out", update((pdf, it) => it.edit(pdf.catalogRef).delete("DSS"))],
  [
    "validation data emptied",
    update((pdf, it) => {
      it.edit(ref(pdf.catalog.get("DSS"))).set("Certs", []).set("CRLs", []).set("OCSPs", []);
    }),
  ],
  [
    "one more certificate among the validation data",
    update((pdf, it) => {
      const store = ref(pdf.catalog.get("DSS"));
      const certificates = pdf.array(pdf.dict(store)?.get("Certs")) ?? [];
      it.edit(store).set("Certs", [...certificates, stream(it, "no certificate")]);
    }),
  ],
  [
    "all signatures taken out of the form",
    update((pdf, it) => {
      it.set(ref(pdf.dict(pdf.catalog.get("AcroForm"))!.get("Fields")), []);
    }),
  ],
  [
    "everything written once more, with another page content",
    update((pdf, it) => {
      for (const number of pdf.numbers()) {
        const object = pdf.object(number);
        if (object && object.dataAt === null) it.set(refTo(number), object.value);
      }
      ATTACKS["another content of the first page"]!(pdf, it);
    }),
  ],
];

const key = (name: string, to: string, nth = -1): Case => [
  `forgery: ${name} of the ${nth < 0 ? "last" : "first"} signature`,
  bytes((file) => patched(file, placeOf(file, to.split("→")[0]!, nth), to.split("→")[1]!)),
];

/** In an update: signed bytes stay, the signature dictionary in force says something else. */
const overwritten = (name: string, change: (dict: Map<string, unknown>) => void): Case => [
  `forgery: ${name} in a later copy`,
  update((pdf, it) => {
    const { value, signature } = last(pdf);
    const copy = new Map(signature);
    change(copy as Map<string, unknown>);
    if (isRef(value)) it.set(value, copy);
  }),
];

const FORGERIES: readonly Case[] = [
  key("no /Contents", "/Contents<→/Xontents<"),
  key("no /Contents", "/Contents<→/Xontents<", 0),
  key("no /ByteRange", "/ByteRange[→/XyteRange["),
  key("no /ByteRange", "/ByteRange[→/XyteRange[", 0),
  key("no /SubFilter", "/SubFilter→/XubFilter"),
  [
    "forgery: /ByteRange of nulls",
    bytes((file) => {
      const at = placeOf(file, "/ByteRange[", -1) + "/ByteRange[".length;
      const length = file.indexOf(0x5d, at) - at;
      return patched(file, at, "null null null".padEnd(length).slice(0, length));
    }),
  ],
  [
    "forgery: /ByteRange with negative numbers",
    bytes((file) => patched(file, placeOf(file, "/ByteRange[0 ", -1) + 11, "-")),
  ],
  [
    "forgery: /ByteRange with a second hole",
    bytes((file) => {
      const at = placeOf(file, "/ByteRange[", -1) + "/ByteRange[".length;
      const end = file.indexOf(0x5d, at);
      const [, gap = "", after = "", rest = ""] = latin1(file.subarray(at, end)).trim().split(/\s+/);
      const holed = `0 9 20 ${Number(gap) - 20} ${after} ${rest}`;
      return patched(file, at, holed.padEnd(end - at).slice(0, end - at));
    }),
  ],
  [
    "forgery: /ByteRange with a wider gap",
    bytes((file) => {
      const at = placeOf(file, "/ByteRange[", -1) + "/ByteRange[".length;
      const end = file.indexOf(0x5d, at);
      const [, gap = "", after = "", rest = ""] = latin1(file.subarray(at, end)).trim().split(/\s+/);
      return patched(file, at, `0 ${gap} ${Number(after) + 40} ${Number(rest) - 40}`.padEnd(end - at));
    }),
  ],
  overwritten("no /Contents", (dict) => dict.delete("Contents")),
  overwritten("/Contents null", (dict) => dict.set("Contents", null)),
  overwritten("no /ByteRange", (dict) => dict.delete("ByteRange")),
  overwritten("/ByteRange of zeros", (dict) => dict.set("ByteRange", [0, 0, 0, 0])),
  overwritten("the range widened to the new end", (dict) => {
    const [a, b, c, d] = dict.get("ByteRange") as number[];
    dict.set("ByteRange", [a, b, c, d! + 500]);
  }),
  [
    "forgery: the last startxref leads to the first version's table",
    bytes((file, ends) => {
      const first = openPdf(memorySource(file.slice(0, ends[0]))).startxref;
      return joinBytes([file, latin1Bytes(`startxref\n${first}\n%%EOF\n`)]);
    }),
  ],
];

/** All cases on an executed file. */
export const CASES: readonly Case[] = [...FLIPS, ...CUTS, ...TRANSPLANTS, ...UPDATES, ...FORGERIES];
