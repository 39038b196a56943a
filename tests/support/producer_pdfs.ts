/**
 * Small PDFs by programs that people make contracts with, each as the program wrote it
 * (`tests/fixtures/pdf/producers`).
 *
 * @module
 */
const FOLDER = new URL("../fixtures/pdf/producers/", import.meta.url);

/** What is known of one file. */
export type ProducerPdf = {
  readonly file: string;
  /** What made it, and how. */
  readonly producer: string;
  readonly pages: number;
  /** Warnings that the officer gets. */
  readonly warnings: readonly string[];
  /** Whether a strict reader finds no fault in the file as it was made; pyHanko reads the others leniently. */
  readonly strict: boolean;
};

/** All of them. */
export function producerPdfs(): readonly ProducerPdf[] {
  return JSON.parse(Deno.readTextFileSync(new URL("producers.json", FOLDER)));
}

/** The bytes of one. */
export function producerPdf(file: string): Uint8Array<ArrayBuffer> {
  return Deno.readFileSync(new URL(file, FOLDER));
}
