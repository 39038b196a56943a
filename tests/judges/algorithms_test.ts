/**
 * Every algorithm that we sign with, on a document sealed to the end: pyHanko and EU DSS find level LTA.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { openSealing } from "../../lib/adapters/open_sealing.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { executedFile } from "../support/sealed_pdf.ts";
import { euDss, type Exhibit, pyHanko } from "./judges.ts";
import { type TestPki, withTestPki } from "./test_pki.ts";

/** P12 file, and how it signs. */
const KINDS = [
  ["signer-rsa", "RS256"],
  ["signer-rsa", "PS256"],
  ["signer-rsa3072", "RS256"],
  ["signer-rsa3072", "PS256"],
  ["signer-rsa4096", "RS256"],
  ["signer-rsa4096", "PS256"],
  ["signer-ec", "ES256"],
  ["signer-p384", "ES384"],
] as const;

/** Seals a document with a key, by what the service itself would open. */
async function sealed(
  { folder, tsa, certificate }: TestPki,
  file: string,
  algorithm: string,
): Promise<Exhibit> {
  const clock = systemClock();
  const sealing = await openSealing({
    signer: { url: `p12:${folder}/${file}.p12?algorithm=${algorithm}`, passphrase: "test" },
    tsa: { url: `${tsa}tsa`, policy: null },
    trustRoots: ["root", "tsaroot"].map(certificate),
    dataDir: folder,
  }, { clock, trueClock: clock, chance: systemChance, fetch });
  equal(sealing.signer.algorithm, algorithm);
  const { signer, tsa: authority, revocation, trustRoots } = sealing;
  const parts = { signer, authority, revocation, clock: { ...clock, advance: () => {} } };
  const { bytes } = await executedFile(plainPdf({ content: "BT /F1 24 Tf 72 720 Td (Contract) Tj ET" }), {
    parts,
  });
  const report = await verifyPdf(memorySource(bytes), { trustRoots, at: clock.now() });
  equal(report.verdict, "valid", JSON.stringify(report.revisions));
  const signatures = report.revisions.filter(({ kind }) => kind === "signature");
  deepEqual(new Set(signatures.map(({ level }) => level)), new Set(["LTA"]));
  const path = `${folder}/${file}-${algorithm}.pdf`;
  Deno.writeFileSync(path, bytes);
  return { path, base: null };
}

Deno.test("the judges find every algorithm's seals to be PAdES-LTA", async (step) => {
  await withTestPki(async (pki) => {
    const roots = ["root", "tsaroot"].map((name) => `${pki.folder}/${name}.pem`);
    const exhibits: Exhibit[] = [];
    for (const [file, algorithm] of KINDS) {
      await step.step(`our verifier: ${file} by ${algorithm}`, async () => {
        exhibits.push(await sealed(pki, file, algorithm));
      });
    }
    for (const each of exhibits) {
      await step.step(`pyHanko: ${each.path.split("/").at(-1)}`, async () => {
        equal((await pyHanko(each, roots)).wrong, null);
      });
    }
    await step.step("EU DSS: all", async () => {
      deepEqual((await euDss(exhibits, roots)).map(({ wrong }) => wrong), exhibits.map(() => null));
    });
  });
});
