/**
 * The PDFs of `tests/fixtures/pdf` with the policy that says what is to become of each.
 *
 * @module
 */
const FOLDER = new URL("../fixtures/pdf/", import.meta.url);

/** What is expected of one file. */
export type PdfPolicy = {
  readonly file: string;
  readonly class: string;
  readonly expect: "sign" | "refuse" | "normalise";
  readonly code?: string;
  readonly note: string;
};

/** The policy for every file. */
export function pdfPolicies(): readonly PdfPolicy[] {
  return JSON.parse(Deno.readTextFileSync(new URL("policy.json", FOLDER)));
}

/** The files of the policy that are to be sealed as they are. */
export function sealablePdfs(): readonly string[] {
  return pdfPolicies().filter(({ expect }) => expect === "sign").map(({ file }) => file);
}

/** The bytes of a file. */
export function pdfFixture(file: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(file, FOLDER));
}
