/**
 * Our signatures in the interface of `@signpdf`, for programs that sign by it, and signers of that interface on our
 * seals. That interface hands over all signed bytes and takes the whole CMS back, ours a digest and the bare
 * signature: so whoever signs by it holds the file in memory.
 *
 * What cannot work: `P12Signer` of `@signpdf/signer-p12` makes no PAdES signature, wherever it is used (its CMS does
 * not name the certificate among what is signed), and no signer of that interface can be a `Signer` of ours, since
 * none gives its key's signature out.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Signer as SignpdfSigner } from "@signpdf/utils";
import { sealSignature, type SealTail, type SignatureRequest } from "../pades/seal.ts";
import { cadesReserve, signCades } from "../pades/sign_cades.ts";
import { latin1 } from "../pades/der_values.ts";
import { joinBytes } from "../pdf/byte_source.ts";
import { type ByteSource, PortError } from "../ports.ts";
import type { Signer, TimestampAuthority } from "../signing_ports.ts";

/** Signs for `SignPdf.sign`: PAdES baseline, level B-B, or B-T with an authority. The placeholder must say `ETSI.CAdES.detached`. */
export class CadesSigner extends SignpdfSigner {
  readonly #signer: Signer;
  readonly #timestamp: TimestampAuthority | null;

  /** Signs with our signer, and has each signature stamped where there is an authority. */
  constructor(signer: Signer, timestamp: TimestampAuthority | null = null) {
    super();
    this.#signer = signer;
    this.#timestamp = timestamp;
  }

  /** How many bytes a placeholder should keep free (`signatureLength`). */
  get signatureLength(): number {
    return cadesReserve(this.#signer, this.#timestamp !== null);
  }

  /**
   * The CMS over a PDF from which the placeholder is cut out. The time of signing is left out of it: PAdES has it in
   * the PDF (`/M`; ETSI EN 319 142-1 §6.3). Throws what signer and authority throw.
   */
  override async sign(pdf: Buffer, _signingTime?: Date): Promise<Buffer> {
    const sha256 = Uint8Array.from(createHash("sha256").update(pdf).digest());
    const options = this.#timestamp ? { timestamp: this.#timestamp } : {};
    return Buffer.from(await signCades(sha256, this.#signer, options));
  }
}

/** Where the gap begins and ends, as our update says it. */
const RANGE = /\/ByteRange ?\[0 (\d+) (\d+) /;

/**
 * Seals with a signer of that interface. The result is PAdES where the signer makes PAdES. Throws what the signer
 * throws, `UnreadableError` for a file that cannot be sealed, and `PortError` `too_large` when the signature does not
 * fit into `reserveBytes`.
 */
export async function sealBySignpdf(
  source: ByteSource,
  request: SignatureRequest,
  signer: SignpdfSigner,
): Promise<SealTail> {
  const blank = await sealSignature(source, request, () => Promise.resolve(new Uint8Array()));
  const whole = joinBytes([source.read(0, source.size), blank.bytes]);
  const [, start, end] = RANGE.exec(latin1(blank.bytes)) ?? [];
  const signed = joinBytes([whole.subarray(0, Number(start)), whole.subarray(Number(end))]);
  return await sealSignature(source, request, async (sha256) => {
    // The same update is made again, to the byte, unless more room was needed.
    if (createHash("sha256").update(signed).digest("hex") !== sha256.toHex()) {
      throw new PortError("too_large", "Cannot seal: the signature outgrows its room", { retryable: false });
    }
    return Uint8Array.from(await signer.sign(Buffer.from(signed), new Date(request.at)));
  });
}
