import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { readCMap } from "../../lib/adapters/cmap_files.ts";
import { problemsOf } from "../../lib/domain/consent_form.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

const DIRECTORY = new URL("../fixtures/forms/", import.meta.url);

type Expected =
  & Record<
    "date" | "addressee" | "address" | "company" | "representative" | "staff" | "tel" | "contract",
    string
  >
  & {
    kind: string;
    confirmers: { name: string; email: string }[];
  };
type Truth = Record<string, { expect?: Expected; problems?: string[]; refuse?: string }>;

const truth: Truth = JSON.parse(await Deno.readTextFile(new URL("truth.json", DIRECTORY)));
const plain = (text: string) => text.normalize("NFKC").replace(/\s/g, "");

async function reading(name: string) {
  const content = await Deno.readFile(new URL(name, DIRECTORY));
  return await readConsent({ files: [{ filename: name, content }], text: "" }, { cMap: readCMap });
}

async function wrongFields(name: string, expected: Expected): Promise<{ all: number; wrong: string[] }> {
  const read = await reading(name);
  if (!read.read) return { all: 1, wrong: [`${name}: ${read.why}`] };
  const { form } = read;
  const vendor = form.vendors[0]!;
  const pairs: [string, string, string][] = [
    ["kind", expected.kind, form.kind === "construction" ? "works" : form.kind === null ? "" : "goods"],
    ["date", expected.date, form.submittedOn ?? ""],
    ["addressee", expected.addressee, form.addressee],
    ["address", expected.address, vendor.postalAddress],
    ["company", expected.company, vendor.company],
    ["representative", expected.representative, vendor.representative],
    ["staff", expected.staff, form.staff],
    ["tel", expected.tel, form.phone],
    ["contract", expected.contract, form.contractName],
    ["vendors", "1", String(form.vendors.length)],
    ["confirmers", String(expected.confirmers.length), String(vendor.confirmers.length)],
    ...expected.confirmers.flatMap(({ name, email }, index): [string, string, string][] => [
      [`name${index + 1}`, name, vendor.confirmers[index]?.name ?? ""],
      [`mail${index + 1}`, email, vendor.confirmers[index]?.address ?? ""],
    ]),
  ];
  const wrong = pairs.filter(([, want, got]) => plain(want) !== plain(got)).map(([field]) =>
    `${name}: ${field}`
  );
  return { all: pairs.length, wrong };
}

Deno.test("at least 98 % of the fields of all sample forms are read right", async () => {
  let all = 0;
  const wrong: string[] = [];
  for (const [name, { expect }] of Object.entries(truth)) {
    if (expect === undefined || name.startsWith("L")) continue;
    const result = await wrongFields(name, expect);
    all += result.all;
    wrong.push(...result.wrong);
  }
  ok(all > 300);
  deepEqual(wrong.length <= all * 0.02 ? [] : wrong, []);
});

const REFUSALS: Readonly<Record<string, string>> = { scanned_pdf: "scanned", encrypted: "encrypted" };
for (const [name, { refuse }] of Object.entries(truth)) {
  const why = refuse === undefined ? (name.startsWith("L") ? "old_format" : null) : REFUSALS[refuse];
  if (why === null) continue;
  Deno.test(`a file that can't be read is refused with its reason: ${name}`, async () => {
    deepEqual(await reading(name), { read: false, why, file: name });
  });
}

const PROBLEMS: Readonly<Record<string, string>> = {
  "missing:company": "missing company",
  "missing:confirmer1": "missing confirmer1.address",
  "bad_email:confirmer1": "bad_address confirmer1.address",
  "duplicate_email": "duplicate_address confirmer2.address",
  "cut_off": "cut_off",
};
for (const [name, { problems = [] }] of Object.entries(truth)) {
  if (problems.length === 0) continue;
  Deno.test(`what is wrong on a form is named: ${name}`, async () => {
    const read = await reading(name);
    const named = read.read ? problemsOf(read.form).map(({ fault, field }) => `${fault} ${field}`) : [];
    for (const problem of problems) ok(named.some((each) => each.startsWith(PROBLEMS[problem]!)), problem);
  });
}
