/**
 * Seals a whole PDF with any signer, to the last level, and has our own verifier judge it.
 *
 * @module
 */
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { plusMs } from "../../lib/domain/instant.ts";
import type { VerificationReport } from "../../lib/pades/verification_report.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { devTrust } from "./dev_trust.ts";
import { fakeClock } from "./fake_clock.ts";
import { plainPdf } from "./plain_pdf.ts";
import { sealedFile } from "./sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A PDF with two seals by the signer, one with a timestamp, and its verification by the end of the signer's chain.
 *
 * @param start when the first seal is put on
 */
export async function sealAndVerify(
  signer: Signer,
  start: string,
): Promise<{ readonly pdf: Bytes; readonly report: VerificationReport }> {
  const { root, tsa } = await devTrust();
  const clock = fakeClock(start);
  const authority = devTsa({ authority: tsa, clock, chance: systemChance });
  const parts = { signer, authority, revocation: devRevocation(root, clock), clock };
  const file = await sealedFile(plainPdf({}), { start, parts });
  await file.sign("Confirmer1");
  await file.sign("Conclusion", { timestamp: true });
  const trustRoots = [signer.chain.at(-1) ?? signer.certificate, root.certificate];
  const at = plusMs(start, 3_600_000);
  return { pdf: file.bytes, report: await verifyPdf(memorySource(file.bytes), { trustRoots, at }) };
}
