/**
 * An executed file in every state of being tampered with, by name; the first is as it was.
 *
 * @module
 */
import { openDevPki } from "../../lib/adapters/dev_pki.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { appendSignature } from "../../lib/pades/append_signature.ts";
import { signCades } from "../../lib/pades/sign_cades.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import { openPdf } from "../../lib/pdf/pdf_file.ts";
import { dateString, textString } from "../../lib/pdf/text_string.ts";
import { dictOf, nameOf } from "../../lib/pdf/values.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { devTrust } from "./dev_trust.ts";
import { plainPdf } from "./plain_pdf.ts";
import { AFTER, executedFile } from "./sealed_pdf.ts";
import { CASES, type Victim } from "./tamper_cases.ts";
import type { Bytes } from "./tamper_marks.ts";
import { shadows } from "./tamper_shadows.ts";

/** Each file with what was done to it. */
export async function tamperedFiles(): Promise<readonly (readonly [string, Bytes])[]> {
  const from = await victim();
  const cases = CASES.map(([name, make]) => [name, make(from)] as const);
  return [["nothing", from.file.bytes], ...cases, ...await shadows()];
}

async function victim(): Promise<Victim> {
  const contract = (amount: string) => plainPdf({ content: `BT /F1 12 Tf 20 100 Td (${amount}) Tj ET` });
  const file = await executedFile(contract("1,200,000"));
  const other = await executedFile(contract("9,200,000"));
  const directory = await Deno.makeTempDir();
  const { signer } = await openDevPki(`${directory}/pki`, systemChance);
  await Deno.remove(directory, { recursive: true });
  const ours = (await devTrust()).signer;
  return {
    file,
    other,
    forged: await signedBy(signer, file.bytes),
    further: await signedBy(ours, file.bytes),
  };
}

/** One more signature, of which a lock does not keep an attacker. */
async function signedBy(signer: Signer, bytes: Bytes): Promise<Bytes> {
  const entries = dictOf({
    Type: nameOf("Sig"),
    Filter: nameOf("Adobe.PPKLite"),
    SubFilter: nameOf("ETSI.CAdES.detached"),
    M: dateString(AFTER),
    Name: textString("見本県電子契約"),
  });
  const draft = { field: "Confirmer9", reserveBytes: 8_000, entries, lock: null };
  const tail = await appendSignature(
    openPdf(memorySource(bytes)),
    draft,
    (digest) => signCades(digest, signer, {}),
  );
  return joinBytes([bytes, tail.bytes]);
}
